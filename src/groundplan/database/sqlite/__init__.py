"""SQLite's own file format, written without SQLite: pages of records. Only ever for throw-away
files."""
