"""What the viewer is told: mentions, submissions, decisions, signatures asked for."""
