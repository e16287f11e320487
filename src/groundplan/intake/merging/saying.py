"""Rows of a table and how many, as an import's notes tell of them."""

_SINGULAR = {
    "users": "person",
    "rates": "rate",
    "accounts": "account",
    "contacts": "contact",
    "products": "product",
    "quotas": "quota",
    "purchases": "purchase",
    "opportunities": "opportunity",
    "interactions": "interaction",
    "competitor_positions": "competitor position",
    "leads": "lead",
}


def rows_word(table: str) -> str:
    """What several rows of a table are called: those of `users` are persons, who may never sign
    in."""
    return "persons" if table == "users" else table.replace("_", " ")


def rows_said(count: int, table: str, *, one: str = "", many: str = "") -> str:
    """`count` rows of a table, then `one` or `many` (such as `is`, `are`) as there are."""
    verb = one if count == 1 else many
    word = _SINGULAR[table] if count == 1 else rows_word(table)
    return f"{count:,} {word} {verb}".strip()
