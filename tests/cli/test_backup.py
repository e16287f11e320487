"""Backup and restore: one file, verified to the last bit, and never half a home."""

import fcntl
import json
import os
import random
import shutil
import zipfile
from pathlib import Path

import pytest

from groundplan.cli.backup.archive import (
    MANIFEST,
    Manifest,
    _seal,
    extract,
    opened,
    written,
)
from groundplan.kernel.errors import InvalidInput
from groundplan.kernel.occupancy import LOCK

from .conftest import Answer, Command, Home, process_in

PURCHASES = "snapshots/one/purchases/00000.parquet"


def small_backup(folder: Path) -> Path:
    """An archive as backups are, of two files that are no installation."""
    chance = random.Random(3)
    inside = {"groundplan.sqlite3": chance.randbytes(9000), PURCHASES: b"PAR1" * 2000}
    path = folder / "small.zip"
    with written(path) as archive:
        for number, (name, content) in enumerate(inside.items()):
            (folder / f"member {number}").write_bytes(content)
            archive.add(folder / f"member {number}", name)
        told = Manifest("0.1.0", "2026-11-22", "sqlite", (), {}, tuple(archive.members))
        archive.finish(told)
    return path


def unpack(path: Path, folder: Path) -> None:
    with opened(path) as (manifest, archive):
        extract(archive, manifest, folder)


def test_what_was_written_is_read_and_any_zip_tool_opens_it(tmp_path: Path) -> None:
    path = small_backup(tmp_path)
    unpack(path, tmp_path / "out")
    assert (tmp_path / "out" / PURCHASES).read_bytes() == b"PAR1" * 2000
    with zipfile.ZipFile(path) as plain:
        assert plain.testzip() is None
        assert sorted(plain.namelist()) == ["groundplan.sqlite3", MANIFEST, PURCHASES]


def test_a_file_with_two_names_is_kept_once_and_has_two_names_again(tmp_path: Path) -> None:
    (tmp_path / "layer.parquet").write_bytes(b"PAR1" * 900)
    os.link(tmp_path / "layer.parquet", tmp_path / "shard.parquet")
    path = tmp_path / "links.zip"
    with written(path) as archive:
        for name in ("layer.parquet", "shard.parquet"):
            archive.add(tmp_path / name, name)
        told = Manifest("0.1.0", "2026-11-22", "sqlite", (), {}, tuple(archive.members))
        archive.finish(told)
    unpack(path, tmp_path / "out")
    assert path.stat().st_size < 2 * 3600
    assert (tmp_path / "out" / "layer.parquet").samefile(tmp_path / "out" / "shard.parquet")


def test_only_its_owner_may_read_a_backup(tmp_path: Path) -> None:
    assert small_backup(tmp_path).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("seed", range(150))
def test_a_single_bit_that_changed_anywhere_is_noticed(tmp_path: Path, seed: int) -> None:
    path = small_backup(tmp_path)
    content = bytearray(path.read_bytes())
    place = random.Random(seed).randrange(len(content) * 8)
    content[place // 8] ^= 1 << place % 8
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=r"no whole backup|newer"):
        unpack(path, tmp_path / "out")


@pytest.mark.parametrize("seed", range(60))
def test_a_backup_that_ends_early_is_refused(tmp_path: Path, seed: int) -> None:
    path = small_backup(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: random.Random(seed).randrange(len(content))])
    with pytest.raises(InvalidInput, match="no whole backup"):
        unpack(path, tmp_path / "out")


def test_the_damaged_file_is_named(tmp_path: Path) -> None:
    path = small_backup(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"PAR1PAR1", b"PAR1PAR2", 1))
    with pytest.raises(InvalidInput, match=PURCHASES):
        unpack(path, tmp_path / "out")


def test_a_file_that_the_manifest_does_not_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "forged.zip"
    with zipfile.ZipFile(path, "w") as forged:
        told = {"version": "1", "taken_at": "", "database": "sqlite", "rows": {}, "format": 1}
        forged.writestr(MANIFEST, json.dumps({**told, "migrations": [], "members": []}))
        forged.writestr("../outside", "no")
    _seal(path)
    with pytest.raises(InvalidInput, match="list of its files"):
        unpack(path, tmp_path / "out")
    assert not (tmp_path / "outside").exists()


def test_a_backup_of_a_newer_groundplan_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "newer.zip"
    with zipfile.ZipFile(path, "w") as newer:
        newer.writestr(MANIFEST, json.dumps({"format": 99, "version": "9.0"}))
    _seal(path)
    with pytest.raises(InvalidInput, match=r"Groundplan 9\.0, which is newer"):
        unpack(path, tmp_path / "out")


@pytest.fixture(scope="module")
def backed_up(
    shop: Command, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, str]]:
    """A backup of the shop, and what the shop says of itself."""
    path = tmp_path_factory.mktemp("backups") / "shop.zip"
    answer = shop("backup", path, "--json")
    assert answer.code == 0, answer.err
    assert answer.json["rows"] > 0
    return path, {"tiers": shop("tiers", "--json").out, "whitespace": shop("whitespace").out}


def refused(answer: Answer, because: str) -> None:
    assert answer.code == 2, answer.err
    assert because in answer.err


def test_a_restored_home_says_what_the_old_one_said(
    tmp_path: Path, backed_up: tuple[Path, dict[str, str]]
) -> None:
    path, said = backed_up
    run = process_in(tmp_path / "home")
    answer = run("restore", path, "--json")
    assert answer.code == 0, answer.err
    assert answer.json["aside"] is None
    assert run("tiers", "--json").out == said["tiers"]
    assert run("whitespace").out == said["whitespace"]


def test_a_home_that_holds_something_is_only_replaced_when_asked_and_kept_aside(
    tmp_path: Path, new_home: Home, backed_up: tuple[Path, dict[str, str]]
) -> None:
    path, said = backed_up
    home = new_home(tmp_path / "home")
    run = process_in(home)
    refused(run("restore", path), "holds an installation already")
    answer = run("restore", path, "--replace", "--json")
    assert answer.code == 0, answer.err
    assert (Path(answer.json["aside"]) / "groundplan.sqlite3").exists()
    assert run("tiers", "--json").out == said["tiers"]


def test_nothing_is_restored_while_a_process_uses_the_home(
    tmp_path: Path, backed_up: tuple[Path, dict[str, str]]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with (home / LOCK).open("w") as used:
        fcntl.flock(used, fcntl.LOCK_SH)
        refused(process_in(home)("restore", backed_up[0]), "is running in")
    assert [path.name for path in home.iterdir()] == [LOCK]


def test_a_damaged_backup_leaves_the_home_as_it_was(
    tmp_path: Path, new_home: Home, backed_up: tuple[Path, dict[str, str]]
) -> None:
    home = new_home(tmp_path / "home")
    before = sorted(path.name for path in home.iterdir() if path.name != LOCK)
    path = Path(shutil.copy(backed_up[0], tmp_path / "damaged.zip"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)
    refused(process_in(home)("restore", path, "--replace"), "no whole backup")
    assert sorted(path.name for path in home.iterdir() if path.name != LOCK) == before


def test_an_older_backup_is_never_overwritten(
    shop: Command, backed_up: tuple[Path, dict[str, str]]
) -> None:
    before = backed_up[0].read_bytes()
    refused(shop("backup", backed_up[0]), "is there already")
    assert backed_up[0].read_bytes() == before
