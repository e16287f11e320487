"""Which row each reference means: by key, by name, by another spelling; or what is unknown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import duckdb

from groundplan.engine.facts import TABLES
from groundplan.intake.contracts import Proposal
from groundplan.intake.entities import TABLE_OF, Kind
from groundplan.intake.reading.tables import literal, quoted
from groundplan.intake.suggest import near_names
from groundplan.sources import imports as sources

from .known import Reserve, add_fresh, folded, insert_batches, load_names

# As many as a person reads.
_MOST_VALUES = 100


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that refers to rows of `kind`.

    `by_name`: its values are names rather than keys. `creates`: unknown ones are made. `aliases`
    and `apart` are what the mapping says of spellings: what one stands for, or that it stands for
    itself alone. `spare`: a row whose reference is unknown is taken without it.
    """

    table: str
    column: str
    kind: Kind
    by_name: bool = False
    creates: bool = False
    aliases: Mapping[str, str] = field(default_factory=dict)
    apart: Collection[str] = ()
    spare: bool = False

    @property
    def relation(self) -> str:
        """The table of its distinct values: `v`, `n` rows, `target_id` (NULL: unknown), `apart`,
        `key` (what the mapping says that it stands for, else `v`), `means` (the name it was taken
        for, where it is spelt otherwise)."""
        return f"ref_{self.table}_{self.column}"


def resolve(
    connection: duckdb.DuckDBPyConnection, reference: Reference, reserve: Reserve
) -> list[Proposal]:
    """Makes the reference's relation and marks the rows with unknown values.

    A value counts every row that writes it, also those that something else is wrong with: people
    look for its rows in their file.
    Returns the spellings taken for another name, those that might be one, and what was decided.
    """
    _distinct(connection, reference)
    if reference.by_name:
        _by_name(connection, reference)
        _by_key(connection, reference)
    if _unknown(connection, reference):
        _by_other_keys(connection, reference)
    if _unknown(connection, reference):
        _by_name(connection, reference)
    proposals = _accepted(connection, reference)
    if not _unknown(connection, reference):
        return proposals
    if reference.apart:
        proposals += _near(connection, reference, apart=True)
    if reference.creates:
        _create(connection, reference, reserve)
        return proposals
    near = _near(connection, reference, apart=False)
    if reference.spare:
        _empty_unknown(connection, reference)
    else:
        _mark_unknown(connection, reference, near)
    return [*proposals, *near]


def _empty_unknown(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    """The rows lose what they refer to; `left_<table>` keeps what it was, to be told."""
    relation, column = f"rows_{reference.table}", quoted(reference.column)
    connection.execute(
        f"CREATE TABLE left_{reference.table} AS SELECT _place AS place, _line AS line, t.{column}"
        f" AS v FROM {relation} t JOIN {reference.relation} r ON r.v = t.{column}"
        f" WHERE r.target_id IS NULL AND t._fault IS NULL"
    )
    connection.execute(
        f"UPDATE {relation} SET {column} = NULL FROM {reference.relation} r"
        f" WHERE r.v = {relation}.{column} AND r.target_id IS NULL AND {relation}._fault IS NULL"
    )


def left_empty(
    connection: duckdb.DuckDBPyConnection, reference: Reference
) -> list[tuple[int, int, int, str]]:
    """Of each mapping whose good rows lost what they refer to because it is unknown: its place,
    how many rows, and the line and the value of the first."""
    if not reference.spare or not _unknown(connection, reference):
        return []
    return connection.execute(
        f"SELECT place, count(*), min(line), arg_min(v, line) FROM left_{reference.table}"
        f" GROUP BY 1 ORDER BY 1"
    ).fetchall()


def _distinct(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    column = quoted(reference.column)
    means = " ".join(
        f"WHEN {literal(old)} THEN {literal(new)}" for old, new in reference.aliases.items()
    )
    meant = f"CASE v {means} ELSE v END" if means else "v"
    alone = ", ".join(literal(v) for v in reference.apart if v not in reference.aliases)
    apart = f"v IN ({alone})" if alone else "false"
    # Those found by their key are joined as the table is made: many times as fast as an update.
    target, join = "CAST(NULL AS BIGINT)", ""
    if not reference.by_name:
        target = "k.target_id"
        join = f"LEFT JOIN known_{reference.kind} k ON k.key = d.key"
    connection.execute(
        f"CREATE TABLE {reference.relation} AS SELECT v, d.key, n, {target} AS target_id,"
        f" CAST(NULL AS VARCHAR) AS means, {apart} AS apart FROM"
        f" (SELECT v, {meant} AS key, n, first FROM"
        f" (SELECT {column} AS v, count(*) AS n, min(rowid) AS first FROM rows_{reference.table}"
        f" WHERE {column} IS NOT NULL GROUP BY v HAVING count(*) > count(_fault))) d {join}"
        f" ORDER BY first"
    )


def _unknown(connection: duckdb.DuckDBPyConnection, reference: Reference) -> int:
    found = connection.execute(
        f"SELECT count(*) FROM {reference.relation} WHERE target_id IS NULL"
    ).fetchone()
    return int(found[0]) if found else 0


def _by_key(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    ref = reference.relation
    connection.execute(
        f"UPDATE {ref} SET target_id = k.target_id FROM known_{reference.kind} k"
        f" WHERE k.key = {ref}.key AND {ref}.target_id IS NULL"
    )


def _by_other_keys(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    """By a key in another case, Salesforce's short form of one, or a key of another source."""
    ref, kind = reference.relation, reference.kind
    for known, own in (("lower(key)", "lower({})"), ("left(key, 15)", "{}")):
        short = " AND length(key) = 18" if known.startswith("left") else ""
        # Another case of a name is another spelling of it, which a person should see.
        told = "NULL" if short else r"CASE WHEN regexp_matches(k.key, '\p{L}{3}') THEN k.key END"
        connection.execute(
            f"UPDATE {ref} SET target_id = k.target_id, means = {told} FROM"
            f" (SELECT {known} AS same, min(key) AS key, min(target_id) AS target_id"
            f" FROM known_{kind} WHERE key IS NOT NULL{short}"
            f" GROUP BY same HAVING count(DISTINCT target_id) = 1) k"
            f" WHERE k.same = {own.format(f'{ref}.key')} AND {ref}.target_id IS NULL AND NOT apart"
        )
    if kind == "person":
        return
    rows = connection.execute(
        f"SELECT key FROM {ref} WHERE target_id IS NULL LIMIT 20000"
    ).fetchall()
    connection.execute("CREATE OR REPLACE TEMP TABLE elsewhere (key VARCHAR, target_id BIGINT)")
    stored = sources.keys_stored(kind=kind, keys=[row[0] for row in rows])  # type: ignore[arg-type]
    names = ["id", "key", "target", "source"]
    insert_batches(connection, "elsewhere", names, stored, "key, CAST(target AS BIGINT)")
    connection.execute(
        f"UPDATE {ref} SET target_id = k.target_id FROM (SELECT key, min(target_id) AS target_id"
        f" FROM elsewhere GROUP BY key HAVING count(DISTINCT target_id) = 1) k"
        f" WHERE k.key = {ref}.key AND {ref}.target_id IS NULL"
    )


def _by_name(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    """By a name that one row alone has: as it is, or without case, blanks and punctuation."""
    ref = reference.relation
    names = load_names(connection, reference.kind)
    for spelled, whom in (("{}", ""), (folded("{}"), " AND NOT apart")):
        same, own = spelled.replace("{}", "name"), spelled.replace("{}", f"{ref}.key")
        connection.execute(
            f"UPDATE {ref} SET target_id = k.target_id,"
            f" means = CASE WHEN k.name <> {ref}.v THEN k.name END FROM"
            f" (SELECT {same} AS same, min(name) AS name, min(target_id) AS target_id FROM {names}"
            f" WHERE name IS NOT NULL GROUP BY same HAVING count(DISTINCT target_id) = 1) k"
            f" WHERE k.same = {own} AND {ref}.target_id IS NULL AND length({own}) > 1{whom}"
            rf" AND regexp_matches({ref}.key, '\p{{L}}')"
        )


def _accepted(connection: duckdb.DuckDBPyConnection, reference: Reference) -> list[Proposal]:
    """The spellings joined to a name, by themselves or because the mapping says so."""
    rows = connection.execute(
        f"SELECT v, CASE WHEN key = v THEN means ELSE key END, n, key <> v FROM"
        f" {reference.relation} WHERE target_id IS NOT NULL AND (means IS NOT NULL OR key <> v)"
        f" ORDER BY n DESC LIMIT {_MOST_VALUES}"
    ).fetchall()
    table = TABLE_OF[reference.kind]
    return [
        Proposal(table, v, means, n, _alike(table, v, means) if told else 1.0, True, told)
        for v, means, n, told in rows
    ]


def _alike(table: str, spelling: str, means: str) -> float:
    """How much alike two names are that a person joined; 0 where they look like two."""
    return next((one.score for one in near_names(table, {spelling: 1}, [means])), 0.0)


def _create(connection: duckdb.DuckDBPyConnection, reference: Reference, reserve: Reserve) -> None:
    """Makes a row for each unknown value, named like it: `made_<kind>` (key, name, target_id)."""
    kind, ref = reference.kind, reference.relation
    connection.execute(
        f"CREATE TABLE IF NOT EXISTS made_{kind} (key VARCHAR, name VARCHAR, target_id BIGINT)"
    )
    unknown = f"SELECT key FROM {ref} WHERE target_id IS NULL GROUP BY key ORDER BY min(rowid)"
    add_fresh(connection, kind, unknown, reserve)
    connection.execute(
        f"INSERT INTO made_{kind} SELECT DISTINCT k.key, k.key, k.target_id FROM {ref} r"
        f" JOIN known_{kind} k ON k.key = r.key WHERE r.target_id IS NULL"
    )
    connection.execute(f"DROP TABLE IF EXISTS names_{kind}")
    _by_key(connection, reference)


def _near(
    connection: duckdb.DuckDBPyConnection, reference: Reference, *, apart: bool
) -> list[Proposal]:
    """What unknown values may mean; or, of those that stand `apart`, might have meant."""
    unknown = connection.execute(
        f"SELECT v, n FROM {reference.relation} WHERE target_id IS NULL AND apart = {apart}"
        rf" AND regexp_matches(v, '\p{{L}}{{3}}') ORDER BY n DESC LIMIT {_MOST_VALUES}"
    ).fetchall()
    if not unknown:
        return []
    names = connection.execute(
        f"SELECT DISTINCT name FROM {load_names(connection, reference.kind)}"
    ).fetchall()
    near = near_names(TABLE_OF[reference.kind], dict(unknown), (row[0] for row in names))
    # What differs in spelling alone was joined before, unless it is a name that several rows have.
    return [replace(proposal, accepted=False, decided=apart) for proposal in near]


def _mark_unknown(
    connection: duckdb.DuckDBPyConnection, reference: Reference, near: list[Proposal]
) -> None:
    relation, ref, column = f"rows_{reference.table}", reference.relation, reference.column
    hints = " ".join(
        f"WHEN {literal(p.spelling)} THEN {literal(f': did you mean {p.means}?')}" for p in near
    )
    hint = f"CASE {relation}.{quoted(column)} {hints} END" if hints else "NULL"
    connection.execute(
        f"UPDATE {relation} SET _fault = '{column}|unknown|' ||"
        f" coalesce({hint}, {_rejected_too(connection, reference)}, ''),"
        f" _value = {quoted(column)} FROM {ref}"
        f" WHERE {ref}.v = {relation}.{quoted(column)} AND {ref}.target_id IS NULL"
        f" AND {relation}._fault IS NULL"
    )


def _rejected_too(connection: duckdb.DuckDBPyConnection, reference: Reference) -> str:
    """SQL of the hint that the row referred to was rejected itself."""
    table = TABLE_OF[reference.kind]
    found = connection.execute(
        f"SELECT count(*) FROM duckdb_tables() WHERE table_name = 'rows_{table}'"
    ).fetchone()
    if not found or not found[0]:
        return "NULL"
    key = quoted(TABLES[table].key)
    rejected = f"SELECT {key} FROM rows_{table} WHERE _fault IS NOT NULL AND {key} IS NOT NULL"
    return (
        f"CASE WHEN {reference.relation}.key IN ({rejected}) THEN ': its own row is rejected' END"
    )
