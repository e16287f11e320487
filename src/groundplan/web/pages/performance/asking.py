"""What the address asks for: by what, and over which period."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from django.http import QueryDict

from groundplan.kernel.periods import FiscalCalendar, Period
from groundplan.organisation.selectors import calendar

View = Literal["tree", "owner", "team", "account", "quarter"]
YEARS_BACK, YEARS_AHEAD = 3, 1


@dataclass(frozen=True, slots=True)
class Asked:
    """`period` is a fiscal year or quarter, `year` the year it is in or is."""

    by: View
    period: Period
    year: Period
    quarters: tuple[Period, ...]
    years: tuple[Period, ...]

    @property
    def query(self) -> str:
        return f"by={self.by}&period={self.period.key}"


def asked(query: QueryDict, day: date) -> Asked:
    """Read the address. Tolerant: a period that isn't there means the year of the results."""
    cut = calendar()
    by: View = next((view for view in get_args(View) if view == query.get("by")), "tree")
    present = cut.fiscal_year_of(day)
    period = _period(cut, query.get("period", "")) or cut.periods(present)[0]
    year, *parts = cut.periods(period.fiscal_year)
    years = range(present - YEARS_BACK, present + YEARS_AHEAD + 1)
    return Asked(
        by=by,
        period=period,
        year=year,
        quarters=tuple(part for part in parts if part.kind == "quarter"),
        years=tuple(cut.periods(number)[0] for number in years),
    )


def _period(cut: FiscalCalendar, key: str) -> Period | None:
    year = key.removeprefix("FY")[:4]
    if not (year.isdigit() and 1900 < int(year) < 2200):
        return None
    return next((p for p in cut.periods(int(year)) if p.key == key and p.kind != "month"), None)
