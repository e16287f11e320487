"""Performance to goal: by hierarchy, person, team, account and fiscal quarter."""
