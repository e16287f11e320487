"""The rows of a workbook as text, written to standard output by a process of its own.

The reader holds a sheet from its first cell to its last, empty ones too: one cell in the far corner
of a small file asks for hundreds of gigabytes, and the reader then ends the process that it is in.
Run by its path, it imports nothing of ours. What it writes, a line of JSON each: the titles of the
sheets that have rows; of each of them its rows (number, cells), then null; at last true, or why the
workbook can't be read.
"""

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MEMORY = 3 << 30

Cell = int | float | str | bool | time | date | datetime | timedelta


def main(path: str) -> None:
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        book = CalamineWorkbook.from_path(path)
        titles = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        filled = [title for title in titles if any(True for _ in _rows(book, title))]
        _say(filled)
        for title in filled:
            for row in _rows(book, title):
                _say(row)
            _say(None)
        _say(True)
    except (CalamineError, BadZipFile) as error:
        _say(str(error))


def _say(told: list[str] | tuple[int, list[str]] | bool | str | None) -> None:
    sys.stdout.write(json.dumps(told) + "\n")


def _rows(book: CalamineWorkbook, title: str) -> Iterator[tuple[int, list[str]]]:
    """(row number, cells as text) of the rows with anything in them."""
    opened = book.get_sheet_by_name(title)
    first = opened.start[0] if opened.start else 0
    for number, row in enumerate(opened.iter_rows(), first + 1):
        cells = [as_text(cell) for cell in row]
        if any(cell.strip() for cell in cells):
            yield number, cells


def as_text(cell: Cell) -> str:
    """A cell as an export in text would have it: whole numbers without a point, ISO dates."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    main(sys.argv[1])
