"""Orders imported so often that their layers are folded, killed while they are."""

from pathlib import Path

from .checking import Home, orders_held
from .loops import Tally
from .nursery import Fate, Nursery

KILLED_AT = ("layers.fold-written", "layers.folded")
MANY = 80
"""Imports after which something must have been folded."""


def folding_killed(home: Path, files: Path) -> Tally:
    """Imports until one is killed while it folds, the next one, and a look; for each step."""
    tally, number = Tally(), 0
    files.mkdir()
    with Nursery(home) as nursery:
        for step in KILLED_AT:
            killed = False
            while not killed and number < MANY:
                number += 1
                end = nursery.run(*_words(files, number), fate=Fate(step=step))
                killed = end.killed
                if not killed and end.code:
                    tally.faults.append(f"import {number} ended {end.code}: {end.err[-1500:]}")
                tally.steps |= set(end.steps)
            tally.kills += 1
            tally.landed += killed
            number += 1
            nursery.done(*_words(files, number))
            if orders_held(Home(home)) != _wanted(number):
                tally.faults.append(f"killed at {step}: other orders hold than were imported")
            tally.faults.extend([f"killed at {step}: {fault}" for fault in Home(home).faults()])
    return tally


def _words(files: Path, number: int) -> tuple[str | Path, ...]:
    """Imports an order of its own and that of the import before again."""
    path = files / f"orders {number}.csv"
    lines = [f"O{n},A{n % 3},P,2025-06-01,{n * 100 + number}" for n in (number - 1, number)]
    path.write_text("\n".join(["order_id,account_id,product_id,date,amount", *lines, ""]))
    return "import", path, "--source", "shop", "--no-analyse"


def _wanted(last: int) -> dict[str, int]:
    return {f"O{n}": n * 100 + min(n + 1, last) for n in range(last + 1)}
