"""An order's total on its first line only, beside the amounts of its lines, which add up to it."""

from collections.abc import Iterable

from groundplan.intake.mapping.cells import quoted
from groundplan.intake.mapping.numbers import number_sql
from groundplan.intake.suggest.headings.naming import named
from groundplan.intake.suggest.matching.fitting import THRESHOLD, Match, Parts
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_ON_FIRST_LINES = 0.9
_ON_ALL_LINES = 0.9
_MOSTLY = 0.95
_FEWEST = 5
_ORDERS = 3_000


def amounts_of_lines(
    table: str, profiles: Iterable[Profile], evidence: Evidence, parts: Parts
) -> None:
    """Takes the column that sums to what is told once an order, whatever sign it is booked with."""
    order, now = parts.get("order_id"), parts.get("amount")
    if table != "purchases" or order is None or now is None or order.profile.unique:
        return
    if {"unit_price", "quantity"} <= set(parts):
        return
    if now.profile.filled >= _ON_FIRST_LINES * order.profile.filled:
        return
    every = list(profiles)
    once = [one for one in every if _may_sum(one) and one.filled <= 1.02 * now.profile.filled]
    once = [one for one in once if named(table, one.heading).get("amount", 0.0) >= THRESHOLD]
    for profile in every:
        full = profile.filled > _ON_ALL_LINES * order.profile.filled
        if not full or profile is order.profile or not _may_sum(profile):
            continue
        if any(_sums_to(order.profile, profile, total, evidence) for total in once):
            for part in [part for part, match in parts.items() if match.profile is profile]:
                del parts[part]
            why = f"on the lines of an order it sums to what {now.profile.column} tells once"
            parts["amount"] = Match(profile, 1.0, why)
            return


def _may_sum(profile: Profile) -> bool:
    return profile.numeric and profile.kinds > 2 and profile.share("dates") < 0.5


def _sums_to(order: Profile, line: Profile, total: Profile, evidence: Evidence) -> bool:
    """Do the lines of nearly all orders of several sum to the one total that each order tells?"""
    told, each = (number_sql(quoted(one.column), one.mark) for one in (total, line))
    key = quoted(order.column)
    row = evidence.connection.execute(
        f"SELECT count(*), avg(CAST(abs(abs(s) - abs(t)) <= 0.011 * n + 0.0001 * abs(t)"
        f" AS INTEGER)) FROM (SELECT count(*) AS n, sum({each}) AS s, sum({told}) AS t FROM"
        f" {quoted(evidence.files[line.file].relation)} WHERE {key} IS NOT NULL GROUP BY {key}"
        f" HAVING count(*) > 1 AND count({told}) = 1 LIMIT {_ORDERS})"
    ).fetchone()
    orders, share = row or (0, None)
    return orders >= _FEWEST and share is not None and share > _MOSTLY
