"""Which products an account could still buy, how likely and for how much."""

from .estimate import TOP, estimate_whitespace
from .first_years import FirstYears, first_years

__all__ = ["TOP", "FirstYears", "estimate_whitespace", "first_years"]
