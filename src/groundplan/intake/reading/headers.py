"""Which record is the header, and the names of its columns."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from groundplan.kernel.errors import InvalidInput

from .months import FEWEST as FEWEST_MONTHS
from .months import month_of
from .two_line_headers import is_value, two_lines

DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r'^"?sep=(.)"?$', re.IGNORECASE)

Record = tuple[int, list[str]]
"""The physical line on which a record ends, and its cells."""


@dataclass(frozen=True, slots=True)
class Header:
    """`columns` are unique and never empty; `last_line` is the header's last physical one.

    `above` holds the filled cells of the lines that stand over it.
    """

    columns: tuple[str, ...]
    last_line: int
    above: tuple[str, ...] = ()


def declared_delimiter(first_line: str) -> str:
    """What a first line such as `sep=;`, as Excel reads it, declares; '' for any other line."""
    match = _SEPARATOR_LINE.match(first_line.strip("\ufeff\r\n"))
    return match[1] if match else ""


def is_spaced(lines: Sequence[str], delimiter: str) -> bool:
    """Do blanks stand between delimiters and quotes (`"Name", "City"`), at least in the header? To
    most readers such a quote is a letter like others."""
    first = next((line for line in lines if line.strip()), "")
    return first.lstrip().startswith('"') and f'"{delimiter} "' in first


def likely_delimiter(lines: Sequence[str]) -> str:
    """The delimiter under which most records have the same number of cells, and the most."""
    return max(DELIMITERS, key=lambda delimiter: _consistency(lines, delimiter))


def _consistency(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    widths = [len(record) for record in csv.reader(lines, delimiter=delimiter) if record]
    # The last record of a sample may be cut off.
    width, times = Counter(widths[:-1] or widths or [1]).most_common(1)[0]
    if width == 1:
        return (0.0, 0)
    return (times / len(widths[:-1] or widths) * min(width, 4), width)


def header_of(records: Sequence[Record], name: str) -> Header:
    """The first record that is filled like most; titles and blank lines above it are passed over.

    Raises InvalidInput where there is none, or where it holds values instead of names.
    """
    filled = [sum(bool(cell.strip()) for cell in cells) for _, cells in records]
    usual = Counter(count for count in filled if count).most_common(1)
    if not usual:
        raise InvalidInput(f"{name} is empty.", field=name, mend="Export it again.")
    at = next(at for at, count in enumerate(filled) if count * 2 > usual[0][0])
    if _holds_values(records[at][1]):
        at = _below_parameters(records, at, usual[0][0])
    line, cells = records[at][0], _as_wide(records, at)
    if _holds_values(cells):
        raise InvalidInput(
            f"{name} has no header: line {line} holds values ({', '.join(cells[:3])}).",
            field=name,
            mend="Put a line with the columns' names above the first row.",
        )
    told = tuple(cell for _, above in records[:at] for cell in above if cell.strip())
    headed = two_lines(records, at)
    if headed is not None:
        return Header(unique_names(headed[0]), headed[1], told)
    return Header(unique_names(cells), line, told)


def _plain(cells: Sequence[str]) -> list[str]:
    plain = [cell.strip().strip("\ufeff") for cell in cells]
    while plain and not plain[-1]:
        plain.pop()
    return plain


def _as_wide(records: Sequence[Record], at: int) -> list[str]:
    """The header's cells with those at its end that have no name but values below."""
    cells, below = _plain(records[at][1]), [cells for _, cells in records[at + 1 :]]
    for place in range(len(records[at][1]) - 1, len(cells) - 1, -1):
        filled = sum(place < len(row) and bool(row[place].strip()) for row in below)
        if filled * 2 > len(below):
            return cells + [""] * (place + 1 - len(cells))
    return cells


def _holds_values(cells: Sequence[str]) -> bool:
    plain = _plain(cells)
    months = {cell for cell in plain if month_of(cell)}
    if len(months) >= FEWEST_MONTHS:
        plain = [cell for cell in plain if cell not in months]
    values = sum(map(is_value, plain))
    return bool(values) and values * 2 >= sum(map(bool, plain))


def _below_parameters(records: Sequence[Record], at: int, usual: int) -> int:
    """The header under a line of parameters, as accounting exports begin with; else `at`."""
    if at:
        return at
    for place in range(at + 1, min(at + 4, len(records) - 1)):
        cells = [cell for cell in _plain(records[place][1]) if cell]
        named = len(set(cells)) == len(cells) and not any(map(is_value, cells))
        if named and len(cells) * 2 > usual and len(cells) > 3:
            return place
    return at


def unique_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Headings made unique (`Name`, `Name 2`) whatever their case, empty ones `column 3`."""
    taken: set[str] = {"_line"}
    names = []
    for place, cell in enumerate(cells, 1):
        wanted = " ".join(cell.split()) or f"column {place}"
        name, number = wanted, 1
        while name.casefold() in taken:
            number += 1
            name = f"{wanted} {number}"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)
