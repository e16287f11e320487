"""Which row one value refers to: by key, by another form of a key, by name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import duckdb

from groundplan.intake.entities import Kind
from groundplan.sources import imports as sources

from .changing import change_rows
from .known import folded, insert_batches, load_names


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that refers to rows of `kind`.

    `by_name`: its values are names rather than keys. `creates`: unknown ones are made. `beside`:
    they are where this import's seem to be another list than the one that is known, unless one is
    nearly a name of that list. `aliases` and `apart` are what the mapping says of spellings: what
    one stands for, or that it stands for itself alone. `spare`: a row whose reference is unknown
    is taken without it.
    """

    table: str
    column: str
    kind: Kind
    by_name: bool = False
    creates: bool = False
    beside: bool = False
    aliases: Mapping[str, str] = field(default_factory=dict)
    apart: Collection[str] = ()
    spare: bool = False

    @property
    def relation(self) -> str:
        """The table of its distinct values: `v`, `n` rows, `target_id` (NULL: unknown), `apart`,
        `key` (what the mapping says that it stands for, else `v`), `means` (the name it was taken
        for, where it is spelt otherwise)."""
        return f"ref_{self.table}_{self.column}"


def unknown_values(connection: duckdb.DuckDBPyConnection, reference: Reference) -> int:
    """How many values nothing is known of that they mean."""
    found = connection.execute(
        f"SELECT count(*) FROM {reference.relation} WHERE target_id IS NULL"
    ).fetchone()
    return int(found[0]) if found else 0


def find_unknown(
    connection: duckdb.DuckDBPyConnection, reference: Reference, known: str, on: str, means: str
) -> None:
    """Tells of the unknown values `r` which row of the SELECT `known` (`k`: target_id, ...) each
    is, where `on` holds, and what it `means`: SQL. No value may meet two."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE found AS SELECT r.rowid AS row, k.target_id,"
        f" {means} AS means FROM {reference.relation} r JOIN ({known}) k ON {on}"
        " WHERE r.target_id IS NULL"
    )
    found = connection.execute("SELECT count(*) FROM found").fetchone()
    if found and found[0]:
        change_rows(
            connection,
            reference.relation,
            {"target_id": "o.target_id", "means": "o.means"},
            other="SELECT * FROM found",
            on="o.row = t.rowid",
            rows=found[0],
        )
    connection.execute("DROP TABLE found")


def by_key(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    """By a key as it is."""
    known = f"SELECT key, target_id FROM known_{reference.kind}"
    find_unknown(connection, reference, known, "k.key = r.key", "NULL")


def by_other_keys(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    """By a key in another case, Salesforce's short form of one, or a key of another source."""
    ref, kind = reference.relation, reference.kind
    for known, own in (("lower(key)", "lower({})"), ("left(key, 15)", "{}")):
        short = " AND length(key) = 18" if known.startswith("left") else ""
        # Another case of a name is another spelling of it, which a person should see.
        told = "NULL" if short else r"CASE WHEN regexp_matches(k.key, '\p{L}{3}') THEN k.key END"
        alike = (
            f"SELECT {known} AS same, min(key) AS key, min(target_id) AS target_id"
            f" FROM known_{kind} WHERE key IS NOT NULL{short}"
            f" GROUP BY same HAVING min(target_id) = max(target_id)"
        )
        on = f"k.same = {own.format('r.key')} AND NOT r.apart"
        find_unknown(connection, reference, alike, on, told)
    if kind == "person":
        return
    rows = connection.execute(
        f"SELECT key FROM {ref} WHERE target_id IS NULL LIMIT 20000"
    ).fetchall()
    connection.execute("CREATE OR REPLACE TEMP TABLE elsewhere (key VARCHAR, target_id BIGINT)")
    stored = sources.keys_stored(kind=kind, keys=[row[0] for row in rows])  # type: ignore[arg-type]
    names = ["id", "key", "target", "source"]
    insert_batches(connection, "elsewhere", names, stored, "key, CAST(target AS BIGINT)")
    alone = (
        "SELECT key, min(target_id) AS target_id FROM elsewhere"
        " GROUP BY key HAVING min(target_id) = max(target_id)"
    )
    find_unknown(connection, reference, alone, "k.key = r.key", "NULL")


def by_name(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    """By a name that one row alone has: as it is, or without case, blanks and punctuation."""
    names = load_names(connection, reference.kind)
    for spelled, whom in (("{}", ""), (folded("{}"), " AND NOT r.apart")):
        same, own = spelled.replace("{}", "name"), spelled.replace("{}", "r.key")
        alone = (
            f"SELECT {same} AS same, min(name) AS name, min(target_id) AS target_id FROM {names}"
            f" WHERE name IS NOT NULL GROUP BY same HAVING min(target_id) = max(target_id)"
        )
        on = rf"k.same = {own} AND length({own}) > 1{whom} AND regexp_matches(r.key, '\p{{L}}')"
        find_unknown(connection, reference, alone, on, "CASE WHEN k.name <> r.v THEN k.name END")
