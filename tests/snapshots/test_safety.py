"""Killed at any step, publishing leaves what everybody sees, and what it leaves is collected."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from groundplan.kernel import clock
from groundplan.kernel.ids import uuid7
from groundplan.snapshots import building, selectors
from groundplan.snapshots.contracts import PublishedSnapshot
from groundplan.snapshots.locking import publishing
from groundplan.snapshots.models import Current, Snapshot
from groundplan.snapshots.services import pointer_move, snapshot_publish, snapshots_collect
from groundplan.snapshots.services import publish as publish_module

from .conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "today")]


HOLD = """
import sys
from pathlib import Path
from groundplan.snapshots.locking import publishing
with publishing(Path(sys.argv[1]), wait=True):
    print("held", flush=True)
    input()
"""


class Killed(BaseException):
    """What stands for a signal: no handler for errors may swallow it."""


def _shown() -> UUID | None:
    current = selectors.current()
    return current.uid if current else None


def _folders(home: Path) -> set[str]:
    return {path.name for path in (home / "snapshots").iterdir() if path.is_dir()}


@pytest.fixture
def shown(home: Path) -> PublishedSnapshot:
    snapshot = snapshot_publish()
    pointer_move(snapshot=snapshot, results_uid=uuid7())
    return snapshot


def test_nobody_sees_a_snapshot_before_the_pointer_moves(shown: PublishedSnapshot) -> None:
    later = snapshot_publish()
    assert _shown() == shown.uid
    results = uuid7()
    pointer_move(snapshot=later, results_uid=results)
    current = selectors.current()
    assert current is not None
    assert (current.uid, current.results_uid) == (later.uid, results)
    assert current.results.name == str(results)
    assert Current.objects.count() == 1


def test_before_the_first_import_there_is_no_current_snapshot() -> None:
    assert selectors.current() is None


@pytest.mark.parametrize(
    ("place", "step"),
    [
        (building, "read_rest"),
        (building, "register"),
        (building, "write_sums"),
        (building, "_manifest"),
        (publish_module, "_rows"),
        (publish_module, "audit_record"),
    ],
)
def test_killed_at_a_step_it_leaves_no_row_and_the_old_pointer(
    home: Path,
    shown: PublishedSnapshot,
    monkeypatch: pytest.MonkeyPatch,
    place: object,
    step: str,
) -> None:
    def die(*_: object, **__: object) -> None:
        raise Killed

    monkeypatch.setattr(place, step, die)
    with pytest.raises(Killed):
        snapshot_publish()
    monkeypatch.undo()
    assert _shown() == shown.uid
    assert Snapshot.objects.count() == 1
    snapshots_collect()
    assert _folders(home) == {str(shown.uid)}
    assert selectors.damaged_files(shown) == []


def test_what_a_killed_publisher_left_on_disk_is_collected(
    home: Path, shown: PublishedSnapshot
) -> None:
    for name in (f"{uuid7()}.partial", str(uuid7())):
        (home / "snapshots" / name / "purchases").mkdir(parents=True)
    assert len(snapshots_collect()) == 2
    assert _folders(home) == {str(shown.uid)}


def test_nothing_is_collected_while_somebody_publishes(
    home: Path, shown: PublishedSnapshot
) -> None:
    (home / "snapshots" / "coming.partial").mkdir()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home / "snapshots")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    assert snapshots_collect() == []
    holder.kill()
    holder.communicate()
    assert [path.name for path in snapshots_collect()] == ["coming.partial"]


def test_the_lock_is_free_again_after_its_holder(home: Path) -> None:
    with publishing(home / "snapshots", wait=True) as held:
        assert held
    with publishing(home / "snapshots", wait=False) as held:
        assert held


def test_retention_removes_rows_and_folders_but_never_what_is_shown(
    home: Path, shown: PublishedSnapshot
) -> None:
    Snapshot.objects.filter(pk=shown.snapshot_id).update(taken_at=clock.now() - timedelta(9))
    names = [str(snapshot_publish().uid) for _ in range(5)]
    Snapshot.objects.filter(uid=names[0]).update(pinned=True)
    snapshots_collect()
    assert TODAY.day > 9
    assert _folders(home) == {str(shown.uid), names[0], *names[2:]}
    assert {str(uid) for uid in Snapshot.objects.values_list("uid", flat=True)} == _folders(home)
