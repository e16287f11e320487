"""The full form of the fault tests: `make faults`, or python -m tests.faults.run --kills 200."""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from . import together
from .copying import COPIED_FROM, copying_killed, fates_of, into_nothing
from .disks import may_mount, read_only, small_disk
from .facts import totals_of
from .folding import folding_killed
from .loops import (
    Place,
    Tally,
    at_named_steps,
    at_random_times,
    new_home,
    while_people_edit,
    with_a_full_disk,
)
from .loops import on_a_small_disk as fill_a_disk
from .nursery import ROOT, Nursery

SIZES = [4096, 65_536, 300_000, 1_000_000, 2_500_000, 5_000_000]
ROOMS = [50_000, 500_000, 1_500_000, 3_000_000, 6_000_000, 12_000_000]
LONGER, COPIED = 6, 10
"""Files so many times as long as the others are copied whole, killed at one random time for so many
others."""

EDITED = 4
"""Of so many random kills one is of a server, a worker or a supervisor while people edit."""

Say = Callable[[str], None]


class Faults(list[str]):
    """The faults that were met, each said at once: a run that breaks off has told what it saw."""

    def __init__(self, say: Say) -> None:
        super().__init__()
        self.say = say

    def append(self, fault: str) -> None:
        super().append(fault)
        self.say(f"FAULT {fault}")

    def extend(self, faults: Iterable[str]) -> None:
        for fault in faults:
            self.append(fault)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--seed", type=int, default=20261122)
    given = asked.parse_args()
    began = time.monotonic()

    def say(line: str) -> None:
        sys.stdout.write(f"{time.monotonic() - began:6.0f} s  {line}\n")
        sys.stdout.flush()

    faults = Faults(say)
    try:
        with tempfile.TemporaryDirectory(prefix="groundplan-faults-") as name:
            everything(Path(name), given.kills, given.seed, say, faults)
    finally:
        say(f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


def everything(base: Path, kills: int, seed: int, say: Say, found: Faults) -> None:
    """Adds every fault that is met to `found`, in words."""
    found.extend(together.two_first_starts(base / "starts" / "home"))
    say("two first starts at once")
    home = new_home(base / "template", base / "a" / "home")
    folded = folding_killed(new_home(base / "template", base / "folding"), base / "orders")
    found.extend(folded.faults)
    say(f"orders folded, {folded.kills} kills")
    met = folded.steps | copied_whole(base, kills // COPIED, seed, say, found)
    with Nursery(home) as nursery:
        place = Place(home, base / "files", nursery, Tally(faults=found, steps=met))
        at_named_steps(place)
        say(f"named steps: {place.tally.landed} of {place.tally.kills} kills landed")
        edited = kills // EDITED
        at_random_times(place, kills - edited, seed)
        say(f"random times: {place.tally.landed} of {place.tally.kills} landed by now")
        count = while_people_edit(place, edited, seed)
        say(f"people edit, {count} acknowledged: {place.tally.landed} of {place.tally.kills}")
        found.extend(together.worker_lost(place, base))
        say("worker lost")
        found.extend(together.two_imports(place))
        say("two imports at once")
        found.extend(together.backup_during_imports(place, base, base / "restored"))
        found.extend(together.restore_killed(place, base))
        say("backup during imports, restore killed")
        with_a_full_disk(place, SIZES)
        say("no file larger than " + ", ".join(f"{size:,}" for size in SIZES))
        found.extend(unmet(place.tally.steps))
    on_other_disks(base, say, found)


def copied_whole(base: Path, kills: int, seed: int, say: Say, found: Faults) -> set[str]:
    """Imports into empty installations, killed while whole tables are copied; the steps met."""
    make = partial(new_home, base / "template")
    home = make(base / "copied" / "home")
    with Nursery(home, copied_from=COPIED_FROM) as nursery:
        place = Place(home, base / "long files", nursery, Tally(faults=found), LONGER)
        end = into_nothing(place, make)
        copying_killed(place, make, fates_of(end, kills, seed))
    tally = place.tally
    say(f"tables copied whole: {tally.landed} of {tally.kills} landed, {tally.taken} after the end")
    return tally.steps | set(end.steps)


def on_other_disks(base: Path, say: Say, found: Faults) -> None:
    """A disk that is full and one that may not be written, where one can be mounted."""
    if not may_mount():
        say("no disk may be mounted here: a full and a read-only one were not tried")
        return
    disk = base / "disk"
    with small_disk(disk, 1 << 30):
        home = new_home(base / "template", disk / "home")
        with Nursery(home) as nursery:
            place = Place(home, base / "files", nursery, Tally(faults=found))
            nursery.done(*place.words("import and analyse"))
            place.version += 1
            fill_a_disk(place, disk, ROOMS)
            say("a full disk")
            with read_only(home):
                for work in ("import", "analyse"):
                    place.expect_told(work, nursery.run(*place.words(work)))
            place.expect(place.home.totals() == totals_of(place.version), "read only, yet changed")
            place.settle()
            say("a disk that may not be written")


def unmet(met: set[str]) -> list[str]:
    """Named steps of imports, publishing and analysis that nothing came by."""
    sources = (ROOT / "src" / "groundplan").rglob("*.py")
    named = {
        name for path in sources for name in re.findall(r'\bstep\("([\w.-]+)"\)', path.read_text())
    }
    wanted = {name for name in named if not name.startswith(("edit.", "upload.", "backup."))}
    return [
        f"nothing came by the step {name}" for name in sorted(wanted - met - {"schema.migrated"})
    ]


if __name__ == "__main__":
    main()
