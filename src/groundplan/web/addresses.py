"""Addresses that a page has hundreds of, written out: resolving each takes longer than its row."""

from urllib.parse import urlencode


def account_address(uid: object) -> str:
    """The account's own page."""
    return f"/accounts/{uid}/"


def person_address(uid: object) -> str:
    """A person's year."""
    return f"/performance/{uid}/"


def cell_value(account: object, product: object) -> str:
    """How forms and addresses name a cell of the whitespace, by uids."""
    return f"{account}~{product}"


def cell_work_address(kind: str, account: object, product: object, *, back: str = "") -> str:
    """Where one cell is made an opportunity (`target`), marked (`mark`) or unmarked (`unmark`);
    `back` is `account` where its page is what comes after."""
    query = {"cell": cell_value(account, product), **({"back": back} if back else {})}
    return f"/whitespace/{kind}/?{urlencode(query)}"
