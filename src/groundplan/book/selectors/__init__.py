"""Reads of the book; each takes the viewer."""

from .visibility import visible_accounts

__all__ = ["visible_accounts"]
