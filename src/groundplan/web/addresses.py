"""Addresses that a page has hundreds of, written out: resolving each takes longer than its row."""


def account_address(uid: object) -> str:
    """The account's own page."""
    return f"/accounts/{uid}/"


def person_address(uid: object) -> str:
    """A person's year."""
    return f"/performance/{uid}/"
