"""The days between which first purchases are counted."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Window:
    """The months up to `ends_on` (not included) that first-purchase rates are learned from.

    `history` is the number of whole months known before `ends_on`.
    """

    starts_on: date
    ends_on: date
    months: int
    history: int


def months_after(day: date, months: int) -> date:
    """The same day so many months later (or earlier), the last one where a month is too short."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def learning_window(first_on: date | None, ends_on: date) -> Window:
    """A year, or half of the history where that is shorter: before it, owners must show.

    Whoever bought a product before the history began looks like a first buyer at the next order;
    the longer the history before the window, the fewer of them are left. `first_on` is the first
    day of the history, None where nothing was bought.
    """
    begun = ends_on if first_on is None else first_on
    history = max(0, (ends_on.year - begun.year) * 12 + ends_on.month - begun.month)
    months = max(1, min(YEAR_MONTHS, history // 2)) if first_on else YEAR_MONTHS
    return Window(months_after(ends_on, -months), ends_on, months, history)
