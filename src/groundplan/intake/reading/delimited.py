"""Text files with a delimiter: DuckDB's reader where it can't err, else Python's."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import StagedFile
from groundplan.intake.workspace import Workspace
from groundplan.kernel.errors import InvalidInput

from .bounds import LONGEST_LINE, Lines, check_line, check_width
from .dates_without_year import with_years
from .encodings import (
    Survey,
    guessed_encoding,
    marked_encoding,
    survey,
    transcode,
    transcode_marked,
)
from .headers import Header, Record, declared_delimiter, header_of, is_spaced, likely_delimiter
from .kinds import empty
from .left_out import Ragged, leave_out, parted
from .mixed_encodings import lines_apart, note_mixed, rewrite_mixed
from .tables import TableWriter, add_ragged, cell_sql, next_relation
from .unknown_delimiter import check_divided

_SAMPLE_LINES = 400
_SAMPLE_SIZE = 1 << 18
_MOST_LINES = 2000


@dataclass(frozen=True, slots=True)
class _Text:
    """A UTF-8 file and what is known of it before its records are read."""

    name: str
    path: Path
    encoding: str
    delimiter: str
    header: Header
    lines: int
    quotes: bool
    plain: bool
    careful: bool
    spaced: bool


def stage_delimited(name: str, path: Path, workspace: Workspace) -> StagedFile:
    """Raises InvalidInput for text that is no table; records that don't fit go to `ragged`."""
    text = _examined(name, path, workspace)
    staged = _fast(text, workspace.connection) if text.plain else None
    if staged is None:
        staged = _slow(text, workspace)
    staged = replace(
        staged, encoding=text.encoding, delimiter=text.delimiter, above=text.header.above
    )
    return with_years(workspace.connection, staged)


def _examined(name: str, path: Path, workspace: Workspace) -> _Text:
    with path.open("rb") as file:
        encoding = marked_encoding(file.read(4096))
    path, encoding, found = _in_utf8(name, path, encoding, workspace)
    if found.zero_line:
        raise InvalidInput(
            f"{name}: line {found.zero_line:,} holds null bytes, as no text does.",
            field=name,
            mend="Export the table again as CSV, Excel or Parquet.",
        )
    check_line(name, found.long_line)
    csv.field_size_limit(LONGEST_LINE)
    lines = _first_lines(path)
    if not any(line.strip() for line in lines):
        raise empty(name)
    delimiter = declared_delimiter(lines[0])
    above = 1 if delimiter else 0
    delimiter = delimiter or likely_delimiter(lines)
    spaced = is_spaced(lines[above:], delimiter)
    header = header_of(_sample(lines, delimiter, above, spaced=spaced), name)
    check_width(name, len(header.columns))
    check_divided(name, lines[above:], len(header.columns))
    return _Text(
        name,
        path,
        encoding or "utf-8",
        delimiter,
        header,
        found.lines,
        found.quotes,
        not (found.lone_returns or spaced),
        found.careful,
        spaced,
    )


def _in_utf8(
    name: str, path: Path, encoding: str, workspace: Workspace
) -> tuple[Path, str, Survey]:
    """The text as a file of UTF-8, what it was in before, and what a survey of it found."""
    target = workspace.unpacked / f"{next_relation(workspace.connection)}.txt"
    if encoding.startswith(("utf-16", "utf-32")):
        encoding, path = transcode_marked(name, path, target, encoding), target
    found = survey(path)
    if found.utf8:
        return path, encoding, found
    encoding = _rewritten(name, path, target, found, workspace.connection)
    return target, encoding, survey(target)


def _rewritten(
    name: str, path: Path, target: Path, found: Survey, connection: duckdb.DuckDBPyConnection
) -> str:
    """Rewrites text that is not UTF-8, or not all of it; returns what it was in."""
    apart = lines_apart(path)
    if not (other := apart.encoding):
        return transcode(path, target, guessed_encoding(found.odd))
    rewrite_mixed(path, target, other)
    note_mixed(connection, name, apart, other)
    return f"utf-8, {other}"


def _first_lines(path: Path) -> list[str]:
    lines: list[str] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        while len(lines) < _SAMPLE_LINES and sum(map(len, lines)) < _SAMPLE_SIZE:
            line = file.readline()
            if not line:
                break
            lines.append(line)
    return lines


def _sample(lines: list[str], delimiter: str, above: int, *, spaced: bool) -> list[Record]:
    reader = csv.reader(lines[above:], delimiter=delimiter, skipinitialspace=spaced)
    return [(reader.line_num + above, cells) for cells in reader]


def _fast(text: _Text, connection: duckdb.DuckDBPyConnection) -> StagedFile | None:
    """By DuckDB, which doesn't tell lines: right where records and lines come out even.

    None where they don't (line breaks in quotes, blank lines) or where it finds a record ragged.
    """
    relation = next_relation(connection)
    names = [f"c{place}" for place in range(len(text.header.columns))]
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    quote = "'\"'" if text.quotes else "''"
    cells = ", ".join(
        f"{cell_sql(name, careful=text.careful)} AS {quoted(column)}"
        for name, column in zip(names, text.header.columns, strict=True)
    )
    first = text.header.last_line + 1
    try:
        connection.execute(
            f"CREATE TABLE {relation}_rows AS SELECT {cells} FROM read_csv("
            f"{literal(str(text.path))}, header = false, auto_detect = false,"
            f" delim = {literal(text.delimiter)}, quote = {quote}, escape = {quote},"
            f" skip = {first - 1}, columns = {{{types}}}, strict_mode = true,"
            f" max_line_size = {LONGEST_LINE})"
        )
        rows = _count(connection, f"{relation}_rows")
    except duckdb.Error:
        return None
    if rows != text.lines - text.header.last_line:
        connection.execute(f"DROP TABLE {relation}_rows")
        return None
    # rowid is the order of insertion, which DuckDB keeps: the line needs no column of its own.
    connection.execute(
        f"CREATE VIEW {relation} AS SELECT rowid + {first} AS _line, * FROM {relation}_rows"
    )
    return StagedFile(text.name, relation, text.header.columns, rows)


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
    return int(found[0]) if found else 0


def _slow(text: _Text, workspace: Workspace) -> StagedFile:
    connection = workspace.connection
    writer = TableWriter(connection, text.header.columns)
    width = len(text.header.columns)
    ragged: list[Ragged] = []
    last_record = 0
    for line, cells in _records(text):
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if len(cells) == width:
            writer.add(line, list(cells))
            last_record = line
        else:
            ragged.append((text.name, line, len(cells), width, " ".join(cells)[:200]))
            if len(ragged) >= TableWriter.BATCH:
                _part(connection, text.name, ragged, line)
    writer.flush()
    _part(connection, text.name, ragged, last_record)
    return StagedFile(text.name, writer.relation, text.header.columns, writer.rows)


def _part(
    connection: duckdb.DuckDBPyConnection, name: str, ragged: list[Ragged], last_record: int
) -> None:
    rejected, left = parted(ragged, last_record)
    add_ragged(connection, rejected)
    leave_out(connection, name, left)
    ragged.clear()


def _records(text: _Text) -> Iterator[tuple[int, list[str]]]:
    """(first physical line, cells) of each record below the header that isn't blank."""
    width = len(text.header.columns)
    with text.path.open(encoding="utf-8-sig", newline="") as file:
        above = text.header.last_line
        for _ in range(above):
            file.readline()
        lines = Lines(file, text.delimiter)
        reader = csv.reader(lines, delimiter=text.delimiter, skipinitialspace=text.spaced)
        start = above + 1
        try:
            for cells in reader:
                after = reader.line_num + above
                if after - start > _MOST_LINES:
                    raise _unclosed(text.name, start)
                # What is cut within a value is no value: nothing tells how it went on.
                if (lines.at_end and lines.open_quote()) or lines.swallowed(width):
                    raise _unclosed(text.name, start)
                if any(cell.strip() for cell in cells):
                    yield start, cells
                start = after + 1
                lines.start_record()
        except csv.Error as error:
            raise _unclosed(text.name, start) from error


def _unclosed(name: str, line: int) -> InvalidInput:
    return InvalidInput(
        f"{name}: a quote opened in line {line} is not closed.",
        field=name,
        mend="Close the quote, or double the ones inside a value.",
    )
