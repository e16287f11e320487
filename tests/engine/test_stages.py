"""Stages of SQL are kept as tables, in order, with prepared parameters only."""

from pathlib import Path

import duckdb
import pytest

from groundplan.engine.stages import run_stage, run_stages


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def test_a_later_stage_reads_the_table_of_an_earlier_one(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    (tmp_path / "numbers.sql").write_text("SELECT unnest(range(4)) AS number")
    (tmp_path / "total.sql").write_text("SELECT sum(number) + $extra AS total FROM numbers")
    run_stages(connection, tmp_path, ["numbers", "total"], {"extra": 4, "of_another_stage": 1})
    assert connection.sql("FROM total").fetchall() == [(10,)]


def test_a_second_run_replaces_the_tables_of_the_first(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    run_stage(connection, "once", "SELECT 1 AS one")
    run_stage(connection, "once", "SELECT 2 AS two")
    assert connection.sql("SELECT two FROM once").fetchall() == [(2,)]


def test_a_parameter_is_a_value_and_never_part_of_the_statement(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    spiteful = "1; DROP TABLE kept --"
    run_stage(connection, "kept", "SELECT $text AS text", {"text": spiteful})
    assert connection.sql("FROM kept").fetchall() == [(spiteful,)]


def test_a_failing_stage_is_named(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.Error) as caught:
        run_stage(connection, "broken", "SELECT nothing FROM nowhere")
    assert caught.value.__notes__ == ["in stage broken"]


def test_a_file_of_two_statements_is_no_stage(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ValueError, match="one statement"):
        run_stage(connection, "two", "SELECT 1; SELECT 2")
