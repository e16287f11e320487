"""Excel and OpenDocument workbooks: each sheet with rows is a file of its own."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from groundplan.intake.contracts import StagedFile
from groundplan.intake.workspace import Workspace
from groundplan.kernel.errors import InvalidInput

from .bounds import check_width
from .headers import header_of
from .left_out import leave_out
from .tables import TableWriter, add_ragged

# The reader holds a whole workbook in memory, at several times its unpacked size.
LARGEST_FILE = 64 << 20
LARGEST_UNPACKED = 640 << 20
_SAMPLE = 200

Cell = int | float | str | bool | time | date | datetime | timedelta


def stage_excel(name: str, path: Path, workspace: Workspace) -> list[StagedFile]:
    """Visible worksheets that have rows. Raises InvalidInput when too large or damaged."""
    _check_size(name, path)
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        filled = [sheet for sheet in sheets if any(True for _ in _rows(book, sheet))]
        if not filled:
            raise InvalidInput(f"{name} has no rows.", field=name, mend="Export it again.")
        return [
            _stage_sheet(name if len(filled) == 1 else f"{name}#{sheet}", book, sheet, workspace)
            for sheet in filled
        ]
    except (CalamineError, zipfile.BadZipFile) as error:
        raise InvalidInput(
            f"{name} can't be read as a workbook ({error}).",
            field=name,
            mend="Open it in Excel and save it again, without a password, or save it as CSV.",
        ) from error


def _check_size(name: str, path: Path) -> None:
    size = path.stat().st_size
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    else:
        unpacked = size
    if size > LARGEST_FILE or unpacked > LARGEST_UNPACKED:
        raise InvalidInput(
            f"{name} is too large for a workbook ({size >> 20} MB, {unpacked >> 20} MB unpacked;"
            f" up to {LARGEST_FILE >> 20} and {LARGEST_UNPACKED >> 20} are read).",
            field=name,
            mend="Save the sheets as CSV: those may have any size.",
        )


def _rows(book: CalamineWorkbook, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """(row number, cells as text) of the rows with anything in them."""
    opened = book.get_sheet_by_name(sheet)
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


def _stage_sheet(name: str, book: CalamineWorkbook, sheet: str, workspace: Workspace) -> StagedFile:
    sample = [row for _, row in zip(range(_SAMPLE), _rows(book, sheet), strict=False)]
    header = header_of(sample, name)
    width = len(header.columns)
    check_width(name, width)
    writer = TableWriter(workspace.connection, header.columns)
    ragged = []
    again = []
    for line, cells in _rows(book, sheet):
        if line <= header.last_line:
            continue
        if tuple(cell.strip() for cell in cells[:width]) == header.columns:
            again.append((line, " ".join(cells)))
            continue
        if any(cell.strip() for cell in cells[width:]):
            beyond = len(cells)
            ragged.append((name, line, beyond, width, " ".join(cells)[:200]))
        else:
            padded: list[str | None] = [*cells[:width], *[None] * (width - len(cells))]
            writer.add(line, padded)
    writer.flush()
    add_ragged(workspace.connection, ragged)
    leave_out(workspace.connection, name, again)
    return StagedFile(name, writer.relation, header.columns, writer.rows, above=header.above)
