"""Between which sums the year of a book may land, where that was foretold."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format

from groundplan.insight.ranges.selectors import horizon_end, person_range
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.web.ranges import RangeRow, range_rows


@dataclass(frozen=True, slots=True)
class Lands:
    """The range with its numbers, up to a day."""

    row: RangeRow
    end: str


def lands_of(
    viewer: Scope, current: CurrentSnapshot, persons: tuple[int, ...] | None, goal: Decimal
) -> Lands | None:
    """Of one person's book or of everybody's: ranges of a few persons don't add up."""
    if persons is not None and len(persons) != 1:
        return None
    line = person_range(viewer, current, persons[0] if persons else None)
    if line is None:
        return None
    (row,) = range_rows(current.currency, [line], {line.key: goal} if goal else None)
    return Lands(row, date_format(horizon_end(current)))
