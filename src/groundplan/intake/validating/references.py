"""Resolves every reference of an import: by key, name or another spelling; what stays unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import duckdb

from groundplan.engine.facts import TABLES
from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import Proposal
from groundplan.intake.entities import TABLE_OF
from groundplan.intake.suggest import near_names

from .changing import change_rows
from .compound import by_name_at_account, by_two_parts
from .finding import Reference, by_key, by_name, by_other_keys, unknown_values
from .known import Reserve, add_fresh, load_names

_MANY = 10
"""Fewer rows that name only unknown persons are more likely mistaken than another system's."""

# As many as a person reads.
_MOST_VALUES = 100


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
        by_name(connection, reference)
        by_key(connection, reference)
    if unknown_values(connection, reference):
        by_other_keys(connection, reference)
    for meaning in (by_name, by_two_parts, by_name_at_account):
        if unknown_values(connection, reference):
            meaning(connection, reference)
    proposals = _accepted(connection, reference)
    if not unknown_values(connection, reference):
        return proposals
    if reference.apart:
        proposals += _near(connection, reference, apart=True)
    near = [] if reference.creates else _near(connection, reference, apart=False)
    if reference.creates or (reference.beside and _are_strangers(connection, reference)):
        _create(connection, reference, reserve, [one.spelling for one in near])
        if not near:
            return proposals
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
    unknown = f"SELECT v FROM {reference.relation} WHERE target_id IS NULL"
    _change_unknown(connection, reference, {reference.column: "NULL"}, unknown)


def left_empty(
    connection: duckdb.DuckDBPyConnection, reference: Reference
) -> list[tuple[int, int, int, str]]:
    """Of each mapping whose good rows lost what they refer to because it is unknown: its place,
    how many rows, and the line and the value of the first."""
    if not reference.spare or not unknown_values(connection, reference):
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


def _accepted(connection: duckdb.DuckDBPyConnection, reference: Reference) -> list[Proposal]:
    """The spellings joined to a name, by themselves or because the mapping says so."""
    rows = connection.execute(
        f"SELECT v, CASE WHEN key = v THEN means ELSE key END, n, key <> v FROM"
        f" {reference.relation} WHERE target_id IS NOT NULL AND (means IS NOT NULL OR key <> v)"
        f" ORDER BY n DESC, v LIMIT {_MOST_VALUES}"
    ).fetchall()
    table = TABLE_OF[reference.kind]
    return [
        Proposal(table, v, means, n, _alike(table, v, means) if told else 1.0, True, told)
        for v, means, n, told in rows
    ]


def _alike(table: str, spelling: str, means: str) -> float:
    """How much alike two names are that a person joined; 0 where they look like two."""
    return next((one.score for one in near_names(table, {spelling: 1}, [means])), 0.0)


def _are_strangers(connection: duckdb.DuckDBPyConnection, reference: Reference) -> bool:
    """Whether this import tells of others than those that are known: none of them is one of those,
    in many rows, or some were made before. Rows of another system would all be rejected else."""
    made = f"SELECT count(*) FROM duckdb_tables() WHERE table_name = 'made_{reference.kind}'"
    known, rows, before = connection.execute(
        f"SELECT count(target_id), sum(n), ({made}) FROM {reference.relation}"
    ).fetchall()[0]
    return bool(before) or (not known and rows >= _MANY)


def _create(
    connection: duckdb.DuckDBPyConnection,
    reference: Reference,
    reserve: Reserve,
    asked: Sequence[str],
) -> None:
    """Makes a row for each unknown value but for those `asked` about, named like it: `made_<kind>`
    (key, name, target_id)."""
    kind, ref = reference.kind, reference.relation
    connection.execute(
        f"CREATE TABLE IF NOT EXISTS made_{kind} (key VARCHAR, name VARCHAR, target_id BIGINT)"
    )
    listed = ", ".join(map(literal, asked))
    these = f"r.target_id IS NULL{f' AND v NOT IN ({listed})' if asked else ''}"
    unknown = f"SELECT key FROM {ref} r WHERE {these} GROUP BY key ORDER BY min(rowid)"
    add_fresh(connection, kind, unknown, reserve)
    connection.execute(
        f"INSERT INTO made_{kind} SELECT DISTINCT k.key, k.key, k.target_id FROM {ref} r"
        f" JOIN known_{kind} k ON k.key = r.key WHERE {these}"
    )
    connection.execute(f"DROP TABLE IF EXISTS names_{kind}")
    by_key(connection, reference)


def _near(
    connection: duckdb.DuckDBPyConnection, reference: Reference, *, apart: bool
) -> list[Proposal]:
    """What unknown values may mean; or, of those that stand `apart`, might have meant."""
    unknown = connection.execute(
        f"SELECT v, n FROM {reference.relation} WHERE target_id IS NULL AND apart = {apart}"
        rf" AND regexp_matches(v, '\p{{L}}{{3}}') ORDER BY n DESC, v LIMIT {_MOST_VALUES}"
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
    ref, column = reference.relation, reference.column
    hints = " ".join(
        f"WHEN {literal(p.spelling)} THEN {literal(f': did you mean {p.means}?')}" for p in near
    )
    hint = f"CASE v {hints} END" if hints else "NULL"
    several = _several(connection, reference)
    why = f"coalesce({several}, {hint}, {_rejected_too(connection, reference)}, '')"
    fault = f"'{column}|unknown|' || o.why"
    _change_unknown(
        connection,
        reference,
        {"_fault": fault, "_value": f"t.{quoted(column)}"},
        f"SELECT v, {why} AS why FROM {ref} WHERE target_id IS NULL",
    )


def _several(connection: duckdb.DuckDBPyConnection, reference: Reference) -> str:
    """SQL of the hint that a name is no unknown one, but that of several."""
    names = load_names(connection, reference.kind)
    told = f"SELECT name FROM {names} GROUP BY name HAVING min(target_id) <> max(target_id)"
    return f"CASE WHEN key IN ({told}) THEN ': several have that name, their ids would tell' END"


def _change_unknown(
    connection: duckdb.DuckDBPyConnection,
    reference: Reference,
    values: Mapping[str, str],
    unknown: str,
) -> None:
    """Changes the good rows that refer to one of the SELECT `unknown` (v, ...)."""
    found = connection.execute(
        f"SELECT sum(n) FROM {reference.relation} WHERE target_id IS NULL"
    ).fetchone()
    change_rows(
        connection,
        f"rows_{reference.table}",
        values,
        other=unknown,
        on=f"o.v = t.{quoted(reference.column)}",
        where="t._fault IS NULL",
        rows=int(found[0] or 0) if found else 0,
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
    return f"CASE WHEN key IN ({rejected}) THEN ': its own row is rejected' END"
