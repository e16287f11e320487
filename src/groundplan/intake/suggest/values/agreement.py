"""Do a column's values agree with what its heading says it is?"""

from groundplan.engine.facts import TABLES
from groundplan.intake.suggest.values.profiles import Profile

_NUMBERS = frozenset(("unit_price", "quantity", "discount", "actual_amount"))
_DATES = frozenset(("lost_on",))
_FLAGS = frozenset(("is_won", "is_lost", "is_closed"))
_NAMED = """
name account.name product.name first_name last_name title subject account.country
account.industry industry country website competitor
"""
_REFERRING = """
account_id product_id contact_id owner login manager parent_id reports_to_id
opportunity_id interaction_id lead_id order_id
"""
_NAMES = frozenset(_NAMED.split())
REFERENCES = frozenset(_REFERRING.split())
"""The parts that are keys, or refer to them."""
_LISTS = frozenset(("stage", "status", "kind", "position", "channel", "segment", "account.segment"))
_PRODUCT = frozenset(("product_id", "product.name"))
_MOST_CHOICES = 60
_MOSTLY_APART = 0.9
_ONE_A_ROW = frozenset(("accounts", "contacts", "products"))
_OF_A_DAY = {"year": (1980, 2100), "month": (1, 12)}


def agreement(table: str, part: str, profile: Profile) -> float:
    """1 where the values are such as the part has, near 0 where they can't be it.

    An empty column agrees with nothing: it would only be in a better one's way.
    """
    if profile.empty:
        return 0.1
    kind = kind_of(table, part)
    test = {
        "date": lambda: _by_share(max(profile.share("dates"), profile.share("serials"))),
        "decimal": lambda: _by_share(profile.share("numbers")),
        "integer": lambda: _by_share(profile.share("numbers")),
        "share": lambda: _by_share(profile.share("numbers")),
        "boolean": lambda: _by_share(profile.share("flags")),
        "currency": lambda: _by_share(profile.share("codes")),
    }.get(kind)
    return test() if test else _text(table, part, profile)


def kind_of(table: str, part: str) -> str:
    """The type of a canonical column or of an ingredient."""
    if part in _NUMBERS:
        return "decimal"
    if part in _DATES:
        return "date"
    if part in _FLAGS:
        return "boolean"
    known = {column.name: column.type for column in TABLES[table].columns}
    return known.get(part, "text")


def _by_share(share: float) -> float:
    if share > 0.9:
        return 1.0
    return 0.75 if share > 0.6 else 0.05


def _bare_number(profile: Profile) -> bool:
    """`EUR 5` reads as a number, and so does the article `WID-005`."""
    return profile.numeric and profile.share("letters") < 0.5


def _text(table: str, part: str, profile: Profile) -> float:
    if profile.share("dates") > 0.8 and not profile.share("wholes") > 0.9:
        return 0.05
    if part in _OF_A_DAY:
        low, high = _OF_A_DAY[part]
        counted = low <= (profile.lowest or 0) and (profile.highest or 0) <= high
        named = part == "month" and not profile.numeric and profile.kinds <= high
        return 1.0 if (profile.share("wholes") > 0.99 and counted) or named else 0.05
    doubts = (
        (part == "email" and profile.share("emails") < 0.5, 0.1),
        (part in _LISTS and profile.kinds > _MOST_CHOICES, 0.2),
        (part in _NAMES and (_bare_number(profile) or profile.share("flags") > 0.95), 0.1),
        (part in REFERENCES and profile.numeric and profile.share("wholes") < 0.9, 0.1),
        (part == TABLES[table].key and not profile.unique, _repeated(table, profile)),
        (part == TABLES[table].key and profile.filled < 1, 0.75),
        (table == "purchases" and part in _PRODUCT and profile.unique and profile.rows > 20, 0.5),
        (part in _PRODUCT and profile.kinds == 1 and profile.rows > 20, 0.6),
        (profile.length > 120, 0.6),
    )
    return min((doubt for holds, doubt in doubts if holds), default=1.0)


def _repeated(table: str, profile: Profile) -> float:
    """A few rows of a list that stand twice are faults of it, to be told: its key stays its key.
    Of deals several rows may be one, each with a product."""
    faulty = table in _ONE_A_ROW and profile.distinct >= _MOSTLY_APART
    return 0.8 if faulty else 0.3
