"""Decisions about snapshots: their day, their periods, which are kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from groundplan.kernel.periods import FiscalCalendar, Period, covering

QUIET_DAYS = 90
"""Facts older than this are looked at from the day after their last, not from today."""

LAST_KEPT = 3
_REACH = 40
"""Years before and after the snapshot's day that get periods: a mistyped year gets none."""


def as_of(today: date, last_fact: date | None) -> date:
    """Today, or the day after the last purchase or won close where that is long over.

    An export from two years ago is read as it was on its last day, else everything in it would
    look abandoned.
    """
    if last_fact is None or is_recent(today, last_fact):
        return today
    return last_fact + timedelta(1)


def is_recent(today: date, fact: date | None) -> bool:
    """Whether a fact is recent enough for everything to be looked at from today."""
    return fact is not None and (today - fact).days <= QUIET_DAYS


def periods(calendar: FiscalCalendar, day: date, facts: Iterable[date]) -> list[Period]:
    """Every fiscal year that facts or `day` touch, without gaps, and the one after `day`."""
    earliest, latest = reach(day)
    days = [day, *(fact for fact in facts if earliest <= fact <= latest)]
    next_year = calendar.year_starts_on(calendar.fiscal_year_of(day) + 1)
    return covering(calendar, min(days), max(*days, next_year))


def reach(day: date) -> tuple[date, date]:
    """The first and the last day that can get a period, seen from `day`."""
    return date(day.year - _REACH, 1, 1), date(day.year + _REACH, 12, 31)


@dataclass(frozen=True, slots=True)
class Kept:
    """What retention knows of a snapshot."""

    snapshot_id: int
    taken_at: datetime
    pinned: bool


def to_remove(snapshots: Sequence[Kept], current_id: int | None) -> list[int]:
    """Ids of the snapshots that go: all but pinned ones, each month's last, the last three and
    the one that everybody sees."""
    latest_first = sorted(snapshots, key=lambda one: (one.taken_at, one.snapshot_id), reverse=True)
    kept = {one.snapshot_id for one in latest_first[:LAST_KEPT]}
    months: set[tuple[int, int]] = set()
    for one in latest_first:
        month = one.taken_at.year, one.taken_at.month
        if month not in months or one.pinned or one.snapshot_id == current_id:
            kept.add(one.snapshot_id)
        months.add(month)
    return [one.snapshot_id for one in latest_first if one.snapshot_id not in kept]
