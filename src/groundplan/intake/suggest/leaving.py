"""Rows of a file that are no facts: footers of reports, totals, cancelled orders, deleted rows."""

from groundplan.engine.facts import TABLES
from groundplan.intake.contracts import ColumnRule
from groundplan.intake.mapping.cells import quoted
from groundplan.intake.suggest.candidates import Candidate
from groundplan.intake.suggest.evidence import Evidence
from groundplan.intake.suggest.naming import squeezed
from groundplan.intake.suggest.spelling import column_of, ticked

_VOID = """
cancelled canceled void voided storniert annule annulee cancelado cancelada geannuleerd annullato
deleted draft trash failed refunded
"""
_CANCELLED = frozenset(_VOID.split())
_MOST_FOOTERS = 0.34


def skips_of(each: Candidate, rules: dict[str, ColumnRule], evidence: Evidence) -> tuple[str, ...]:
    """Expressions for the rows to leave out."""
    return (
        *_deleted(each, evidence),
        *_cancelled(each, evidence),
        *_footers(each, rules, evidence),
    )


def _deleted(each: Candidate, evidence: Evidence) -> list[str]:
    return [
        ticked(profile.column)
        for profile in evidence.profiles[each.file].values()
        if squeezed(profile.column) == "isdeleted" and not profile.empty
    ]


def _cancelled(each: Candidate, evidence: Evidence) -> list[str]:
    found = each.parts.get("status") if each.table == "purchases" else None
    if found is None:
        return []
    values = evidence.values(each.file, found.profile.column)
    gone = [value for value in values if squeezed(value) in _CANCELLED]
    if not gone:
        return []
    listed = ", ".join(repr(value) for value in gone)
    return [f"{ticked(column_of(each, 'status'))} in ({listed})"]


def _footers(each: Candidate, rules: dict[str, ColumnRule], evidence: Evidence) -> list[str]:
    """Rows that have none of the columns a row needs, but something in another.

    A report's first column carries its footers and totals, so it is not asked.
    """
    profiles = evidence.profiles[each.file]
    required = [column.name for column in TABLES[each.table].required]
    asked = [
        rules[name].column
        for name in required
        if name in rules
        and rules[name].column in profiles
        and profiles[rules[name].column].position > 0
        and name != "amount"
    ]
    asked = list(dict.fromkeys(asked))
    if len(asked) < 1 or (len(asked) == 1 and TABLES[each.table].key):
        return []
    empty = " AND ".join(f"{quoted(column)} IS NULL" for column in asked)
    row = evidence.connection.execute(
        f"SELECT count(*) FILTER ({empty}), count(*)"
        f" FROM {quoted(evidence.files[each.file].relation)}"
    ).fetchone()
    none, rows = row or (0, 0)
    if (
        not none
        or none > max(12, _MOST_FOOTERS * rows)
        or (len(asked) == 1 and none > max(2, 0.1 * rows))
    ):
        return []
    return [" and ".join(f"empty({ticked(column)})" for column in asked)]
