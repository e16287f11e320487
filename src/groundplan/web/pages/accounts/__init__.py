"""Accounts: the list of them, filtered, sorted, changed many at a time, taken away as CSV."""
