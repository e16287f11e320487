"""A file as a table of facts: which column is which part, which files it is joined with."""
