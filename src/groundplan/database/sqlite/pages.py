"""Rows of a DuckDB query into a table of an SQLite file, page by page instead of row by row.

Binding values one by one takes Python several times as long as DuckDB took to find them. Here rows
are made by the ten thousand (module `records`), and what comes out are the pages of the table as
SQLite keeps them: its file format (https://www.sqlite.org/fileformat2.html) is documented and
promised to stay.

For files that nobody else reads and that are thrown away: nothing is synced.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import numpy as np

from groundplan.engine.sql import quoted

from .records import (
    ID,
    Cells,
    Query,
    rows_of,
    varints,
)

PAGE = 65536
_LEAF, _INTERIOR = 13, 5
_NEVER = (1 << 30) // PAGE
"""Pages before the one where SQLite keeps its locks and which it never reads: rows in it are lost,
which a file of over a gibibyte would find out."""

_BELOW = 4000
"""Pages below a page: each takes up to 15 bytes of it."""


def open_file(path: Path, *, cache: int = 16 << 10) -> sqlite3.Connection:
    """A file for `write_rows`, new or made so before; `cache` is in KiB."""
    file = sqlite3.connect(path, isolation_level=None)
    pragmas = ("auto_vacuum = NONE", "journal_mode = OFF", "synchronous = OFF")
    for pragma in (f"page_size = {PAGE}", *pragmas, f"cache_size = -{cache}"):
        file.execute(f"PRAGMA {pragma}")
    return file


def write_rows(file: sqlite3.Connection, table: str, query: Query) -> int:
    """Makes `table` of the query's rows, numbers as numbers and all else as text; returns how many
    there are. Raises ValueError or sqlite3.IntegrityError where an id comes twice."""
    names = ", ".join(["id INTEGER PRIMARY KEY", *map(quoted, query.columns[1:])])
    file.execute(f"CREATE TABLE {table} ({names})")
    return fill_rows(file, table, query)


def fill_rows(file: sqlite3.Connection, table: str, query: Query) -> int:
    """As `write_rows`, into a table that is there, empty, with these columns. Its indexes are
    those of an empty table until they are made again."""
    [root] = file.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
    [(_, _, path)] = file.execute("PRAGMA database_list").fetchall()
    with Path(path).open("r+b") as raw:
        rows = _written(_Pages(raw, root), query)
    return _inserted(file, table, query) if rows is None else rows


def _written(pages: "_Pages", query: Query) -> int | None:
    """None, and nothing written, where a row or an id is longer than can be written here."""
    rows, last = 0, -1
    with closing(rows_of(query)) as batches:
        for cells in batches:
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
        file.executemany(f"INSERT INTO {quoted(table)} VALUES ({marks})", batch)
        file.execute("COMMIT")
        rows += len(batch)
    return rows


def _leaves(cells: Cells) -> Iterator[tuple[bytes, int]]:
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
        number.to_bytes(4) + varints(np.array(last), ID).tobytes() for number, last in pages[:-1]
    ]
    length = 4 + ID
    places = PAGE - len(cells) * length + length * np.arange(len(cells))
    return _page(
        _INTERIOR, places.astype(">u2").tobytes(), b"".join(cells), pages[-1][0].to_bytes(4)
    )
