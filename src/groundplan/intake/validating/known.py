"""All keys and names that a row of this import may refer to: those stored and its own."""

from collections.abc import Callable, Iterable, Sequence

import duckdb
import pyarrow as pa

from groundplan.book.services import bulk as book
from groundplan.engine.facts import TABLES
from groundplan.engine.sql import quoted
from groundplan.intake.entities import TABLE_OF, Kind
from groundplan.people.services import imports as people
from groundplan.sources import imports as sources

# From so many keys on, reading all is quicker than asking for each.
_FEW = 20_000
_FOLDED = r"lower(regexp_replace(strip_accents({}), '[^\p{{L}}\p{{N}}]', '', 'g'))"

Reserve = Callable[[Kind, int], int]


def folded(expression: str) -> str:
    """SQL of a spelling without case, accents, blanks and punctuation."""
    return _FOLDED.format(expression)


def insert_batches(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    names: Sequence[str],
    batches: Iterable[Sequence[Sequence[object]]],
    select: str,
    *,
    joined: str = "",
) -> None:
    """Adds `select` (over the columns `names` of the relation `batch`) of rows from Python;
    `joined` is what follows behind `FROM batch`."""
    for rows in batches:
        columns = [
            pa.array([None if v is None else str(v) for v in column], pa.string())
            for column in zip(*rows, strict=True)
        ]
        connection.register("batch", pa.table(columns, names=list(names)))
        connection.execute(f"INSERT INTO {relation} SELECT {select} FROM batch {joined}")
        connection.unregister("batch")


def load_known(
    connection: duckdb.DuckDBPyConnection, kind: Kind, source_id: int | None, *, every: bool
) -> None:
    """Makes `known_<kind>`: key, target_id, `fresh` (made by this import), `own` (this source's).

    Only keys that the import's rows mention are loaded where they are few, unless `every`.
    """
    relation = f"known_{kind}"
    connection.execute(
        f"CREATE TABLE {relation} (key VARCHAR, target_id BIGINT, fresh BOOLEAN, own BOOLEAN)"
    )
    if source_id is not None:
        mentioned = None if every else _mentioned(connection, kind)
        insert_batches(
            connection,
            relation,
            ["id", "key", "target", "source"],
            sources.keys_stored(kind=kind, source_id=source_id, keys=mentioned),  # type: ignore[arg-type]
            "key, CAST(target AS BIGINT), false, true",
        )
    if kind == "person":
        connection.execute("CREATE TEMP TABLE logins (id VARCHAR, login VARCHAR)")
        rows = people.person_rows(columns=["login"])
        insert_batches(connection, "logins", ["id", "login"], rows, "*")
        connection.execute(
            f"INSERT INTO {relation} SELECT login, CAST(id AS BIGINT), false, false FROM logins"
            f" WHERE login NOT IN (SELECT key FROM {relation})"
        )


def _mentioned(connection: duckdb.DuckDBPyConnection, kind: Kind) -> list[str] | None:
    """The keys of a kind in the import's rows; None where they are many."""
    parts = []
    for table in TABLES.values():
        refers = [c.name for c in table.columns if c.refers_to == TABLE_OF[kind]]
        names = [*refers, table.key] if table.name == TABLE_OF[kind] else refers
        if exists(connection, f"rows_{table.name}"):
            parts += [f"SELECT {quoted(name)} AS v FROM rows_{table.name}" for name in names]
    if not parts:
        return []
    union = " UNION ".join(parts)
    rows = connection.execute(
        f"SELECT DISTINCT v FROM ({union}) WHERE v IS NOT NULL LIMIT {_FEW + 1}"
    ).fetchall()
    return [row[0] for row in rows] if len(rows) <= _FEW else None


def exists(connection: duckdb.DuckDBPyConnection, relation: str) -> bool:
    found = connection.execute(
        f"SELECT count(*) FROM duckdb_tables() WHERE table_name = '{relation}'"
    ).fetchone()
    return bool(found and found[0])


def add_fresh(
    connection: duckdb.DuckDBPyConnection, kind: Kind, keys: str, reserve: Reserve
) -> int:
    """Gives ids to the keys of the SELECT `keys` (column `key`, in order) that aren't known yet."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE fresh_keys AS SELECT key FROM ({keys}) new"
        f" WHERE key NOT IN (SELECT key FROM known_{kind})"
    )
    found = connection.execute("SELECT count(*) FROM fresh_keys").fetchone()
    count = int(found[0]) if found else 0
    if count:
        first = reserve(kind, count)
        connection.execute(
            f"INSERT INTO known_{kind} SELECT key, {first} + rowid, true, false FROM fresh_keys"
        )
    return count


def load_names(connection: duckdb.DuckDBPyConnection, kind: Kind) -> str:
    """`names_<kind>` (name, target_id): names and keys of stored rows and of this import's.

    Loaded when the first reference can't be found by its key; returns the relation.
    """
    relation = f"names_{kind}"
    if exists(connection, relation):
        return relation
    connection.execute(f"CREATE TABLE {relation} (name VARCHAR, target_id BIGINT)")
    for column in ("name", "email") if kind == "person" else ("name",):
        rows = (
            people.person_rows(columns=[column])
            if kind == "person"
            else book.book_rows(kind=kind, columns=[column])
        )
        insert_batches(connection, relation, ["id", "name"], rows, "name, CAST(id AS BIGINT)")
    table = TABLE_OF[kind]
    if exists(connection, f"rows_{table}"):
        key = quoted(TABLES[table].key)
        connection.execute(
            f"INSERT INTO {relation} SELECT r.name, k.target_id FROM rows_{table} r"
            f" JOIN known_{kind} k ON k.key = r.{key} WHERE r._fault IS NULL"
        )
    connection.execute(
        f"INSERT INTO {relation} SELECT key, target_id FROM known_{kind}"
        r" WHERE regexp_matches(key, '\p{L}{2}')"
    )
    return relation


def load_contacts_at(connection: duckdb.DuckDBPyConnection) -> str:
    """`contacts_at` (contact_id, name, account_id): the good contacts of this import and those that
    are stored, each with its account; returns the relation."""
    relation = "contacts_at"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {relation}"
        f" (contact_id BIGINT, name VARCHAR, account_id BIGINT)"
    )
    names = ["id", "name", "account_id"]
    rows = book.book_rows(kind="contact", columns=names[1:])
    insert_batches(
        connection, relation, names, rows, "CAST(id AS BIGINT), name, CAST(account_id AS BIGINT)"
    )
    fresh = ("rows_contacts", "known_contact", "ref_contacts_account_id")
    if all(exists(connection, one) for one in fresh):
        connection.execute(
            f"INSERT INTO {relation} SELECT k.target_id, r.name, a.target_id FROM rows_contacts r"
            f" JOIN known_contact k ON k.key = r.contact_id"
            f" JOIN ref_contacts_account_id a ON a.v = r.account_id"
            f" WHERE r._fault IS NULL AND a.target_id IS NOT NULL"
        )
    return relation
