"""Which of the products that an account doesn't own its own purchases speak for."""

from .contracts import OrderChoice, Recipe
from .order import lead, learn, order_whitespace

__all__ = ["OrderChoice", "Recipe", "lead", "learn", "order_whitespace"]
