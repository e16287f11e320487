"""Rows that are no facts: totals, footers, drafts, cancelled orders, offers, freight.

`skipping` asks each of the others and puts together the mapping's `skip` expressions.
"""
