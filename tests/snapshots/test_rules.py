"""Pure decisions about snapshots."""

from datetime import UTC, date, datetime

import pytest

from groundplan.kernel.periods import FiscalCalendar
from groundplan.snapshots.contracts import last_day
from groundplan.snapshots.rules import Kept, as_of, periods, to_remove

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("last_fact", "expected"),
    [
        (None, TODAY),
        (date(2026, 11, 20), TODAY),
        (date(2026, 8, 24), TODAY),
        (date(2026, 8, 23), date(2026, 8, 24)),
        (date(1998, 5, 6), date(1998, 5, 7)),
        (date(2027, 3, 1), TODAY),
    ],
)
def test_an_old_export_is_looked_at_from_the_day_after_its_last_fact(
    last_fact: date | None, expected: date
) -> None:
    assert as_of(TODAY, last_fact) == expected


def test_periods_cover_every_year_of_the_facts_and_the_next_without_gaps() -> None:
    found = periods(FiscalCalendar(start_month=4), TODAY, [date(2024, 1, 5)])
    assert [one.key for one in found if one.kind == "year"] == [
        "FY2024",
        "FY2025",
        "FY2026",
        "FY2027",
        "FY2028",
    ]
    assert len(found) == 5 * 17


def test_a_mistyped_year_makes_no_periods() -> None:
    found = periods(FiscalCalendar(), TODAY, [date(9999, 12, 31), date(1, 1, 1)])
    assert {one.fiscal_year for one in found} == {2026, 2027}


def _kept(number: int, month: int, day: int, *, pinned: bool = False) -> Kept:
    return Kept(number, datetime(2026, month, day, tzinfo=UTC), pinned)


def test_month_ends_the_last_three_pinned_and_the_shown_one_are_kept() -> None:
    snapshots = [
        _kept(1, 1, 5),
        _kept(2, 1, 31),
        _kept(3, 2, 1, pinned=True),
        _kept(4, 2, 2),
        _kept(5, 2, 3),
        _kept(6, 2, 20),
        _kept(7, 3, 1),
        _kept(8, 3, 2),
        _kept(9, 3, 3),
    ]
    assert to_remove(snapshots, current_id=4) == [5, 1]


def test_nothing_goes_while_there_are_few() -> None:
    assert to_remove([_kept(1, 1, 1), _kept(2, 1, 2), _kept(3, 1, 3)], None) == []


def test_facts_long_over_are_read_in_the_year_they_end_in() -> None:
    taken = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert last_day(date(2018, 1, 1), taken) == date(2017, 12, 31)


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23)])
def test_a_snapshot_of_today_is_read_today_in_every_time_zone(day: date) -> None:
    assert last_day(day, datetime(2026, 11, 22, 12, tzinfo=UTC)) == day
