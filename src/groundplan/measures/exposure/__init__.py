"""Over which months first purchases are counted, and what that says of the months to come."""

from .rates import Exposure, expose, hazard_factor
from .windows import Window, learning_window, months_after

__all__ = ["Exposure", "Window", "expose", "hazard_factor", "learning_window", "months_after"]
