"""Tables of DuckDB as NumPy arrays, and the way back."""

from typing import Any

import duckdb


def arrays(connection: duckdb.DuckDBPyConnection, table: str, but: str = "") -> dict[str, Any]:
    """Every column of `table`, in its own order, as an array by name; the column `but` left out."""
    leave = f" EXCLUDE ({but})" if but else ""
    rows = connection.sql(f"SELECT *{leave} FROM {table}").to_arrow_table()
    return {name: rows[name].to_numpy(zero_copy_only=False) for name in rows.column_names}


def keep_table(connection: duckdb.DuckDBPyConnection, name: str, rows: Any) -> None:
    """Keep the Arrow table `rows` as the temporary table `name`."""
    connection.register("arriving", rows)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM arriving")
    connection.unregister("arriving")
