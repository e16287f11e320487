"""The list of accounts with what the current results say about each."""

from .contracts import SORTS, AccountFilters, AccountPage, AccountRow
from .selectors import account_count, account_page, account_row, account_rows

__all__ = [
    "SORTS",
    "AccountFilters",
    "AccountPage",
    "AccountRow",
    "account_count",
    "account_page",
    "account_row",
    "account_rows",
]
