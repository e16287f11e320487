"""In which order an account's whitespace comes: what its own purchases speak for, first.

`order` does it with the `weights` between products that `choose` found to foretell best on held-out
purchases (`judging`); `holdings` is who bought what when, as dense blocks.
"""

from .contracts import OrderChoice, Recipe
from .order import lead, learn, order_whitespace

__all__ = ["OrderChoice", "Recipe", "lead", "learn", "order_whitespace"]
