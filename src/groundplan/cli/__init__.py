"""The command line: the same services and selectors as the pages."""
