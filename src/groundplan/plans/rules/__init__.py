"""Decisions about a plan: plain functions on the graph's values."""
