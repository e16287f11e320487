"""Plans: the list, the workspace, and all that is done to a plan."""
