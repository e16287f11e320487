"""Tables copied whole into an empty database, killed while they are made ready and copied."""

import random
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from .loops import COPYING, IMPORT, Place, steps_of
from .nursery import End, Fate

COPIED_FROM = 50
"""Rows from which on tables are to be copied whole here: waiting for files of tens of thousands
after every kill would take hours."""

BEGINNINGS = ("import.layer-written", "import.rows-ready")
"""Before the tables are made ready, and before they are copied."""

MAKE = Callable[[Path], Path]
"""Makes a folder a new installation."""


def into_nothing(place: Place, make: MAKE) -> End:
    """The import as it goes where nobody kills it."""
    _empty(place, make)
    end = place.nursery.done(*place.words("import"))
    place.version += 1
    return end


def fates_of(end: End, times: int, seed: int) -> list[Fate]:
    """A kill at each step of the copying that `end` came by, and so many at random times in it."""
    chance = random.Random(seed)
    over = end.moments[end.steps.index("import.committed")]
    fates = [Fate(step, nth) for step, nth in steps_of(end) if step.startswith(COPYING)]
    for number in range(times):
        step = BEGINNINGS[number % len(BEGINNINGS)]
        lasts = over - end.moments[end.steps.index(step)]
        fates.append(Fate(step, after=chance.uniform(0.001, lasts)))
    return fates


def copying_killed(place: Place, make: MAKE, fates: Iterable[Fate]) -> None:
    """Kill an import into an empty installation by each of `fates`, and import once more."""
    for fate in fates:
        _empty(place, make)
        schema = _schema(place)
        end = place.kill("import", fate)
        place.expect(_schema(place) == schema, f"{fate}: indexes or triggers aren't what they were")
        nothing = not place.version
        place.version = 1
        again = place.nursery.done("import", place.paths(1), *IMPORT, "--no-analyse")
        copied = "whole.copied" in again.steps
        place.expect(copied == nothing, f"{fate}: imported again by another road, {end.code}")
        place.expect(place.home.totals() == place.holds(1), f"{fate}: not to be repeated")
        place.expect(_schema(place) == schema, f"{fate}: indexes or triggers changed by repeating")
        place.tally.faults.extend([f"{fate}, repeated: {fault}" for fault in place.home.faults()])


def _empty(place: Place, make: MAKE) -> None:
    shutil.rmtree(place.home.folder)
    make(place.home.folder)
    place.version = 0


def _schema(place: Place) -> list[tuple[str, str, str]]:
    return place.home.rows("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
