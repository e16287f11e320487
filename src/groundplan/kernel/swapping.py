"""Changes what a home holds for something else, in steps that a kill can't leave half done.

The home itself is not renamed: it may be where a disk is mounted. What is moving is written down
first, and whoever uses the home next finishes it.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from .occupancy import LOCK, alone_in
from .steps import step
from .syncing import sync

JOURNAL = ".restore.json"
ASIDE, COMING = "before-", "restoring-"
"""How the folders are called that hold what was there before, and what is to be there."""


@dataclass(frozen=True, slots=True)
class _Move:
    """`out` moves the old to `aside`, `in` moves the new from `coming` to its place."""

    phase: str
    coming: str
    aside: str


def contents(home: Path) -> list[Path]:
    """What is in use in a home: without locks, and without what restores put aside."""
    return sorted(path for path in home.iterdir() if not _stays(path.name))


def swap(home: Path, coming: Path, aside: Path) -> None:
    """Put what is in `coming` into the home's place; what was there is in `aside` afterwards.

    Both are folders in the home. Called by who is alone in it.
    """
    _write(home, _Move("out", coming.name, aside.name))
    step("restore.journal-written")
    finish(home)


def finish_if_begun(home: Path) -> None:
    """Finish what a killed restore began, if it got that far."""
    if (home / JOURNAL).exists():
        with alone_in(home) as alone:
            if alone and (home / JOURNAL).exists():
                finish(home)


def finish(home: Path) -> None:
    move = _Move(**json.loads((home / JOURNAL).read_text()))
    if move.phase == "out":
        for path in contents(home):
            (home / move.aside).mkdir(mode=0o700, exist_ok=True)
            path.rename(home / move.aside / path.name)
            step("restore.moved-out")
        move = replace(move, phase="in")
        _write(home, move)
    for path in _sorted_if_there(home / move.coming):
        path.rename(home / path.name)
        step("restore.moved-in")
    sync(home)
    (home / JOURNAL).unlink()
    _remove_empty(home / move.coming)
    sync(home)


def _sorted_if_there(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.iterdir()) if folder.is_dir() else ()


def _remove_empty(folder: Path) -> None:
    if folder.is_dir():
        folder.rmdir()


def _stays(name: str) -> bool:
    return name in (LOCK, JOURNAL) or name.startswith((ASIDE, COMING))


def _write(home: Path, move: _Move) -> None:
    partial = home / f"{COMING}journal"
    partial.write_text(json.dumps(asdict(move)))
    sync(partial)
    sync(home)
    partial.rename(home / JOURNAL)
    sync(home)
