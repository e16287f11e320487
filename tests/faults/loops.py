"""Kills at named steps and at random times, and what is looked at after each."""

import random
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.cli.test_serving import eventually

from .checking import Home
from .disks import resize
from .facts import SOURCE, Totals, totals_of, write_version
from .nursery import End, Fate, Nursery
from .serving import Editors, Person, Served

IMPORT = ("--source", SOURCE, "--complete")
COPYING = ("whole.", "search.", "references.")
"""How the names of steps begin that an import only comes by where tables are empty."""

WORKS = ("import", "import and analyse", "analyse")


@dataclass
class Tally:
    """What a loop did: `landed` of the `kills` met the command while it ran."""

    kills: int = 0
    landed: int = 0
    taken: int = 0
    kept: int = 0
    steps: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


class Place:
    """An installation that is killed over and over, and files in ever newer versions for it."""

    def __init__(
        self,
        home: Path,
        files: Path,
        nursery: Nursery,
        tally: Tally | None = None,
        times: int = 1,
    ) -> None:
        """`times`: so many times as many rows as there are in the shortest files."""
        self.home, self.files, self.nursery = Home(home), files, nursery
        self.version, self.times = 0, times
        self.tally = tally or Tally()
        self.tiny = files / "tiny.csv"
        files.mkdir(parents=True, exist_ok=True)
        self.tiny.write_text("account_id,name\nA0,Customer\n")

    def paths(self, version: int) -> Path:
        path = self.files / f"v{version}"
        return path if path.exists() else write_version(self.files, version, self.times)

    def holds(self, version: int) -> Totals:
        return totals_of(version, self.times)

    def words(self, work: str) -> tuple[str | Path, ...]:
        """The command of `work`: an import brings the version after the present one."""
        if work == "analyse":
            return ("analyse",)
        words = ("import", self.paths(self.version + 1), *IMPORT)
        return words if work == "import and analyse" else (*words, "--no-analyse")

    def kill(self, work: str, fate: Fate) -> End:
        """Do `work` under `fate`, start again as a user would, and look at everything."""
        shown = self.home.shown()
        end = self.nursery.run(*self.words(work), fate=fate)
        self.tally.kills += 1
        self.tally.landed += end.killed
        self.tally.steps |= set(end.steps)
        self.restart()
        self.judge(work, fate, end, shown)
        return end

    def begin(self) -> None:
        """Have something imported and analysed."""
        if not self.version:
            self.nursery.done(*self.words("import and analyse"))
            self.version += 1

    def restart(self) -> None:
        """The next command of any kind; a dry run of one row is the shortest."""
        self.nursery.done("import", self.tiny, "--source", "tiny", "--dry-run")

    def settle(self) -> None:
        """The same files once more, analysed: totals stay, and what is shown agrees with them."""
        if not self.version:
            return
        self.nursery.done("import", self.paths(self.version), *IMPORT)
        wanted = self.holds(self.version)
        self.expect(self.home.totals() == wanted, f"imported again: {self.home.totals()}")
        self.expect(_same(self.home.shown(), wanted), "what is shown isn't what was imported")
        self.tally.faults.extend(self.home.faults())

    def judge(self, work: str, fate: object, end: End, shown: Totals | None) -> None:
        told = f"{work} with {fate}, ended {end.code}"
        now, before = self.home.totals(), self.holds(self.version)
        if work != "analyse" and now == self.holds(self.version + 1):
            self.version += 1
            self.tally.taken += 1
        else:
            self.expect(now == before, f"{told}: neither before nor after but {now}")
            self.expect(work == "analyse" or end.code != 0, f"{told}: acknowledged and not there")
            self.tally.kept += 1
        told_so = end.code in (0, 1) and "Traceback" not in end.err
        self.expect(end.killed or told_so, f"{told}\n{end.err[-1500:]}")
        shows = self.home.shown()
        self.expect(
            shows == shown or _same(shows, self.holds(self.version)), f"{told}: shows {shows}"
        )
        self.tally.faults.extend([f"{told}: {fault}" for fault in self.home.faults()])

    def expect_told(self, work: str, end: End) -> None:
        """Done, or refused for the disk's sake in words that a person understands."""
        told = end.code == 1 and "groundplan: The disk doesn't take" in end.err
        self.expect(end.code == 0 or told, f"{work} ended {end.code}: {end.err[-1500:]}")

    def expect(self, holds: bool, otherwise: str) -> None:
        if not holds:
            self.tally.faults.append(otherwise)


@cache
def installed(template: Path) -> Path:
    """A home whose database has been made: that takes four seconds."""
    with Nursery(template) as nursery:
        nursery.done("performance", "--json")
    return template


def new_home(template: Path, home: Path) -> Path:
    shutil.copytree(installed(template), home)
    return home


def steps_of(end: End) -> Iterator[tuple[str, int]]:
    """Each step that a command said, with the how manieth of its name it was."""
    seen: dict[str, int] = {}
    for name in end.steps:
        seen[name] = seen.get(name, 0) + 1
        yield name, seen[name]


def at_named_steps(place: Place, every: int = 1) -> None:
    """Kill an import with its analysis at each step, or at every so manieth."""
    end = place.nursery.done(*place.words("import and analyse"))
    place.version += 1
    steps = [each for each in steps_of(end) if not each[0].startswith(COPYING)]
    for number, (name, nth) in enumerate(steps):
        if number % every == 0:
            place.kill("import and analyse", Fate(step=name, nth=nth))
    place.settle()


def at_random_times(place: Place, kills: int, seed: int, works: Sequence[str] = WORKS) -> None:
    """Kill imports, publishing and analysis while they run, each at any moment."""
    chance = random.Random(seed)
    lasts: dict[str, float] = {}
    for work in works:
        lasts[work] = place.nursery.done(*place.words(work)).seconds
        place.version += work != "analyse"
    for number in range(kills):
        work = chance.choice(list(lasts))
        end = place.kill(work, Fate(after=chance.uniform(0.02, lasts[work])))
        if end.code == 0:
            # Done before its time: how long work takes depends on who else is on the machine.
            lasts[work] = 0.7 * lasts[work] + 0.3 * end.seconds
        if number % 20 == 19:
            place.settle()
    place.settle()


def with_a_full_disk(
    place: Place, sizes: Sequence[int], works: Sequence[str] = ("import", "analyse")
) -> None:
    """Let no file grow beyond each of `sizes`: writing fails there as on a full disk.

    Everything is refused with a reason or done, never half, and works again with more room.
    """
    for size in sizes:
        for work in works:
            end = place.kill(work, Fate(largest=size))
            place.expect_told(work, end)
    place.settle()


def on_a_small_disk(place: Place, disk: Path, rooms: list[int]) -> None:
    """The home is on the disk `disk`, which has each of `rooms` bytes left."""
    for room in rooms:
        used = sum(p.stat().st_blocks * 512 for p in disk.rglob("*") if p.is_file())
        resize(disk, used + room)
        shown = place.home.shown()
        end = place.nursery.run(*place.words("import and analyse"))
        place.expect_told("import and analyse", end)
        resize(disk, 1 << 30)
        place.restart()
        place.judge("import and analyse", f"{room} bytes left", end, shown)
    place.settle()


def while_people_edit(place: Place, kills: int, seed: int) -> int:
    """Kill server, worker and supervisor while three people edit and their edits are analysed.

    Returns how many edits were acknowledged.
    """
    chance = random.Random(seed)
    acknowledged = 0
    with Served(place.home.folder) as served:
        if served.setup_code:
            Person(served).found()
    while kills > 0:
        round_ = [chance.choice(["web server", "worker"]) for _ in range(min(4, kills - 1))]
        acknowledged += _one_session(place, [*round_, "supervisor"], chance)
        kills -= len(round_) + 1
    return acknowledged


def _one_session(place: Place, parts: list[str], chance: random.Random) -> int:
    with Served(place.home.folder) as served, Editors(served, place.home) as editors:
        for part in parts:
            time.sleep(chance.uniform(0.1, 2.5))
            place.tally.kills += 1
            landed = served.kill(part)
            place.tally.landed += landed
            place.expect(landed, f"{part}: nothing to kill, or something outlived it")
            if part != "supervisor":
                place.expect(eventually(served.answers), f"no answer after {part} was killed")
        with Served(place.home.folder) as again:
            editors.serve_by(again)
            time.sleep(1)
            editors.stop()
    place.tally.faults.extend(editors.faults(place.home))
    place.restart()
    place.tally.faults.extend(place.home.faults())
    return editors.acknowledged


def _same(shown: Totals | None, wanted: Totals) -> bool:
    """Whether a snapshot is of these facts, by what snapshots hold of them."""
    if shown is None:
        return not wanted.accounts
    kept = ("accounts", "employees", "purchases", "amount")
    return all(getattr(shown, name) == getattr(wanted, name) for name in kept)
