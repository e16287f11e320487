"""Where does this number come from? One function a family of numbers."""

from .contracts import Answer, Explanation, Page, Rows
from .explaining import explain, measures

__all__ = ["Answer", "Explanation", "Page", "Rows", "explain", "measures"]
