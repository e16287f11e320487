"""Companies that a file lists twice: taken as they are, but a person is told."""

import duckdb

_MOST = 20


def namesakes(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """A note for each name that several good accounts of this import have, 20 at most."""
    # Few names come twice: lists are made of those alone.
    rows = connection.execute(
        "WITH twice AS (SELECT lower(name) AS folded FROM rows_accounts WHERE _fault IS NULL"
        " GROUP BY folded HAVING count(*) > 1)"
        " SELECT any_value(name), count(DISTINCT account_id), list(_line ORDER BY _line)[:5]"
        " FROM rows_accounts SEMI JOIN twice ON folded = lower(name) WHERE _fault IS NULL"
        " GROUP BY lower(name)"
        f" HAVING count(DISTINCT account_id) > 1 ORDER BY 2 DESC, 1 LIMIT {_MOST}"
    ).fetchall()
    return [
        f"{count} accounts are called {name} (lines {', '.join(map(str, lines))}): both are kept;"
        " merge them if they are one company"
        for name, count, lines in rows
    ]
