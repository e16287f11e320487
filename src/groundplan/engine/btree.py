"""Rows of a DuckDB query into a table of an SQLite file, page by page instead of row by row.

Binding values one by one takes Python several times as long as DuckDB took to find them. Here
DuckDB puts the texts of a row behind one another, NumPy writes the headers of thousands of rows at
once, and what comes out are the pages of the table as SQLite keeps them: its file format
(https://www.sqlite.org/fileformat2.html) is documented and promised to stay. A number may be
written in more bytes than it needs, so that all headers are equally long.

For files that nobody else reads and that are thrown away: nothing is synced.
"""

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import duckdb
import numpy as np

PAGE = 65536
_LEAF, _INTERIOR = 13, 5
_BATCH = 50_000
_FETCH = 5000
_SIZE, _ID, _TYPE = 3, 5, 2
"""Bytes of a row's size, of its id and of the type of each value; seven bits each."""

_MOST = 1 << 7 * _TYPE
_LONGEST = 60_000
"""Bytes of a row that surely fits a page; a longer one would go on in another."""

_NEVER = (1 << 30) // PAGE
"""Pages before the one where SQLite keeps its locks and which it never reads: rows in it are lost,
which a file of over a gibibyte would find out."""

_BELOW = 4000
"""Pages below a page: each takes up to 15 bytes of it."""


@dataclass(frozen=True, slots=True)
class Query:
    """A SELECT of rows with distinct ids; `columns` names what it selects, `id` first. It may name
    no temporary tables."""

    connection: duckdb.DuckDBPyConnection
    columns: tuple[str, ...]
    select: str

    @property
    def source(self) -> str:
        """SQL of the rows, to select from."""
        return f"({self.select}) AS query ({', '.join(map(_quoted, self.columns))})"

    def batches(self) -> Iterator[list[tuple[Any, ...]]]:
        """The rows as Python has them, in the order of their ids."""
        rows = self.connection.execute(f"SELECT * FROM {self.source} ORDER BY id")
        while some := rows.fetchmany(_FETCH):
            yield some


@dataclass(frozen=True, slots=True)
class _Cells:
    """Some rows, at least one, as they stand in a page: row n is `content` from `starts[n]` to
    `starts[n + 1]`."""

    ids: Any
    starts: Any
    content: Any


def open_file(path: Path) -> sqlite3.Connection:
    """A new file for `write_rows`."""
    file = sqlite3.connect(path, isolation_level=None)
    pragmas = ("auto_vacuum = NONE", "journal_mode = OFF", "synchronous = OFF")
    for pragma in (f"page_size = {PAGE}", *pragmas, "cache_size = -16384"):
        file.execute(f"PRAGMA {pragma}")
    return file


def write_rows(file: sqlite3.Connection, table: str, query: Query) -> int:
    """Makes `table` of the query's rows, every value but the id as text and truth as 0 or 1;
    returns how many there are. Raises ValueError or sqlite3.IntegrityError where an id comes twice.
    """
    names = ", ".join(["id INTEGER PRIMARY KEY", *map(_quoted, query.columns[1:])])
    file.execute(f"CREATE TABLE {table} ({names})")
    [root] = file.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
    [(_, _, path)] = file.execute("PRAGMA database_list").fetchall()
    with Path(path).open("r+b") as raw:
        rows = _written(_Pages(raw, root), query)
    return _inserted(file, table, query) if rows is None else rows


def _written(pages: "_Pages", query: Query) -> int | None:
    """None, and nothing written, where a row or an id is longer than can be written here."""
    rows, last = 0, -1
    with closing(_batches(query)) as batches:
        for batch in batches:
            cells = _cells(batch)
            if cells is None:
                pages.forget()
                return None
            if cells.ids[0] <= last or (np.diff(cells.ids) <= 0).any():
                raise ValueError("an id comes twice")
            for page, last in _leaves(cells):
                pages.add(page, last)
            rows += len(cells.ids)
    pages.finish()
    return rows


def _inserted(file: sqlite3.Connection, table: str, query: Query) -> int:
    marks = ", ".join("?" * len(query.columns))
    rows = 0
    for batch in query.batches():
        file.execute("BEGIN")
        file.executemany(f"INSERT INTO {table} VALUES ({marks})", batch)
        file.execute("COMMIT")
        rows += len(batch)
    return rows


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _batches(query: Query) -> Generator[Any, None, None]:
    """Batches of id, of each value's type as SQLite numbers it, and of the row's texts behind one
    another with room for the header before them."""
    # A cursor of its own: the connection may be in the middle of another result.
    with query.connection.cursor() as cursor:
        types, texts = [], []
        kept = cursor.sql(query.select).types[1:]
        for column, type_ in zip(query.columns[1:], kept, strict=True):
            whole = f"CAST({_quoted(column)} AS INTEGER)" if str(type_) == "BOOLEAN" else None
            text = f"CAST({whole or _quoted(column)} AS VARCHAR)"
            types.append(f"CAST(least(coalesce(strlen({text}) * 2 + 13, 0), {_MOST}) AS USMALLINT)")
            texts.append(text)
        room = f"repeat('.', {_room(len(texts))})"
        made = ", ".join(["CAST(id AS BIGINT)", *types, f"concat({', '.join([room, *texts])})"])
        rows = cursor.sql(f"SELECT {made} FROM {query.source} ORDER BY id")
        yield from rows.to_arrow_reader(_BATCH)


def _room(values: int) -> int:
    """Bytes before the texts: how long what follows is, the id, and the types of the id and the
    values after how long they are themselves."""
    return _SIZE + _ID + _TYPE * (values + 2)


def _cells(batch: Any) -> _Cells | None:
    """None where something is too long."""
    ids, *types = (np.asarray(column) for column in batch.columns[:-1])
    body = batch.columns[-1]
    _, offsets, texts = body.buffers()
    places = np.frombuffer(offsets, np.int32)[body.offset : body.offset + len(body) + 1]
    starts = places.astype(np.int64) - places[0]
    sizes = np.diff(starts)
    values = np.stack(types, axis=1) if types else np.zeros((len(ids), 0), np.uint16)
    long = values.max(initial=0) >= _MOST or sizes.max(initial=0) > _LONGEST
    if long or ids.min(initial=0) < 0 or ids.max(initial=0) >= 1 << 7 * _ID:
        return None
    room = _room(len(types))
    header = np.empty((len(ids), room), np.uint8)
    header[:, :_SIZE] = _varints(sizes - _SIZE - _ID, _SIZE)
    header[:, _SIZE : _SIZE + _ID] = _varints(ids, _ID)
    lengths = np.empty((len(ids), len(types) + 2), np.uint16)
    # The id is in the row's key: its own value is null.
    lengths[:, 0], lengths[:, 1], lengths[:, 2:] = _TYPE * (len(types) + 2), 0, values
    header[:, _SIZE + _ID :] = _varints(lengths, _TYPE).reshape(len(ids), -1)
    content = np.frombuffer(texts, np.uint8)[places[0] : places[-1]].copy()
    content[starts[:-1, None] + np.arange(room)] = header
    return _Cells(ids, starts, content)


def _varints(numbers: Any, length: int) -> Any:
    """Numbers in `length` bytes, the last dimension: seven bits each, the highest first."""
    parts = [numbers >> 7 * place & 0x7F | (0x80 if place else 0) for place in range(length)]
    return np.stack(parts[::-1], axis=-1).astype(np.uint8)


def _leaves(cells: _Cells) -> Iterator[tuple[bytes, int]]:
    """Pages full of rows, each with its last id."""
    starts, rows = cells.starts, len(cells.ids)
    # What the rows take up to each one's end, two bytes for the place of each included.
    taken = starts[1:] + 2 * np.arange(1, rows + 1)
    at = 0
    while at < rows:
        before = taken[at - 1] if at else 0
        end = int(np.searchsorted(taken, before + PAGE - 8, "right"))
        content = cells.content[starts[at] : starts[end]].tobytes()
        places = PAGE - len(content) + starts[at:end] - starts[at]
        yield _page(_LEAF, places.astype(">u2").tobytes(), content), int(cells.ids[end - 1])
        at = end


def _page(kind: int, places: bytes, content: bytes, right: bytes = b"") -> bytes:
    """A page of cells: their number, their places, and they themselves at its end."""
    start = PAGE - len(content)
    head = bytes([kind, 0, 0]) + (len(places) // 2).to_bytes(2) + start.to_bytes(2) + b"\0" + right
    return head + places + bytes(start - len(head) - len(places)) + content


class _Pages:
    """The pages of one table, behind all others of its file."""

    def __init__(self, raw: BinaryIO, root: int) -> None:
        self._raw, self._root = raw, root
        self._before = raw.seek(0, 2)
        self._made: list[tuple[int, int]] = []

    def add(self, page: bytes, last: int) -> None:
        """The next page of rows, `last` being the id of its last row."""
        self._made.append((self._write(page), last))

    def _write(self, page: bytes) -> int:
        place = self._raw.seek(0, 2) // PAGE
        if place == _NEVER:
            self._raw.write(bytes(PAGE))
            place += 1
        self._raw.write(page)
        return place + 1

    def forget(self) -> None:
        self._raw.truncate(self._before)

    def finish(self) -> None:
        """Puts pages that lead to the pages of rows above them, up to the table's first."""
        pages = self._made
        if len(pages) > 1:
            while len(pages) > _BELOW:
                parts = -(-len(pages) // _BELOW)
                size = -(-len(pages) // parts)
                some = [pages[at : at + size] for at in range(0, len(pages), size)]
                pages = [(self._write(_interior(part)), part[-1][1]) for part in some]
            self._replace(_interior(pages))
        elif pages:
            [(number, _)] = pages
            self._raw.seek((number - 1) * PAGE)
            page = self._raw.read(PAGE)
            self.forget()
            self._replace(page)
        self._count()

    def _replace(self, page: bytes) -> None:
        self._raw.seek((self._root - 1) * PAGE)
        self._raw.write(page)

    def _count(self) -> None:
        """Tells whoever has the file open that it changed, and how many pages there are now."""
        pages = self._raw.seek(0, 2) // PAGE
        self._raw.seek(24)
        change = (int.from_bytes(self._raw.read(4)) + 1).to_bytes(4)
        for place, number in ((24, change), (28, pages.to_bytes(4)), (92, change)):
            self._raw.seek(place)
            self._raw.write(number)


def _interior(pages: list[tuple[int, int]]) -> bytes:
    """The page above `pages`: each but the last with its greatest id."""
    cells = [
        number.to_bytes(4) + _varints(np.array(last), _ID).tobytes() for number, last in pages[:-1]
    ]
    length = 4 + _ID
    places = PAGE - len(cells) * length + length * np.arange(len(cells))
    return _page(
        _INTERIOR, places.astype(">u2").tobytes(), b"".join(cells), pages[-1][0].to_bytes(4)
    )
