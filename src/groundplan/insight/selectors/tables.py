"""The Parquet tables of a run. They never change, so small ones are read once a process."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from groundplan.snapshots.opening import reader

Row = tuple[Any, ...]


@lru_cache(maxsize=8)
def small_table(folder: Path, name: str, columns: str) -> tuple[Row, ...]:
    """Every row of a table that is small whatever the number of accounts."""
    return tuple(fetch(f"SELECT {columns} FROM {table(folder, name)}"))


def fetch(sql: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
    with reader() as cursor:
        return cursor.execute(sql, dict(parameters or {})).fetchall()


def table(folder: Path, name: str) -> str:
    """A table of a run or snapshot as a table expression; a folder of files where it is one."""
    path = str(folder / name).replace("'", "''")
    tail = "/*.parquet" if (folder / name).is_dir() else ".parquet"
    return f"read_parquet('{path}{tail}')"
