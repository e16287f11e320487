"""Rows of a file that are no facts: footers, void orders, offers, freight, deleted rows."""
