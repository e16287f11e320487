"""Saved views and what else people keep about any (kind, id)."""
