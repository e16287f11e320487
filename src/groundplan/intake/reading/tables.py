"""Tables of text in the staging database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from unicodedata import normalize

import duckdb
import pyarrow as pa

from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import StagedFile

# Blanks that people can't see around a value: tabs, breaks, no-break and zero-width ones.
_BLANKS = " \t\r\n\u00a0\u2007\u202f\u200b\ufeff"
_NOTHING = ("", "NULL", r"\N", "(null)", "#N/A")


def cell_sql(expression: str, *, careful: bool = True) -> str:
    """SQL of a cell as it is staged: blanks around it gone, NULL where it says nothing. Letters
    are written as one sign each, for keys and names that look alike to be alike, and `="007"`, by
    which exports keep Excel from reading a number, is `007`.

    Not `careful` knows only plain blanks, several times faster: for files without other ones.
    """
    if not careful:
        return f"nullif(trim({expression}), '')"
    nothing = ", ".join(map(literal, _NOTHING))
    bare = f"trim({expression}, {literal(_BLANKS)})"
    guarded = f"starts_with({bare}, '=\"') AND ends_with({bare}, '\"') AND length({bare}) > 3"
    text = f"CASE WHEN {guarded} THEN substring({bare}, 3, length({bare}) - 3) ELSE {bare} END"
    trimmed = f"nfc_normalize({text})"
    return f"CASE WHEN {trimmed} IN ({nothing}) THEN NULL ELSE {trimmed} END"


def needs_care(chunk: bytes) -> bool:
    """May these bytes of UTF-8 hold what only a careful reading knows?"""
    signs = _PLAIN_SIGNS if chunk.isascii() else _SIGNS
    return any(byte in chunk and word in chunk for byte, word in signs)


def _rarest(word: bytes) -> bytes:
    """A byte of the word that few files have: looking for one byte takes a tenth of the time."""
    return next((byte for byte in (b"(", b"\\", b"#", b"U", b"=") if byte in word), word[:1])


_SIGNS = tuple(
    (_rarest(word), word)
    for word in (
        *(blank.encode() for blank in _BLANKS if blank not in " \r\n"),
        *(word.encode() for word in _NOTHING if word),
        b'="',
        # What follows a letter to make another of both: accents, and those of kana and hangul.
        b"\xcc",
        b"\xcd",
        b"\xe3\x82\x99",
        b"\xe3\x82\x9a",
        b"\xe1\x84",
    )
)
_PLAIN_SIGNS = tuple((byte, word) for byte, word in _SIGNS if word.isascii())


def cell_text(cell: str | None) -> str | None:
    """As `cell_sql`, for records that come through Python."""
    if cell is None:
        return None
    trimmed = cell.strip(_BLANKS)
    if trimmed.startswith('="') and trimmed.endswith('"') and len(trimmed) > 3:
        trimmed = trimmed[2:-1]
    if not trimmed.isascii():
        trimmed = normalize("NFC", trimmed)
    return None if trimmed in _NOTHING else trimmed


def next_relation(connection: duckdb.DuckDBPyConnection) -> str:
    found = connection.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 'staged_%'"
    ).fetchone()
    return f"staged_{(found or (0,))[0] + 1}"


def with_cells(
    connection: duckdb.DuckDBPyConnection, file: StagedFile, name: str, cells: Mapping[str, str]
) -> StagedFile:
    """The file with the SQL `cells` in some of its columns, as a table of its own called `name`."""
    every = ", ".join(
        f"{cells[column]} AS {quoted(column)}" if column in cells else quoted(column)
        for column in file.columns
    )
    relation = f"{file.relation}_{name}"
    connection.execute(f"CREATE TABLE {relation} AS SELECT _line, {every} FROM {file.relation}")
    return replace(file, relation=relation)


class TableWriter:
    """Fills a staged table from records in batches, so that no file is held in memory."""

    BATCH = 20_000

    def __init__(self, connection: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> None:
        self.connection = connection
        self.relation = next_relation(connection)
        self.columns = tuple(columns)
        self.rows = 0
        self._lines: list[int] = []
        self._records: list[list[str | None]] = []
        fields = ", ".join(f"{quoted(column)} VARCHAR" for column in columns)
        connection.execute(f"CREATE TABLE {self.relation} (_line BIGINT, {fields})")

    def add(self, line: int, record: list[str | None]) -> None:
        """A record as wide as the columns; `line` is the physical one it starts on."""
        self._lines.append(line)
        self._records.append([cell_text(cell) for cell in record])
        if len(self._lines) >= self.BATCH:
            self.flush()

    def flush(self) -> None:
        if not self._lines:
            return
        names = [f"c{place}" for place in range(len(self.columns))]
        cells = [pa.array(column, pa.string()) for column in zip(*self._records, strict=True)]
        batch = pa.table([pa.array(self._lines, pa.int64()), *cells], names=["_line", *names])
        self.connection.register("batch", batch)
        self.connection.execute(f"INSERT INTO {self.relation} SELECT * FROM batch")
        self.connection.unregister("batch")
        self.rows += len(self._lines)
        self._lines.clear()
        self._records.clear()


def add_ragged(
    connection: duckdb.DuckDBPyConnection, rows: Iterable[tuple[str, int, int, int, str]]
) -> None:
    """Records (file, line, cells, expected, start) that have more or fewer cells than columns."""
    batch = list(rows)
    if batch:
        connection.executemany("INSERT INTO ragged VALUES (?, ?, ?, ?, ?)", batch)
