"""Brings typed rows into the book, people and purchase layers, in one transaction."""
