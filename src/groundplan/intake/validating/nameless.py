"""Sales that name no account: what walks in at a till stays unnamed, so such rows may be many
without anything being wrong with the column that names the others' customers."""

from collections.abc import Sequence

import duckdb

from groundplan.engine.sql import literal

from .typing import Typed

_NOBODY = "account_id|nobody|"
_UNNAMED = f"_fault = {literal(_NOBODY)}"
_SOME, _NEARLY_ALL = 0.1, 0.9
_FEWEST = 2


def nameless(connection: duckdb.DuckDBPyConnection, typed: Sequence[Typed]) -> list[str]:
    """A note for each file of which sales are rejected because they name nobody: how many, and
    what they come to."""
    notes = []
    for each in typed:
        if each.mapping.table != "purchases":
            continue
        sums = connection.execute(
            "SELECT coalesce(currency, ''), count(*), sum(amount) FROM rows_purchases"
            f" WHERE _place = {each.place} AND {_UNNAMED} GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
        if not sums:
            continue
        worth = " and ".join(f"{amount or 0:,.2f} {code}".strip() for code, _, amount in sums)
        rows = sum(count for _, count, _ in sums)
        notes.append(
            f"{each.mapping.file}: {rows:,} rows that name no customer are rejected, they come to"
            f" {worth}."
        )
    return notes


def others_are_named(
    connection: duckdb.DuckDBPyConnection, typed: Sequence[Typed], file: str
) -> bool:
    """Are a file's sales that do name an account as they should be, and no mere handful?"""
    places = [
        each.place
        for each in typed
        if each.mapping.table == "purchases" and each.mapping.file == file
    ]
    if not places:
        return False
    row = connection.execute(
        "SELECT count(*), count(account_id), count(DISTINCT account_id),"
        " count(*) FILTER (_fault IS NULL) FROM rows_purchases"
        f" WHERE _place IN ({', '.join(map(str, places))})"
    ).fetchone()
    rows, filled, accounts, good = row or (0, 0, 0, 0)
    enough = filled >= _SOME * rows and accounts >= _FEWEST
    return bool(enough and good >= _NEARLY_ALL * filled)
