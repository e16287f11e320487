"""Two connections read an SQLite file as it was at one instant, or one of them reads alone."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from groundplan.snapshots.instants import BEGIN, Ask, begin_together

COUNT = "SELECT count(*) FROM facts"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "facts.sqlite3"
    with closing(_connect(path)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE facts (id INTEGER PRIMARY KEY)")
    return path


@pytest.fixture
def three(path: Path) -> Iterator[tuple[Ask, Ask, sqlite3.Connection]]:
    """What asks over two connections, the first of which reads already, and a third that writes."""
    mine, other, writer = (_connect(path) for _ in range(3))
    with closing(mine), closing(other), closing(writer):
        mine.execute(BEGIN)
        yield _asking(mine), _asking(other), writer


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=30)


def _asking(database: sqlite3.Connection) -> Ask:
    def ask(statement: str) -> Any:
        row = database.execute(statement).fetchone()
        return row[0] if row else None

    return ask


def _write(writer: sqlite3.Connection) -> None:
    writer.execute("INSERT INTO facts DEFAULT VALUES")


def _writing_at(writer: sqlite3.Connection, ask: Ask, is_time: Callable[[str], bool]) -> Ask:
    """Asks as `ask` does, after a commit of the writer's wherever it is time."""

    def asked(statement: str) -> Any:
        if is_time(statement):
            _write(writer)
        return ask(statement)

    return asked


def test_both_see_the_same_and_nothing_that_is_committed_later(
    three: tuple[Ask, Ask, sqlite3.Connection],
) -> None:
    mine, other, writer = three
    _write(writer)
    assert begin_together(mine, other)
    _write(writer)
    assert (mine(COUNT), other(COUNT)) == (1, 1)


@pytest.mark.parametrize("whose", ["mine", "other"])
@pytest.mark.parametrize("place", range(6))
def test_a_commit_in_between_never_leaves_them_with_different_facts(
    three: tuple[Ask, Ask, sqlite3.Connection], whose: str, place: int
) -> None:
    mine, other, writer = three
    asked: list[str] = []

    def once(statement: str) -> bool:
        asked.append(statement)
        return len(asked) == place + 1

    if whose == "mine":
        together = begin_together(_writing_at(writer, mine, once), other)
    else:
        together = begin_together(mine, _writing_at(writer, other, once))
    assert together
    assert mine(COUNT) == other(COUNT)


def test_where_others_keep_committing_one_reads_alone(
    three: tuple[Ask, Ask, sqlite3.Connection],
) -> None:
    mine, other, writer = three
    committing = _writing_at(writer, other, lambda statement: statement == BEGIN)
    assert not begin_together(mine, committing)
    seen = mine(COUNT)
    _write(writer)
    assert (mine(COUNT), other(COUNT)) == (seen, seen + 1)
