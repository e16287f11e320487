"""Fiscal calendars: every day in exactly one month, quarter and year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.kernel.periods import FiscalCalendar, Period, covering, label_of, of_kind

CALENDARS = st.builds(FiscalCalendar, st.integers(1, 12), st.sampled_from(["months", "445"]))
DAYS = st.dates(date(1996, 1, 1), date(2040, 12, 31))


@given(CALENDARS, DAYS)
def test_every_day_lies_in_exactly_one_period_of_each_kind(
    calendar: FiscalCalendar, day: date
) -> None:
    periods = covering(calendar, day - timedelta(400), day + timedelta(400))
    for kind in ("year", "quarter", "month"):
        assert sum(period.contains(day) for period in of_kind(periods, kind)) == 1


@given(CALENDARS, st.integers(1996, 2040))
def test_quarters_and_months_add_up_to_the_year(calendar: FiscalCalendar, year: int) -> None:
    whole, *parts = calendar.periods(year)
    quarters = of_kind(parts, "quarter")
    months = of_kind(parts, "month")
    assert sum(q.days for q in quarters) == sum(m.days for m in months) == whole.days
    assert (quarters[0].starts_on, quarters[-1].ends_on) == (whole.starts_on, whole.ends_on)


def test_a_year_is_named_for_the_calendar_year_it_ends_in() -> None:
    february = FiscalCalendar(start_month=2)
    assert february.fiscal_year_of(date(2026, 1, 31)) == 2026
    assert february.fiscal_year_of(date(2026, 2, 1)) == 2027
    assert FiscalCalendar().fiscal_year_of(date(2026, 12, 31)) == 2026


def test_quarters_of_a_february_year_begin_in_february_may_august_and_november() -> None:
    quarters = of_kind(FiscalCalendar(start_month=2).periods(2027), "quarter")
    assert [q.starts_on for q in quarters] == [
        date(2026, 2, 1),
        date(2026, 5, 1),
        date(2026, 8, 1),
        date(2026, 11, 1),
    ]
    assert [q.key for q in quarters] == ["FY2027-Q1", "FY2027-Q2", "FY2027-Q3", "FY2027-Q4"]


@given(st.integers(1, 12), st.integers(1996, 2040))
def test_445_months_are_whole_weeks_and_only_the_last_takes_a_53rd(start: int, year: int) -> None:
    months = FiscalCalendar(start, "445").months(year)
    weeks = [month.days / 7 for month in months]
    assert weeks[:11] == [4, 4, 5] * 3 + [4, 4]
    assert weeks[11] in (5, 6)
    assert all(month.starts_on.weekday() == 0 for month in months)


def test_a_53rd_week_comes_about_every_six_years() -> None:
    calendar = FiscalCalendar(1, "445")
    long = [y for y in range(2000, 2030) if calendar.periods(y)[0].days == 371]
    assert 4 <= len(long) <= 6


@pytest.mark.parametrize(
    ("day", "share"),
    [(date(2025, 12, 31), 0.0), (date(2026, 1, 1), 1 / 365), (date(2026, 12, 31), 1.0)],
)
def test_elapsed_counts_the_day_itself_and_stays_within_0_and_1(day: date, share: float) -> None:
    year = FiscalCalendar().periods(2026)[0]
    assert year.elapsed(day) == pytest.approx(share)
    assert year.elapsed(date(2030, 1, 1)) == 1.0


def test_overlap_counts_days_shared_by_both_ends() -> None:
    january = Period(date(2026, 1, 1), date(2026, 1, 31), "month", 2026, 1)
    assert january.overlap(date(2026, 1, 31), date(2026, 3, 1)) == 1
    assert january.overlap(date(2026, 2, 1), date(2026, 3, 1)) == 0
    assert january.overlap(date(2025, 1, 1), date(2027, 1, 1)) == 31


@given(CALENDARS, st.integers(1996, 2040))
def test_a_key_alone_tells_the_label(calendar: FiscalCalendar, year: int) -> None:
    for period in calendar.periods(year):
        assert label_of(period.key) == period.label
