"""Excel workbooks: real numbers and dates, and a sheet that says where they came from."""

from .tables import write_tables
from .whitespace import GLYPHS, state_words, write_whitespace

__all__ = ["GLYPHS", "state_words", "write_tables", "write_whitespace"]
