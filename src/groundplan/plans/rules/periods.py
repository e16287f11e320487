"""The fiscal period that a plan covers."""

import re
from datetime import date

from groundplan.kernel.errors import InvalidInput
from groundplan.kernel.periods import FiscalCalendar, Period

_KEY = re.compile(r"FY(\d{4})(-Q[1-4])?")


def period_of(calendar: FiscalCalendar, key: str) -> Period:
    """The fiscal year or quarter with this key. Raises InvalidInput for any other text."""
    match = _KEY.fullmatch(key)
    if match is None or not 1900 < int(match[1]) < 2200:
        raise InvalidInput(
            f"{key} is neither a fiscal year nor a quarter." if key else "Choose a period.",
            field="period",
            mend="Write it as FY2027 or FY2027-Q1.",
        )
    return next(one for one in calendar.periods(int(match[1])) if one.key == key)


def year_key(key: str) -> str:
    """The key of the year that a period belongs to."""
    return key.partition("-")[0]


def quarters_of(key: str) -> tuple[str, ...]:
    """The keys of a year's quarters."""
    return tuple(f"{year_key(key)}-Q{number}" for number in range(1, 5))


def is_quarter_of(key: str, year: str) -> bool:
    """Whether the period `key` is a quarter of the fiscal year `year`."""
    return year == year_key(key) != key


def follows(period: Period, key: str, ends_on: date) -> bool:
    """Whether a plan of the period `key`, which ends on that day, can be cut for `period`: a
    quarter of its year, or what comes later."""
    return is_quarter_of(period.key, key) or period.starts_on > ends_on
