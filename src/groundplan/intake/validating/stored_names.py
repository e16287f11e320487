"""Keys and names that the book already has, as far as an import's files mention them."""

from collections.abc import Iterable, Sequence

import duckdb

from groundplan.book.services import bulk as book
from groundplan.database.bulk import Stored
from groundplan.engine.sql import quoted
from groundplan.intake.contracts import StagedFile
from groundplan.intake.entities import TABLE_OF, Kind
from groundplan.people.services import imports as people
from groundplan.sources import imports as sources

from .known import insert_batches

KINDS: tuple[Kind, ...] = ("person", "account", "contact", "product")
SAMPLE = 20_000
"""Rows of a file whose values are looked up: as many as suggestions look at."""

_FEW = 20_000
_LONGEST = 255
_MENTIONED = "mentioned_values"


def load_known_names(
    connection: duckdb.DuckDBPyConnection, files: Sequence[StagedFile], source: str
) -> dict[str, str]:
    """Makes a relation `book_<table>` (id, name VARCHAR, one of them empty) for each table of
    which rows are stored; returns them by table, as `suggest` takes them.

    Ids are those of every source, this one's first, or logins. Only what the first rows of the
    files write is kept, so the memory that it takes follows the files and not the book.
    """
    stored = [kind for kind in KINDS if _any(kind)]
    if not stored or not _mentions(connection, files):
        return {}
    known = {}
    for kind in stored:
        relation = f"book_{TABLE_OF[kind]}"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {relation} (id VARCHAR, name VARCHAR)")
        for column, rows in _columns(connection, kind, source):
            _add(connection, relation, column, rows)
        known[TABLE_OF[kind]] = relation
    connection.execute(f"DROP TABLE {_MENTIONED}")
    return known


def _any(kind: Kind) -> bool:
    rows = people.person_rows(columns=[]) if kind == "person" else _book(kind, [])
    return any(True for _ in rows)


def _book(kind: Kind, columns: list[str]) -> Iterable[list[Stored]]:
    return book.book_rows(kind=kind, columns=columns)  # type: ignore[arg-type]


def _mentions(connection: duckdb.DuckDBPyConnection, files: Sequence[StagedFile]) -> int:
    """The different texts in the files' first rows; numbers and dates tell nothing. How many."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_MENTIONED} (v VARCHAR)")
    for file in files:
        for column in file.columns:
            name = quoted(column)
            connection.execute(
                f"INSERT INTO {_MENTIONED} SELECT DISTINCT v FROM (SELECT {name} AS v FROM"
                f" {quoted(file.relation)} LIMIT {SAMPLE}) WHERE length(v) <= {_LONGEST}"
                rf" AND regexp_matches(v, '\p{{L}}') AND v NOT IN (SELECT v FROM {_MENTIONED})"
            )
    found = connection.execute(f"SELECT count(*) FROM {_MENTIONED}").fetchone()
    return int(found[0]) if found else 0


def _columns(
    connection: duckdb.DuckDBPyConnection, kind: Kind, source: str
) -> Iterable[tuple[str, Iterable[list[Stored]]]]:
    """Pairs of `id` or `name` and batches of (row's id, text)."""
    rows = connection.execute(f"SELECT v FROM {_MENTIONED} LIMIT {_FEW + 1}").fetchall()
    asked = [row[0] for row in rows] if len(rows) <= _FEW else None
    for source_id in sources.source_ids_all(first=source):
        keys = sources.keys_stored(kind=kind, source_id=source_id, keys=asked)  # type: ignore[arg-type]
        yield "id", ([row[:2] for row in batch] for batch in keys)
    if kind == "person":
        yield "id", people.person_rows(columns=["login"])
        yield "name", people.person_rows(columns=["name"])
    elif kind != "contact":
        # Nobody names contacts alone where there are many: their ids do.
        yield "name", _book(kind, ["name"])


def _add(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    column: str,
    batches: Iterable[Sequence[Sequence[object]]],
) -> None:
    other = "name" if column == "id" else "id"
    into = f"{relation} ({column}, {other})"
    only = f"SEMI JOIN {_MENTIONED} USING (v)"
    insert_batches(connection, into, ["row", "v"], batches, "v, ''", joined=only)
