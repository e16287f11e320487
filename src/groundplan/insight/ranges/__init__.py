"""Ranges of revenue beside the results: where they are kept, and what they say to whom."""
