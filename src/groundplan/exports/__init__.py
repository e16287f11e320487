"""A slice per format that a person takes away: CSV, Excel."""
