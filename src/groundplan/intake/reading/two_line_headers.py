"""Headers of two lines: groups' names over columns' names, or names over units."""

import re
from collections.abc import Sequence

from .months import month_of

_VALUE = re.compile(
    r"^[+-]?[\d.,' ]*\d[\d.,' ]*-?%?$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?$|^\S+@\S+\.\w+$"
)
_YEAR = re.compile(r"^20[0-4]\d$")
_UNIT = re.compile(r"^[A-Za-z€$£%.]{1,4}$")
_ROWS = 40
_FEWEST_ROWS = 2
_MOSTLY = 0.7

Record = tuple[int, list[str]]


def is_value(cell: str) -> bool:
    return bool(_VALUE.match(cell.strip()))


def two_lines(records: Sequence[Record], at: int) -> tuple[list[str], int] | None:
    """The names that the header at `at` makes with the line over or under it, and its last line.

    None where it stands alone, as nearly always.
    """
    names = _cells(records[at][1])
    under = _cells(records[at + 1][1]) if at + 1 < len(records) else []
    if under and _are_years(names, under):
        return _joined(names, under), records[at + 1][0]
    if under and _names_below(names, under, records[at + 2 : at + 2 + _ROWS]):
        groups = names if _are_groups(names, under) else None
        told = _joined(groups, under) if groups else _with_units(names, under)
        return told, records[at + 1][0]
    over = _cells(records[at - 1][1]) if at else []
    if over and _are_years(over, names):
        return _joined(over, names), records[at][0]
    if over and _are_groups(over, names) and len(set(names)) < len(names):
        return _joined(over, names), records[at][0]
    return None


def _cells(cells: Sequence[str]) -> list[str]:
    return [cell.strip().strip("\ufeff") for cell in cells]


def _names_below(names: list[str], under: list[str], rows: Sequence[Record]) -> bool:
    """Does the line under the header name, or give the unit of, each column of values?"""
    if len(rows) < _FEWEST_ROWS or any(map(is_value, under)) or sum(map(bool, under)) < 1:
        return False
    counted = [at for at in range(1, len(under)) if _counts(at, rows)]
    filled = {at for at, cell in enumerate(under) if cell}
    if not counted or not filled & set(counted):
        return False
    units = filled <= set(counted) and all(_UNIT.match(under[at]) for at in filled)
    named = set(counted) <= filled and (_are_groups(names, under) or len(filled) == len(under))
    return units or (named and "" in names)


def _counts(at: int, rows: Sequence[Record]) -> bool:
    cells = [row[at].strip() for _, row in rows if at < len(row) and row[at].strip()]
    return len(cells) >= _FEWEST_ROWS and sum(map(is_value, cells)) > _MOSTLY * len(cells)


def _are_groups(over: list[str], names: list[str]) -> bool:
    """A name, then blanks where others begin: `Customer, , Order, , `; its lower line is full."""
    told = [at for at, cell in enumerate(over) if cell]
    if len(told) < 2 or (told[0] != 0 and not _repeat_below(told, over, names)):
        return False
    if any(is_value(over[at]) and not month_of(over[at]) for at in told):
        return False
    spread = told[-1] - told[0] >= len(told)
    return spread and sum(map(bool, names)) > len(told) and len(over) >= 0.8 * len(names)


def _repeat_below(told: list[int], over: list[str], names: list[str]) -> bool:
    """Do the first columns have names of their own, and then each group, a month, the same ones?"""
    first, after = names[: told[0]], names[told[0] :]
    months = sum(bool(month_of(over[at])) for at in told)
    return all(first) and len(set(after)) < len(after) and months > 0.8 * (len(told) - 1) > 1


def _are_years(over: list[str], names: list[str]) -> bool:
    """Years, and totals of them, over months or quarters that each year repeats."""
    told = [at for at, cell in enumerate(over) if cell]
    years = [at for at in told if _YEAR.match(over[at])]
    if not years or not all(names[: told[0]]):
        return False
    below = {at: names[at : next((end for end in told if end > at), len(names))] for at in told}
    filled = all(len([name for name in below[at] if month_of(name, over[at])]) > 1 for at in years)
    return filled and not any(any(below[at]) for at in told if at not in years)


def _joined(groups: list[str], names: list[str]) -> list[str]:
    told, group = [], ""
    for at, name in enumerate(names):
        group = groups[at] if at < len(groups) and groups[at] else group
        told.append(f"{group} {name}".strip())
    return told


def _with_units(names: list[str], units: list[str]) -> list[str]:
    padded = units + [""] * (len(names) - len(units))
    return [f"{name} {unit}".strip() for name, unit in zip(names, padded, strict=False)]
