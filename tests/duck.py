"""Empty databases in memory for tests that ask for one an example."""

import sys

import duckdb

_HELD_HERE = 3
"""References to a database that nobody else holds: the list's, the loop's and the counting's."""

_databases: list[duckdb.DuckDBPyConnection] = []


def empty_duckdb() -> duckdb.DuckDBPyConnection:
    """An empty database of one thread that nobody else holds.

    Opening one takes forty milliseconds of processor, emptying one that is no longer held two.
    """
    for database in _databases:
        if sys.getrefcount(database) == _HELD_HERE:
            return _emptied(database)
    _databases.append(duckdb.connect(config={"threads": 1}))
    return _databases[-1]


def _emptied(database: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    left = database.execute(
        "SELECT 'TABLE', table_name FROM duckdb_tables() WHERE NOT internal "
        "UNION ALL SELECT 'VIEW', view_name FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
    for kind, name in left:
        database.execute(f'DROP {kind} "{name}"')
    return database
