"""The folder that one import works in: its staging database, unpacked files, rejects."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from groundplan.engine.duck import open_duckdb

STAGING = "staging.duckdb"


@dataclass(frozen=True, slots=True)
class Workspace:
    """`connection` is DuckDB whose current database is a file in `folder`, so that what is staged
    need not fit in memory. `ragged` in it lists the records that don't fit their header."""

    folder: Path
    connection: duckdb.DuckDBPyConnection

    @property
    def unpacked(self) -> Path:
        """Where compressed and transcoded copies go; removed when the import is over."""
        path = self.folder / "unpacked"
        path.mkdir(exist_ok=True)
        return path


@contextmanager
def open_workspace(folder: Path, *, memory_limit: str = "1GB") -> Iterator[Workspace]:
    """A workspace in `folder`; everything but what the caller left beside is gone afterwards."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection = open_duckdb(scratch=folder / "scratch", memory_limit=memory_limit)
    try:
        path = str(folder / STAGING).replace("'", "''")
        connection.execute(f"ATTACH '{path}' AS staging")
        connection.execute("USE staging")
        connection.execute(
            "CREATE TABLE ragged (file VARCHAR, line BIGINT, cells INTEGER, expected INTEGER,"
            " start VARCHAR)"
        )
        yield Workspace(folder, connection)
    finally:
        connection.close()
        (folder / STAGING).unlink(missing_ok=True)
        (folder / f"{STAGING}.wal").unlink(missing_ok=True)
        shutil.rmtree(folder / "unpacked", ignore_errors=True)
        shutil.rmtree(folder / "scratch", ignore_errors=True)
