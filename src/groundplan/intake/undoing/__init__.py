"""Undoing an import: what was there before, kept beside the layers, and how it is put back."""
