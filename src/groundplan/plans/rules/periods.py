"""The fiscal period that a plan covers."""

import re

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
