"""What the jobs of imports are called."""

EXAMINE, CHECK, TAKE = "upload.examine", "upload.check", "upload.take"
UNDO = "import.undo"
