"""Numbers of a whole order that each of its lines repeats, such as its total: no line's amount
may be made from them."""

from groundplan.intake.mapping.cells import quoted
from groundplan.intake.suggest.headings.naming import named
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_SAMPLE = 20_000
_NAMED = 0.9
_FEWEST, _KINDS = 5, 5
_MOSTLY = 0.98


def repeated_on_lines(file: str, evidence: Evidence) -> frozenset[str]:
    """The columns of numbers that are the same on all lines of an order, though orders differ."""
    profiles = evidence.profiles[file].values()
    order = max(profiles, key=_is_order, default=None)
    numeric = [one for one in profiles if one.numeric and one.kinds > _KINDS]
    if order is None or _is_order(order) < _NAMED or not numeric:
        return frozenset()
    return frozenset(one.column for one in numeric if _repeats(one, order, evidence))


def repeats(amount: Profile, order: Profile, evidence: Evidence) -> bool:
    """Is an amount the same on all lines of an order, though orders differ?"""
    return amount.kinds > _KINDS and _repeats(amount, order, evidence)


def _is_order(profile: Profile) -> float:
    told = named("purchases", profile.heading).get("order_id", 0.0)
    return 0.0 if profile.unique or profile.filled < _MOSTLY else told


def _repeats(one: Profile, order: Profile, evidence: Evidence) -> bool:
    row = evidence.connection.execute(
        f"SELECT count(*), count(*) FILTER (kinds <= 1) FROM"
        f" (SELECT count(DISTINCT {quoted(one.column)}) AS kinds FROM"
        f" (SELECT * FROM {quoted(evidence.files[one.file].relation)} LIMIT {_SAMPLE})"
        f" WHERE {quoted(order.column)} IS NOT NULL"
        f" GROUP BY {quoted(order.column)} HAVING count({quoted(one.column)}) > 1)"
    ).fetchone()
    several, same = row or (0, 0)
    return bool(several >= _FEWEST and same >= _MOSTLY * several)
