"""The Parquet tables of a run. They never change, so small ones are read once a process."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from groundplan.snapshots.contracts import CurrentSnapshot
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


def shards(current: CurrentSnapshot, folder: Path, accounts: Sequence[int] | None) -> str:
    """A sharded table, only the files of `accounts`; all of them for None."""
    if accounts is None:
        return table(folder.parent, folder.name)
    numbers = sorted({account // current.shard_size for account in accounts})
    files = [folder / f"{number:05d}.parquet" for number in numbers]
    there = [str(file).replace("'", "''") for file in files if file.exists()]
    if not there:
        return f"(SELECT * FROM {table(folder.parent, folder.name)} LIMIT 0)"
    quoted = ", ".join(f"'{file}'" for file in there)
    return f"read_parquet([{quoted}])"
