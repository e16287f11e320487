"""The short form of the fault tests: a few real kills. `make faults` does the long one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import Home, new_home

from . import together
from .copying import COPIED_FROM, copying_killed
from .loops import Place, at_named_steps, at_random_times, with_a_full_disk
from .nursery import Fate, Nursery

__all__ = ["new_home"]

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="kills processes as Linux does"
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, new_home: Home) -> Iterator[Place]:
    base = tmp_path_factory.mktemp("faults")
    home = new_home(base / "a" / "home")
    with Nursery(home, copied_from=COPIED_FROM) as nursery:
        yield Place(home, base / "files", nursery)


def test_killed_at_a_named_step_an_import_is_there_or_not_but_never_half(place: Place) -> None:
    at_named_steps(place, every=14)
    assert place.tally.landed == place.tally.kills
    assert place.tally.faults == []


def test_killed_at_any_moment_what_was_acknowledged_is_there(place: Place) -> None:
    at_random_times(place, kills=1, seed=5, works=["import and analyse"])
    assert place.tally.faults == []


def test_killed_while_whole_tables_are_copied_an_import_leaves_nothing_and_can_be_repeated(
    place: Place, new_home: Home
) -> None:
    landed = place.tally.landed
    copying_killed(place, new_home, [Fate(step="whole.copied", nth=2)])
    assert place.tally.landed == landed + 1
    assert place.tally.faults == []


def test_on_a_full_disk_nothing_is_half_done_and_the_reason_is_said(place: Place) -> None:
    place.begin()
    with_a_full_disk(place, [300_000])
    assert place.tally.faults == []


def test_an_import_killed_after_its_commit_is_analysed_all_the_same(place: Place) -> None:
    end = place.kill("import and analyse", Fate(step="import.committed"))
    assert end.killed
    waiting = "SELECT count(*) FROM organisation_job WHERE state = 'queued' AND kind = 'analyse'"
    assert place.home.one(waiting) == 1
    place.nursery.done("analyse")
    assert place.home.one(waiting) == 0
    assert place.tally.faults == []


def test_a_killed_restore_leaves_the_old_home_or_the_new_one(place: Place, tmp_path: Path) -> None:
    steps = [("restore.moved-in", 2)]
    assert together.restore_killed(place, tmp_path, steps) == []


def test_two_processes_that_start_on_an_empty_home_make_one_database(tmp_path: Path) -> None:
    assert together.two_first_starts(tmp_path / "home") == []


def test_the_next_worker_takes_up_what_a_killed_one_had_begun(place: Place, tmp_path: Path) -> None:
    place.begin()
    assert together.worker_lost(place, tmp_path, ["job.claimed"]) == []
    assert place.tally.faults == []
