"""Fiscal calendars: which days make a fiscal month, quarter and year."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

Kind = Literal["year", "quarter", "month"]
Pattern = Literal["months", "445"]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A fiscal period; both ends belong to it. `number` is 0 for a year, else 1..4 or 1..12."""

    starts_on: date
    ends_on: date
    kind: Kind
    fiscal_year: int
    number: int

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    @property
    def weeks(self) -> int:
        """Whole weeks of it: 52 or 53 of a year that is cut by weeks."""
        return self.days // 7

    @property
    def middle(self) -> date:
        """A day in its middle: where weeks make months, these take days from their neighbours."""
        return self.starts_on + timedelta(self.days // 2)

    @property
    def key(self) -> str:
        """FY2027, FY2027-Q1 or FY2027-M01: what addresses and results are keyed by."""
        suffix = {"year": "", "quarter": f"-Q{self.number}", "month": f"-M{self.number:02d}"}
        return f"FY{self.fiscal_year}{suffix[self.kind]}"

    @property
    def label(self) -> str:
        """FY27, Q1 FY27 or M01 FY27: what a page shows."""
        year = f"FY{self.fiscal_year % 100:02d}"
        prefix = {"year": "", "quarter": f"Q{self.number} ", "month": f"M{self.number:02d} "}
        return prefix[self.kind] + year

    def contains(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def elapsed(self, day: date) -> float:
        """The share of the period that is over at the end of `day`, 0 to 1."""
        gone = (day - self.starts_on).days + 1
        return min(max(gone, 0), self.days) / self.days

    def overlap(self, starts_on: date, ends_on: date) -> int:
        """How many days of this period lie from `starts_on` to `ends_on`, both included."""
        return max(0, (min(self.ends_on, ends_on) - max(self.starts_on, starts_on)).days + 1)


def label_of(key: str) -> str:
    """The label of the period with this key, whatever the calendar: Q1 FY27 of FY2027-Q1."""
    year, _dash, part = key.removeprefix("FY").partition("-")
    return f"{part} FY{year[-2:]}".strip()


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """How an organisation cuts its years.

    A fiscal year has the number of the calendar year in which it ends. `months`: twelve calendar
    months from the first of `start_month`. `445`: weeks that end the day before `start_month`
    begins or up to three days after it (nearest), quarters of 4, 4 and 5 weeks; a 53rd week goes
    to the last month.
    """

    start_month: int = 1
    pattern: Pattern = "months"

    def year_starts_on(self, fiscal_year: int) -> date:
        calendar_year = fiscal_year if self.start_month == 1 else fiscal_year - 1
        first = date(calendar_year, self.start_month, 1)
        if self.pattern == "months":
            return first
        # The Monday nearest to the first of the month: ISO weekday 1 is Monday.
        back = first.weekday()
        return first - timedelta(back) if back <= 3 else first + timedelta(7 - back)

    def fiscal_year_of(self, day: date) -> int:
        guess = day.year if self.start_month == 1 or day.month < self.start_month else day.year + 1
        for year in (guess - 1, guess, guess + 1):
            if self.year_starts_on(year) <= day < self.year_starts_on(year + 1):
                return year
        raise AssertionError("fiscal years cover every day")

    def months(self, fiscal_year: int) -> list[Period]:
        starts = [*self._month_starts(fiscal_year), self.year_starts_on(fiscal_year + 1)]
        return [
            Period(start, after - timedelta(1), "month", fiscal_year, number)
            for number, (start, after) in enumerate(pairwise(starts), 1)
        ]

    def periods(self, fiscal_year: int) -> list[Period]:
        """The year, its four quarters and its twelve months, in this order."""
        months = self.months(fiscal_year)
        quarters = [
            Period(three[0].starts_on, three[-1].ends_on, "quarter", fiscal_year, number)
            for number, three in enumerate((months[i : i + 3] for i in range(0, 12, 3)), 1)
        ]
        year = Period(months[0].starts_on, months[-1].ends_on, "year", fiscal_year, 0)
        return [year, *quarters, *months]

    def _month_starts(self, fiscal_year: int) -> Iterator[date]:
        first = self.year_starts_on(fiscal_year)
        for index in range(12):
            if self.pattern == "months":
                month = first.month - 1 + index
                yield date(first.year + month // 12, month % 12 + 1, 1)
            else:
                weeks = index // 3 * 13 + (0, 4, 8)[index % 3]
                yield first + timedelta(weeks=weeks)


def covering(calendar: FiscalCalendar, first: date, last: date) -> list[Period]:
    """Every period of every fiscal year that holds a day from `first` to `last`."""
    years = range(calendar.fiscal_year_of(first), calendar.fiscal_year_of(last) + 1)
    return [period for year in years for period in calendar.periods(year)]


def of_kind(periods: Iterable[Period], kind: Kind) -> list[Period]:
    return sorted(period for period in periods if period.kind == kind)
