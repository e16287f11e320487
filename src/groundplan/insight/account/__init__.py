"""What the current results say about one account, its divisions included."""

from .contracts import FamilyTotals, QuarterRevenue, WhitespaceLine
from .selectors import account_quarters, account_whitespace, family_totals

__all__ = [
    "FamilyTotals",
    "QuarterRevenue",
    "WhitespaceLine",
    "account_quarters",
    "account_whitespace",
    "family_totals",
]
