"""Publishes and opens snapshots: the only door from rows to columns."""
