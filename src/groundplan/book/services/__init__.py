"""Writes of the book: a module a noun, each function one transaction that is recorded."""
