"""Settings, fiscal periods, currency rates, stages, jobs with their progress, audit log."""
