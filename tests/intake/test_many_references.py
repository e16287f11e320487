"""Values by the hundred thousand that mean rows by a key, another form of one, or a name."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from groundplan.engine.duck import open_duckdb
from groundplan.intake.validating import changing
from groundplan.intake.validating.finding import Reference, by_key, by_name, by_other_keys

OWNERS = Reference("accounts", "owner", "person")
ROWS = 20_000
VALUES = f"""
    CREATE TABLE {OWNERS.relation} AS
    SELECT 'Ann Archer ' || i AS v, v AS key, 1 AS n, CAST(NULL AS BIGINT) AS target_id,
        CAST(NULL AS VARCHAR) AS means, i = 7 AS apart
    FROM range({ROWS}) made(i)
"""

Find = Callable[[duckdb.DuckDBPyConnection, Reference], None]


def _found(folder: Path, find: Find, known: str) -> tuple[list[Any], int]:
    """The values with what they mean, and the bytes in which DuckDB keeps their changes."""
    with closing(open_duckdb(scratch=folder, memory_limit="200MB", threads=1)) as connection:
        connection.execute(VALUES)
        connection.execute(known)
        find(connection, OWNERS)
        values = connection.execute(f"FROM {OWNERS.relation} ORDER BY rowid").fetchall()
        kept = connection.execute(
            "SELECT memory_usage_bytes FROM duckdb_memory() WHERE tag = 'TRANSACTION'"
        ).fetchall()
    return values, kept[0][0]


def _known(table: str, said: str, *, twice: bool) -> str:
    """SQL that makes a table of what is known; `twice`: one of them another row has as well."""
    rows = f"SELECT {said}, i FROM range({ROWS}) made(i)"
    again = f" UNION ALL SELECT upper({said}), -i FROM range(5, 6) made(i)" if twice else ""
    return f"CREATE TABLE {table} AS {rows}{again}"


KEYS, NAMES = "known_person (key, target_id)", "names_person (name, target_id)"


@pytest.mark.parametrize(
    ("find", "known", "found"),
    [
        (by_key, _known(KEYS, "'Ann Archer ' || i", twice=False), ROWS),
        # One stands apart, one means two.
        (by_other_keys, _known(KEYS, "'ANN ARCHER ' || i", twice=True), ROWS - 2),
        (by_name, _known(NAMES, "'ann-archer ' || i", twice=True), ROWS - 2),
    ],
    ids=["by key", "by other keys", "by name"],
)
def test_what_many_values_mean_is_written_anew_as_in_place_but_for_changes_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, find: Find, known: str, found: int
) -> None:
    in_place, changes = _found(tmp_path / "few", find, known)
    monkeypatch.setattr(changing, "FEW", 0)
    anew, fewer = _found(tmp_path / "many", find, known)
    assert anew == in_place
    assert sum(target is not None for _, _, _, target, *_ in anew) == found
    assert fewer < changes / 4
