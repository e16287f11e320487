"""Layers of purchases: where an account's rows are, and that a layer is whole or absent."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from groundplan.engine import layers
from groundplan.engine.disk import sha256_of
from groundplan.engine.layers import LayerManifest, link_layer, shard_path, write_layer

ROWS = """
SELECT account_id, product_id, DATE '2026-01-01' + day AS date, amount,
    '' AS currency, NULL AS quantity, 'recognised' AS status, 'direct' AS channel,
    'O1' AS order_id, NULL AS owner_id, 1 AS source_id, 1 AS run_id, 'lines.csv' AS file,
    row_number() OVER () + 1 AS line
FROM (VALUES (5, 2, 3, 10.5), (5, NULL, 9, 1), (5, 2, 1, 7), (40, 1, 0, 3)) AS given
    (account_id, product_id, day, amount)
"""


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def test_rows_stand_in_the_file_of_their_account_sorted_for_reading(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    manifest = write_layer(connection, ROWS, tmp_path / "layer", shard_size=16)
    assert [(file.path, file.rows) for file in manifest.files] == [
        ("00000.parquet", 3),
        ("00002.parquet", 1),
    ]
    found = connection.read_parquet(str(shard_path(tmp_path / "layer", 5, 16))).project(
        "product_id, date, amount"
    )
    assert found.fetchall() == [
        (None, date(2026, 1, 10), Decimal("1.0000")),
        (2, date(2026, 1, 2), Decimal("7.0000")),
        (2, date(2026, 1, 4), Decimal("10.5000")),
    ]


def test_what_is_the_same_in_every_row_need_not_be_among_them(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    whole = write_layer(connection, ROWS, tmp_path / "whole", shard_size=16)
    rows = f"SELECT * EXCLUDE (currency, status, owner_id, run_id, file) FROM ({ROWS})"
    fixed = {"currency": "''", "status": "'recognised'", "owner_id": "NULL", "run_id": "1"}
    fixed |= {"file": "'lines.csv'"}
    parted = write_layer(connection, rows, tmp_path / "parted", shard_size=16, fixed=fixed)
    assert (parted.rows, parted.currencies) == (whole.rows, whole.currencies)
    read = [
        connection.read_parquet(str(tmp_path / name / "*.parquet")) for name in ("whole", "parted")
    ]
    assert read[1].types == read[0].types
    assert read[1].fetchall() == read[0].fetchall()


def test_purchases_of_no_product_are_sorted_by_account_and_day(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    rows = f"SELECT * EXCLUDE (product_id) FROM ({ROWS})"
    write_layer(connection, rows, tmp_path / "layer", fixed={"product_id": "NULL"})
    read = connection.read_parquet(str(tmp_path / "layer" / "*.parquet"))
    assert read.project("account_id, product_id, date").fetchall() == [
        *((5, None, date(2026, 1, day)) for day in (2, 4, 10)),
        (40, None, date(2026, 1, 1)),
    ]


def test_a_manifest_tells_days_currencies_and_hashes_and_survives_json(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    manifest = write_layer(connection, ROWS, tmp_path / "layer", shard_size=16)
    assert (manifest.rows, manifest.first_on, manifest.last_on) == (
        4,
        date(2026, 1, 1),
        date(2026, 1, 10),
    )
    assert manifest.currencies == ("",)
    first = manifest.files[0]
    assert first.sha256 == sha256_of(tmp_path / "layer" / first.path)
    assert LayerManifest.of_json(manifest.as_json()) == manifest


def test_a_table_can_be_written_by_its_name(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    connection.execute(f"CREATE TABLE staged AS {ROWS}")
    assert write_layer(connection, "staged", tmp_path / "layer").rows == 4


def test_a_layer_without_rows_can_be_read(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    manifest = write_layer(connection, f"{ROWS} WHERE false", tmp_path / "layer")
    assert (manifest.rows, manifest.first_on, manifest.last_on) == (0, None, None)
    assert LayerManifest.of_json(manifest.as_json()) == manifest
    read = connection.read_parquet(str(tmp_path / "layer" / "*.parquet"))
    assert read.columns == list(layers.COLUMNS)
    assert read.fetchall() == []


def test_a_layer_is_never_overwritten(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    write_layer(connection, ROWS, tmp_path / "layer")
    with pytest.raises(FileExistsError):
        write_layer(connection, ROWS, tmp_path / "layer")


def test_a_layer_that_fails_half_way_is_not_there(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> str:
        raise OSError("no space left on device")

    monkeypatch.setattr(layers, "sha256_of", full)
    with pytest.raises(OSError, match="no space"):
        write_layer(connection, ROWS, tmp_path / "layer")
    assert list(tmp_path.iterdir()) == []


def test_files_are_synced_before_the_folder_gets_its_name(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def record(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", record)
    write_layer(connection, ROWS, tmp_path / "layer", shard_size=16)
    assert sorted(synced[:2]) == ["00000.parquet", "00002.parquet"]
    assert synced[2:] == ["layer.partial", tmp_path.name]


def test_linking_a_layer_shares_its_files(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    manifest = write_layer(connection, ROWS, tmp_path / "layer", shard_size=16)
    (tmp_path / "snapshot").mkdir()
    link_layer(tmp_path / "layer", tmp_path / "snapshot", manifest.files)
    for file in manifest.files:
        assert (tmp_path / "snapshot" / file.path).samefile(tmp_path / "layer" / file.path)
