"""What happens at the same time: two first starts, two imports, a job whose worker is lost, a
backup during an import, a restore that is killed."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.cli.test_serving import eventually

from .checking import Home
from .facts import SOURCE, totals_of
from .loops import IMPORT, Place
from .nursery import ROOT, End, Fate, Nursery
from .serving import Editing, Person, Served, uids

LOST_AT = ("job.claimed", "snapshot.written", "pointer.written", "job.worked")
RESTORED_AT = (
    ("restore.unpacked", 1),
    ("restore.verified", 1),
    ("restore.journal-written", 1),
    ("restore.moved-out", 1),
    ("restore.moved-out", 3),
    ("restore.moved-in", 1),
    ("restore.moved-in", 4),
)


def started(home: Path, *words: str | Path) -> subprocess.Popen[str]:
    """The groundplan command in a process of its own."""
    kept = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    return subprocess.Popen(
        [sys.executable, "-m", "groundplan.project", *map(str, words)],
        env={**kept, "GROUNDPLAN_HOME": str(home), "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(processes: Sequence[subprocess.Popen[str]]) -> list[str]:
    """Wait for all; the complaints of those that failed."""
    told = [process.communicate(timeout=300) for process in processes]
    codes = [process.returncode for process in processes]
    return [
        f"ended {code}: {err[-1500:]}" for code, (_, err) in zip(codes, told, strict=True) if code
    ]


def two_first_starts(home: Path) -> list[str]:
    """Two processes begin on an empty home at once."""
    found = ended([started(home, "performance", "--json") for _ in range(2)])
    return [*found, *Home(home).faults()]


def two_imports(place: Place) -> list[str]:
    """The same files of one source, twice at once: as if once."""
    paths = place.paths(place.version + 1)
    words = ("import", paths, *IMPORT)
    found = ended([started(place.home.folder, *words) for _ in range(2)])
    place.version += 1
    if place.home.totals() != totals_of(place.version):
        found.append(f"two imports at once left {place.home.totals()}")
    place.settle()
    return found


def worker_lost(place: Place, scratch: Path, steps: Sequence[str] = LOST_AT) -> list[str]:
    """An edit is analysed by a worker that dies at each step: the next one takes it up again."""
    return [fault for step in steps for fault in _lost_at(place, step, scratch / step)]


def _lost_at(place: Place, step: str, died: Path) -> list[str]:
    found = []
    with Served(place.home.folder, FAULT_STEP=step, FAULT_ONCE=str(died)) as served:
        person = Person(served)
        person.come_in()
        editing = Editing(person, uids(place.home, 1))
        editing.run(lambda: editing.count > 0)
        place.tally.kills += 1
        if not eventually(lambda: died.exists() and _all_done(place.home)):
            rows = place.home.rows("SELECT kind, state, attempts, error FROM organisation_job")
            found.append(f"the job lost at {step} was not done: {rows[-3:]}")
        place.tally.landed += died.exists()
    place.restart()
    return [*found, *editing.faults(place.home), *place.home.faults()]


def backup_during_imports(place: Place, files: Path, homes: Path) -> list[str]:
    """Backups while imports and analyses run: each is of one moment, before or after."""
    found = []
    for number in range(2):
        importing = started(place.home.folder, *place.words("import and analyse"))
        backups: list[Path] = []
        while importing.poll() is None:
            path = files / f"backup {number} {len(backups)}.zip"
            backups.append(path)
            found += ended([started(place.home.folder, "backup", path)])
        found += ended([importing])
        place.version += 1
        for path in backups[-2:]:
            home = homes / path.stem
            found += ended([started(home, "restore", path)])
            restored = Home(home)
            if restored.totals() not in (totals_of(place.version - 1), totals_of(place.version)):
                found.append(f"{path.name} is of no moment: {restored.totals()}")
            found += ended([started(home, "import", place.tiny, "--source", "t", "--dry-run")])
            found += restored.faults()
    return found


def restore_killed(
    place: Place, files: Path, steps: Sequence[tuple[str, int]] = RESTORED_AT
) -> list[str]:
    """A restore over an installation, killed at each step: the home is the old or the new one."""
    found = []
    backup = files / "to restore.zip"
    place.nursery.done("backup", backup)
    old = place.version
    place.nursery.done(*place.words("import and analyse"))
    place.version += 1
    for step, nth in steps:
        end = _restore(place, backup, Fate(step=step, nth=nth))
        place.tally.kills += 1
        place.tally.landed += end.killed
        place.tally.steps |= set(end.steps)
        place.restart()
        now = place.home.totals()
        if now not in (totals_of(old), totals_of(place.version)):
            found.append(f"a restore killed at {step} left {now}")
        found += [f"restore killed at {step}: {fault}" for fault in place.home.faults()]
        if now == totals_of(old):
            place.nursery.done(
                "import", place.paths(place.version), "--source", SOURCE, "--complete"
            )
    return found


def _restore(place: Place, backup: Path, fate: Fate) -> End:
    # A nursery of its own: restoring makes Django ready for another folder than the home.
    with Nursery(place.home.folder, bare=True) as nursery:
        return nursery.run("restore", backup, "--replace", fate=fate)


def _all_done(home: Home) -> bool:
    return not home.one(
        "SELECT count(*) FROM organisation_job WHERE state IN ('queued', 'running')"
    )
