"""The SQL of what candidates call the groups of accounts; what is missing is one group, too."""

from collections.abc import Iterable, Sequence
from typing import Literal

from .contracts import Candidate

BEHAVIOUR = ("spend", "breadth", "recency")
"""Attributes that an account had another value of a year ago."""

When = Literal["now", "past"]


def labels_sql(candidates: Sequence[Candidate], source: str) -> str:
    """A SELECT of every account's group under every candidate, now and a year ago.

    `source` has account_id and the attributes. Yields candidate (its place), account_id, label_now
    and label_past.
    """
    return "\nUNION ALL\n".join(
        f"SELECT CAST({number} AS INTEGER) AS candidate, a.account_id,"
        f" {_label(candidate, 'now')} AS label_now, {_label(candidate, 'past')} AS label_past"
        f" FROM {source} AS a"
        for number, candidate in enumerate(candidates)
    )


def coverage_sql(attributes: Iterable[str], source: str) -> str:
    """A SELECT of how many accounts have each attribute and how many values occur: attribute,
    known (0 to 1), distinct_values."""
    return "\nUNION ALL\n".join(
        f"SELECT '{name}' AS attribute,"
        f" AVG(CASE WHEN {_value(name, 'now')} = 'Unknown' THEN 0.0 ELSE 1.0 END) AS known,"
        f" COUNT(DISTINCT {_value(name, 'now')}) AS distinct_values FROM {source} AS a"
        for name in attributes
    )


def _label(candidate: Candidate, when: When) -> str:
    values = [_value(name, when) for name in candidate.attributes]
    return " || ' · ' || ".join(values) or "'All accounts'"


def _value(attribute: str, when: When) -> str:
    column = f"{attribute}_{when}" if attribute in BEHAVIOUR else attribute
    return f"COALESCE(a.{column}, 'Unknown')"
