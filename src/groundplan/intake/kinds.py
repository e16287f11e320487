"""The names of the jobs of imports."""

EXAMINE, CHECK, TAKE = "upload.examine", "upload.check", "upload.take"
UNDO = "import.undo"
