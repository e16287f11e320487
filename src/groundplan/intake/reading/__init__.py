"""Reads files as they come into tables of text in the staging database."""

from .staging import stage_files

__all__ = ["stage_files"]
