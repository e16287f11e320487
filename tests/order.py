"""What takes long begins first, so that no worker is left with it when the others have ended."""

import os
from collections.abc import Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import TypeVar

import pytest

LONG = (
    "faults/",
    "postgresql/",
    "cli/test_guessing.py",
    "web/test_every_number.py",
    "measures/test_range",
    "cli/test_serving.py",
    "intake/test_undoing.py",
)
"""Rooms and modules whose tests take ten seconds or more each. They are dealt to workers in turn:
no worker gets two that take minutes.

Not the browser's: while it is open in a worker, connections of its own may still read what the
worker's next test writes to, and tables of a shared cache lock each other. They stay behind.
"""

T = TypeVar("T")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """After pytest-django, which orders tests by what they need of the database."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = dealt([(rank(item.path), item) for item in items], workers)


def rank(module: Path) -> int:
    """Where in `LONG` a module stands; what isn't there comes last."""
    place = module.relative_to(Path(__file__).parent).as_posix()
    return next((i for i, begin in enumerate(LONG) if place.startswith(begin)), len(LONG))


def dealt(ranked: Sequence[tuple[int, T]], workers: int) -> list[T]:
    """The tests in an order in which each worker's share begins with long ones.

    Stealing workers get equal shares of neighbours at first. Tests of one rank stay together, and
    all of them in the order that they had.
    """
    long = sorted((one for one in ranked if one[0] < len(LONG)), key=lambda one: one[0])
    groups = [[test for _, test in group] for _, group in groupby(long, key=lambda one: one[0])]
    rest = iter([test for number, test in ranked if number == len(LONG)])
    order: list[T] = []
    for worker in range(workers):
        share = (len(ranked) - len(order)) // (workers - worker)
        heads = [test for group in groups[worker::workers] for test in group]
        order += [*heads, *islice(rest, max(0, share - len(heads)))]
    return [*order, *rest]
