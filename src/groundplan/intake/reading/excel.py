"""Excel and OpenDocument workbooks: each sheet with rows is a file of its own."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from groundplan.intake.contracts import StagedFile
from groundplan.intake.workspace import Workspace
from groundplan.kernel.errors import InvalidInput

from . import sheets
from .bounds import check_width
from .headers import header_of
from .left_out import leave_out
from .repeated_headers import FEWEST
from .tables import TableWriter, add_ragged

# The reader holds a whole workbook in memory, at several times its unpacked size.
LARGEST_FILE = 64 << 20
LARGEST_UNPACKED = 640 << 20
_SAMPLE = 200

Rows = Iterator[tuple[int, list[str]]]


def stage_excel(name: str, path: Path, workspace: Workspace) -> list[StagedFile]:
    """Visible worksheets that have rows. Raises InvalidInput when too large or damaged."""
    _check_size(name, path)
    with _read(name, path) as told:
        filled = _next(name, told)
        if not filled:
            raise InvalidInput(f"{name} has no rows.", field=name, mend="Export it again.")
        staged = [
            _stage_sheet(
                name if len(filled) == 1 else f"{name}#{title}", _rows(name, told), workspace
            )
            for title in filled
        ]
        _next(name, told)
        return staged


@contextmanager
def _read(name: str, path: Path) -> Iterator[IO[bytes]]:
    """What the process says that reads the workbook; it is gone afterwards."""
    command = [sys.executable, "-P", sheets.__file__, str(path)]
    reader = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603 - ours
    with reader:
        try:
            assert reader.stdout
            yield reader.stdout
        except EOFError as error:
            raise InvalidInput(
                f"{name} can't be read: its cells reach further than fits in memory.",
                field=name,
                mend="Delete what stands far below or beside the table, or save it as CSV.",
            ) from error
        finally:
            reader.kill()


def _next(name: str, told: IO[bytes]) -> Any:
    line = told.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    said = json.loads(line)
    if isinstance(said, str):
        raise InvalidInput(
            f"{name} can't be read as a workbook ({said}).",
            field=name,
            mend="Open it in Excel and save it again, without a password, or save it as CSV.",
        )
    return said


def _rows(name: str, told: IO[bytes]) -> Rows:
    """The rows of the sheet that comes next."""
    while (row := _next(name, told)) is not None:
        yield row


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


def _stage_sheet(name: str, rows: Rows, workspace: Workspace) -> StagedFile:
    sample = list(islice(rows, _SAMPLE))
    header = header_of(sample, name)
    width = len(header.columns)
    check_width(name, width)
    writer = TableWriter(workspace.connection, header.columns)
    ragged = []
    again = []
    # Of wider sheets headers that come again are found below titles, see `repeated_headers`.
    narrow = width < FEWEST
    for line, cells in chain(sample, rows):
        if line <= header.last_line:
            continue
        if narrow and tuple(cell.strip() for cell in cells[:width]) == header.columns:
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
