"""Decisions about a plan: plain functions on the graph's values, without database and clock.

`kinds` is the heart: which fields each kind of part has, what it may hang below, where it stands.
Forms, parsing, typing, versions and comparisons all follow from it.
"""
