"""Rows of a table with the same key."""

import duckdb

from groundplan.engine.facts import TABLES
from groundplan.engine.sql import literal, quoted

from .changing import change_rows

SAME = "*|same|"
"""The fault of a row that stands there twice, alike: skipped, not rejected."""

_KEYS = {
    "quotas": ("login", "period_start", "period_end"),
    "competitor_positions": ("account_id", "product_id"),
    "rates": ("currency", "date"),
}


def key_columns(table: str) -> tuple[str, ...]:
    """The canonical columns that tell a table's rows apart; none where rows may repeat."""
    key = TABLES[table].key
    return (key,) if key else _KEYS.get(table, ())


def mark_repeats(connection: duckdb.DuckDBPyConnection, table: str, files: list[str]) -> None:
    """Of rows with one key the first stays; the same again is skipped, another is rejected. One
    that tells less than the first, and nothing else, is the same.

    `files` names the file of each mapping, for the reason.
    """
    keys = key_columns(table)
    if not keys or not _any_repeat(connection, table, keys):
        return
    found = _find_repeats(connection, table, keys)
    names = " ".join(f"WHEN {place} THEN {literal(name)}" for place, name in enumerate(files))
    where = f"CASE o.place {names} END || ' line ' || o.line"
    fault = f"CASE WHEN o.same THEN '{SAME}' ELSE '{keys[0]}|repeated|' || {where} END"
    change_rows(
        connection,
        f"rows_{table}",
        {"_fault": fault, "_value": f"CAST(t.{quoted(keys[0])} AS VARCHAR)"},
        other="SELECT * FROM repeats",
        on="o.row = t.rowid",
        rows=found,
    )
    connection.execute("DROP TABLE repeats")


def _find_repeats(connection: duckdb.DuckDBPyConnection, table: str, keys: tuple[str, ...]) -> int:
    """Makes the table `repeats`: rows with an earlier one's key, where that stands, and whether
    they say the `same`. Returns how many there are."""
    relation = f"rows_{table}"
    columns = [c.name for c in TABLES[table].columns]
    told = [*map(quoted, columns), "_attributes"]
    whole = ", ".join(told)
    no_more = " AND ".join(
        f"(a.{one} IS NULL OR a.{one} IS NOT DISTINCT FROM b.{one})" for one in told
    )
    key = ", ".join(map(quoted, keys))
    connection.execute(
        f"CREATE TEMP TABLE repeats AS SELECT row, place, line, h = first_h OR ({no_more}) AS same"
        f" FROM (SELECT rowid AS row,"
        f" first_value(_line) OVER same AS line, first_value(_place) OVER same AS place,"
        f" first_value(rowid) OVER same AS first, hash({whole}) AS h,"
        f" first_value(hash({whole})) OVER same AS first_h FROM {relation}"
        f" WHERE _fault IS NULL AND {quoted(keys[0])} IS NOT NULL"
        f" WINDOW same AS (PARTITION BY {key} ORDER BY rowid))"
        f" LEFT JOIN {relation} a ON a.rowid = row AND h <> first_h"
        f" LEFT JOIN {relation} b ON b.rowid = first AND a.rowid IS NOT NULL WHERE row <> first"
    )
    found = connection.execute("SELECT count(*) FROM repeats").fetchone()
    return found[0] if found else 0


def _any_repeat(connection: duckdb.DuckDBPyConnection, table: str, keys: tuple[str, ...]) -> bool:
    key = ", ".join(map(quoted, keys))
    found = connection.execute(
        f"SELECT 1 FROM rows_{table} WHERE _fault IS NULL AND {quoted(keys[0])} IS NOT NULL"
        f" GROUP BY {key} HAVING count(*) > 1 LIMIT 1"
    ).fetchone()
    return found is not None
