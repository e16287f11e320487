"""Opportunities: their stages, names and lines."""
