"""DuckDB is opened within bounds."""

from pathlib import Path

import duckdb
import pytest

from groundplan.engine.duck import open_duckdb


def test_limits_are_those_asked_for(tmp_path: Path) -> None:
    connection = open_duckdb(scratch=tmp_path / "scratch", memory_limit="256MB", threads=1)
    row = connection.execute(
        "SELECT current_setting('memory_limit'), current_setting('threads'), "
        "current_setting('autoinstall_known_extensions')"
    ).fetchone()
    assert row == ("244.1 MiB", 1, False)


@pytest.mark.parametrize(
    "statement",
    [
        "FROM read_csv('{outside}/secret.csv')",
        "COPY (SELECT 1) TO '{outside}/written.csv'",
        "ATTACH '{outside}/other.db'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
    ],
)
def test_a_closed_connection_reaches_no_file_outside(tmp_path: Path, statement: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text("a\n1\n")
    inside = tmp_path / "inside"
    inside.mkdir()
    connection = open_duckdb(scratch=tmp_path / "scratch", readable=[inside])
    connection.execute(f"COPY (SELECT 1 AS a) TO '{inside}/kept.parquet'")
    with pytest.raises(duckdb.Error):
        connection.execute(statement.format(outside=outside))
    assert not (outside / "written.csv").exists()
