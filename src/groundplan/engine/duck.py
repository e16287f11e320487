"""Opens DuckDB within bounds: so much memory, so many threads, no network."""

import os
from collections.abc import Iterable
from itertools import count
from pathlib import Path

import duckdb

from groundplan.kernel.machine import processors

DEFAULT_MEMORY = "2GB"

_opened = count()


def open_duckdb(
    *,
    scratch: Path,
    memory_limit: str = DEFAULT_MEMORY,
    threads: int | None = None,
    readable: Iterable[Path] | None = None,
) -> duckdb.DuckDBPyConnection:
    """An in-memory database that spills to a folder of its own in `scratch` beyond `memory_limit`.

    Extensions are never installed or loaded by themselves, so nothing is fetched from a network.
    With `readable`, files outside those folders and `scratch` can't be touched by any statement,
    nor can a statement loosen that: for SQL that is built from what a person wrote. `threads`
    defaults to the processors that this process may use.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "memory_limit": memory_limit,
            "threads": threads or processors(),
            # Two databases must not share one: their files have the same names.
            "temp_directory": str(scratch / f"duckdb-{os.getpid()}-{next(_opened)}"),
        }
    )
    # Instants are UTC everywhere; the machine's own zone must not shift a date.
    connection.execute("SET TimeZone = 'UTC'")
    if readable is not None:
        folders = [str(folder.resolve()) for folder in (scratch, *readable)]
        connection.execute("SET allowed_directories = $folders", {"folders": folders})
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    return connection
