"""Over which months first purchases are counted, and what that says of the months to come."""

from .rates import Exposure, choose_window, hazard_factor
from .windows import Window, learning_window, months_after

__all__ = [
    "Exposure",
    "Window",
    "choose_window",
    "hazard_factor",
    "learning_window",
    "months_after",
]
