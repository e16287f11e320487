"""Comma-separated text, as a stream and safe to open in a spreadsheet."""

from .streaming import safe, stream

__all__ = ["safe", "stream"]
