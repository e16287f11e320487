"""Exports that fill an order's columns on its first line only, and leave them empty below."""

from dataclasses import replace

from groundplan.intake.mapping.cells import quoted
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.fitting import Match
from groundplan.intake.suggest.matching.joined_files import Partner
from groundplan.intake.suggest.values.evidence import Evidence

_LINE = "order_id product_id product.name product.category quantity unit_price discount amount"
_OF_THE_LINE = frozenset(_LINE.split())


def filled_down(each: Candidate, evidence: Evidence) -> Candidate:
    """The candidate joined to its own first lines, where its later lines lack what those have."""
    order = each.parts.get("order_id")
    if each.table != "purchases" or order is None or each.partners:
        return each
    if order.profile.filled < 1 or order.profile.unique:
        return each
    parts = {name: match for name, match in each.parts.items() if _lifted(name, match)}
    told = [match.profile.column for match in parts.values() if match.profile.filled <= 0.98]
    if not any(_only_first(each.file, order.profile.column, own, evidence) for own in told):
        return each
    partner = Partner(each.file, {order.profile.column: order.profile.column}, parts, first=True)
    return replace(each, partners=(partner,))


def _lifted(part: str, match: Match) -> bool:
    return part not in _OF_THE_LINE and match.profile.filled < 1


def _only_first(file: str, order: str, account: str, evidence: Evidence) -> bool:
    """Are nearly all the empty cells below a filled one of the same order?"""
    row = evidence.connection.execute(
        f"SELECT count(*) FILTER (a IS NULL AND told > 0), count(*) FILTER (a IS NULL) FROM"
        f" (SELECT {quoted(account)} AS a, count({quoted(account)}) OVER"
        f" (PARTITION BY {quoted(order)}) AS told FROM {quoted(evidence.files[file].relation)})"
    ).fetchone()
    told, empty = row or (0, 0)
    return bool(empty and told > 0.5 * empty)
