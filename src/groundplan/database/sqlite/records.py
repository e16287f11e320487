"""Rows of a DuckDB query as SQLite keeps them in a table's page, tens of thousands at once.

DuckDB puts the texts of a row behind one another, with room for its header and its numbers, and
NumPy fills that in. Sizes and types take the bytes that SQLite itself would give them, numbers as
many as the greatest of their column. See https://www.sqlite.org/fileformat2.html, 2.1 and 2.3.

Whole numbers and truth values are kept as whole numbers, decimals as SQLite keeps them in a column
of decimals (whole where they are, else in floating point), all else as text.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np

from groundplan.engine.sql import quoted

_BATCH = 50_000
_FETCH = 5000
SIZE, ID, _TYPE = 3, 5, 2
"""Bytes of a row's size, of its id and, at most, of the type of each value; seven bits each."""

_MOST = 1 << 7 * _TYPE
_LONGEST = 60_000
"""Bytes of a row that surely fits a page; a longer one would go on in another."""

_NARROW = 127
"""The last type that takes a single byte."""

_TEXT = 13
_WHOLE = frozenset(["BIGINT", "INTEGER", "SMALLINT", "TINYINT", "BOOLEAN"])
_LENGTHS = (0, 1, 2, 3, 4, 6, 8)
"""Bytes of a whole number of each type."""

_LONG, _FLOATING = 6, 7
_EXACT = 1 << 53
"""Beyond this SQLite, which reads a decimal in floating point, may keep another whole number."""


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
        return f"({self.select}) AS query ({', '.join(map(quoted, self.columns))})"

    def types(self) -> list[str]:
        """DuckDB's types of the columns."""
        # A cursor of its own: the connection may be in the middle of another result.
        with self.connection.cursor() as cursor:
            return [str(type_) for type_ in cursor.sql(self.select).types]

    def batches(self) -> Iterator[list[tuple[Any, ...]]]:
        """The rows as Python has them, in the order of their ids, decimals and dates as text."""
        chosen = ", ".join(
            f"CAST({quoted(column)} AS VARCHAR)"
            if type_.startswith(("DECIMAL", "DATE"))
            else quoted(column)
            for column, type_ in zip(self.columns, self.types(), strict=True)
        )
        rows = self.connection.execute(f"SELECT {chosen} FROM {self.source} ORDER BY id")
        while some := rows.fetchmany(_FETCH):
            yield some


@dataclass(frozen=True, slots=True)
class Cells:
    """Some rows, at least one, as they stand in a page: row n is `content` from `starts[n]` to
    `starts[n + 1]`."""

    ids: Any
    starts: Any
    content: Any


def scale_of(type_: str) -> int | None:
    """Decimal places of numbers of one of DuckDB's types; None where they are kept as text."""
    if type_ in _WHOLE:
        return 0
    if not type_.startswith("DECIMAL("):
        return None
    width, scale = map(int, type_.removeprefix("DECIMAL(").removesuffix(")").split(","))
    return scale if width <= 18 else None


@dataclass(frozen=True, slots=True)
class _Column:
    """How a column's values are kept. `name` is its name in SQL, `type` SQL of each value's type
    unless `only` is that of all; `wide` if types take two bytes. Numbers, in units of a tenth to
    the power of `scale`, have `room` bytes; some decimals aren't whole if there is a `fraction`."""

    name: str
    type: str
    only: int | None
    wide: bool = False
    scale: int = 0
    room: int = 0
    fraction: bool = False

    @property
    def text(self) -> str:
        """SQL of what stands in the row, or of as many bytes."""
        if not self.room:
            return f"CAST({self.name} AS VARCHAR)"
        return f"CASE WHEN {self.name} IS NOT NULL THEN '{'.' * self.room}' END"

    @property
    def number(self) -> str:
        """SQL of the whole number, or of the units of a decimal."""
        whole = f" // {10**self.scale}" if self.scale and not self.fraction else ""
        return f"coalesce({_units(self.name, self.scale)}{whole}, 0)"


def rows_of(query: Query) -> Generator[Cells | None, None, None]:
    """The rows in the order of their ids; None instead of a batch where something is too long."""
    with query.connection.cursor() as cursor:
        columns = _columns(cursor, query)
        rows = cursor.sql(f"SELECT {_chosen(columns)} FROM {query.source} ORDER BY id")
        for batch in rows.to_arrow_reader(_BATCH):
            yield _cells(batch, columns)


def _columns(cursor: duckdb.DuckDBPyConnection, query: Query) -> list[_Column]:
    """How the columns but the id are kept, by what there is in them."""
    names = list(map(quoted, query.columns[1:]))
    scales = list(map(scale_of, query.types()[1:]))
    asked = ["count(*)"]
    for name, scale in zip(names, scales, strict=True):
        own = _type(name) if scale is None else _units(name, scale)
        parts = f"coalesce(bool_or({own} % {10**scale} <> 0), false)" if scale else "false"
        asked += [f"count({name})", f"min({own})", f"max({own})", parts]
    found = cursor.sql(f"SELECT {', '.join(asked)} FROM {query.source}").fetchall()[0]
    return [
        _column(name, scale, found[0], found[4 * place + 1 : 4 * place + 5])
        for place, (name, scale) in enumerate(zip(names, scales, strict=True))
    ]


def _column(name: str, scale: int | None, rows: int, found: Sequence[int]) -> _Column:
    """That of a column of `rows` rows. `found` is how many have a value, the least and the greatest
    of these (of their types, where they are texts), and whether some decimals aren't whole."""
    there, least, most, parts = found
    if not there:
        return _Column(name, "0", 0)
    if scale is None:
        return _Column(name, _type(name), least if least == most else None, most > _NARROW)
    bounds = (least // 10**scale, most // 10**scale)
    fraction = bool(parts) or (scale > 0 and max(map(abs, bounds)) >= _EXACT)
    bits = max(max(bound, ~bound).bit_length() + 1 for bound in bounds)
    type_ = _LONG if fraction else next(n for n, size in enumerate(_LENGTHS) if size * 8 >= bits)
    only = type_ if there == rows else None
    kinds = f"CASE WHEN {name} IS NOT NULL THEN {type_} ELSE 0 END"
    return _Column(name, kinds, only, False, scale, _LENGTHS[type_], fraction)


def _type(name: str) -> str:
    """SQL of the type of a text."""
    return f"coalesce(strlen(CAST({name} AS VARCHAR)) * 2 + {_TEXT}, 0)"


def _units(name: str, scale: int) -> str:
    wide = f"CAST({name} AS DECIMAL(38, {scale})) * {10**scale}" if scale else name
    return f"CAST({wide} AS BIGINT)"


def _chosen(columns: list[_Column]) -> str:
    """SQL of the id, of each value's type where they differ, of the numbers, and of the texts
    behind one another with room for the header before them and for numbers between them."""
    types = [f"CAST(least({c.type}, {_MOST}) AS USMALLINT)" for c in columns if c.only is None]
    numbers = [column.number for column in columns if column.room]
    parts = [f"repeat('.', {_before(columns)})", *(column.text for column in columns)]
    return ", ".join(["CAST(id AS BIGINT)", *types, *numbers, f"concat({', '.join(parts)})"])


def _before(columns: list[_Column]) -> int:
    """Bytes before the texts: how long what follows is, the id, how long the header is, and the
    types of the id and the values."""
    return SIZE + ID + 2 + sum(1 + column.wide for column in columns)


def _cells(batch: Any, columns: list[_Column]) -> Cells | None:
    ids, *given = (np.asarray(column) for column in batch.columns[:-1])
    starts, content = _texts(batch.columns[-1])
    found = iter(given)
    types = np.empty((len(ids), len(columns)), np.uint16, order="F")
    for place, column in enumerate(columns):
        types[:, place] = next(found) if column.only is None else column.only
    if _too_long(ids, np.diff(starts), types, columns):
        return None
    at = starts[:-1] + _before(columns)
    for column, own in zip(columns, types.T, strict=True):
        if column.room:
            at = at + column.room * _put_numbers(content, at, own, next(found), column)
        else:
            at = at + np.where(own, own - np.uint16(_TEXT), 0) // 2
    return _with_headers(ids, starts, content, types, columns)


def _too_long(ids: Any, sizes: Any, types: Any, columns: list[_Column]) -> bool:
    most = [_MOST - 1 if column.wide else _NARROW for column in columns]
    header = _before(columns) - SIZE - ID
    long = header > _NARROW or sizes.max(initial=0) > _LONGEST or (types > most).any()
    return bool(long or ids.min(initial=0) < 0 or ids.max(initial=0) >= 1 << 7 * ID)


def _texts(column: Any) -> tuple[Any, Any]:
    """Where each text of an Arrow column starts (and the last ends), and all of them."""
    _, offsets, texts = column.buffers()
    places = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    content = np.frombuffer(texts, np.uint8)[places[0] : places[-1]].copy()
    return places.astype(np.int64) - places[0], content


def _put_numbers(content: Any, at: Any, types: Any, numbers: Any, column: _Column) -> Any:
    """Puts a column's numbers where there is room `at` some places; returns which rows have one."""
    there = types != 0
    rows = np.flatnonzero(there)
    bits = numbers[rows]
    if column.fraction:
        types[rows], bits = _decimals(bits, column.scale)
    parts = bits.astype(">i8").view(np.uint8).reshape(-1, 8)[:, 8 - column.room :]
    for place, part in enumerate(parts.T):
        content[at[rows] + place] = part
    return there


def _decimals(units: Any, scale: int) -> tuple[Any, Any]:
    """The types of decimals, some of which are no whole numbers, and their bits."""
    # In the precision that SQLite reads decimals with, so that the last bit is its own too.
    floating = (units.astype(np.longdouble) / 10**scale).astype(np.float64)
    whole = np.rint(floating) == floating
    bits = np.where(whole, np.where(whole, floating, 0).astype(np.int64), floating.view(np.int64))
    return np.where(whole, _LONG, _FLOATING), bits


def _with_headers(ids: Any, starts: Any, content: Any, types: Any, columns: list[_Column]) -> Cells:
    before, at = _before(columns), SIZE + ID + 2
    header = np.empty((len(ids), before), np.uint8)
    # What comes before an id or a type that needs one byte of two.
    spare = []
    for column, own in zip(columns, types.T, strict=True):
        if column.wide:
            header[:, at : at + 2] = varints(own, 2)
            spare.append(starts[:-1][own <= _NARROW] + at)
        else:
            header[:, at] = own
        at += 1 + column.wide
    short = sum((types[:, place] <= _NARROW) * 1 for place, c in enumerate(columns) if c.wide)
    sizes = np.diff(starts) - short
    header[:, :SIZE] = varints(sizes - SIZE - ID, SIZE)
    header[:, SIZE : SIZE + ID] = varints(ids, ID)
    header[:, SIZE + ID] = before - SIZE - ID - short
    # The id is in the row's key: its own value is null.
    header[:, SIZE + ID + 1] = 0
    content[starts[:-1, None] + np.arange(before)] = header
    if not any(map(len, spare)):
        return Cells(ids, starts, content)
    kept = np.ones(len(content), bool)
    kept[np.concatenate(spare)] = False
    return Cells(ids, np.concatenate([[0], np.cumsum(sizes)]), content[kept])


def varints(numbers: Any, length: int) -> Any:
    """Numbers in `length` bytes, the last dimension: seven bits each, the highest first."""
    parts = [numbers >> 7 * place & 0x7F | (0x80 if place else 0) for place in range(length)]
    return np.stack(parts[::-1], axis=-1).astype(np.uint8)
