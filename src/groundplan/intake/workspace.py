"""The folder that one import works in: its staging database, unpacked files, rejects."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from groundplan.engine.disk import held
from groundplan.engine.duck import open_duckdb

from .outgrown import outgrown_told

SCRATCH = "scratch"
UNPACKED = "unpacked"


@dataclass(frozen=True, slots=True)
class Workspace:
    """`connection` is a DuckDB that spills into `folder` what doesn't fit its memory: twice as
    fast as a database file there. `ragged` in it lists the records that don't fit their header."""

    folder: Path
    connection: duckdb.DuckDBPyConnection

    @property
    def unpacked(self) -> Path:
        """Where compressed and transcoded copies go; removed when the import is over."""
        path = self.folder / UNPACKED
        path.mkdir(exist_ok=True)
        return path


@contextmanager
def open_workspace(folder: Path, *, memory_limit: str = "1GB") -> Iterator[Workspace]:
    """A workspace in `folder`; everything but what the caller left beside is gone afterwards.

    The folder is held meanwhile: one that nobody holds was left by a process that was killed.
    Raises InvalidInput where what is done in it outgrows the memory.
    """
    try:
        with outgrown_told(), held(folder):
            yield from _opened(folder, memory_limit)
    except BaseException:
        # Nobody was told of what the caller left beside.
        shutil.rmtree(folder, ignore_errors=True)
        raise
    # Not empty where the caller left something.
    with suppress(OSError):
        folder.rmdir()


def _opened(folder: Path, memory_limit: str) -> Iterator[Workspace]:
    connection = open_duckdb(scratch=folder / SCRATCH, memory_limit=memory_limit)
    try:
        # Tables as wide as they may be are asked of all their columns at once.
        connection.execute("SET max_expression_depth = 10000")
        connection.execute(
            "CREATE TABLE ragged (file VARCHAR, line BIGINT, cells INTEGER, expected INTEGER,"
            " start VARCHAR)"
        )
        yield Workspace(folder, connection)
    finally:
        connection.close()
        shutil.rmtree(folder / UNPACKED, ignore_errors=True)
        shutil.rmtree(folder / SCRATCH, ignore_errors=True)
