"""The groundplan command as a terminal runs it: a process, a home, two streams, an exit code."""

import atexit
import csv
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.faults.nursery import Nursery
from tests.once import once

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Answer]
Home = Callable[[Path], Path]


@pytest.fixture(scope="session")
def new_home(run_folder: Path) -> Home:
    """Makes a folder a new installation, its database made once a run: that takes four seconds."""

    def make(place: Path) -> None:
        made = command_in(place)("performance", "--json")
        assert made.code == 0, made.err

    template = once(run_folder / "installation", make)

    def copied(place: Path) -> Path:
        shutil.copytree(template, place, dirs_exist_ok=True)
        return place

    return copied


def command_in(home: Path, **environment: str) -> Command:
    """The groundplan command with `home` as its GROUNDPLAN_HOME.

    Each is a process, forked from one that has imported everything: that takes longer than most
    commands. `process_in` starts Python itself, as restoring needs, which replaces a whole home
    before Django is made ready.
    """

    def run(*words: str | Path) -> Answer:
        end = _nursery().run(*words, environment={"GROUNDPLAN_HOME": str(home), **environment})
        # As text is read from a process.
        return Answer(end.code, end.out.replace("\r\n", "\n"), end.err)

    return run


@cache
def _nursery() -> Nursery:
    nursery = Nursery(Path(tempfile.mkdtemp(prefix="groundplan-nursery-")))

    @atexit.register
    def close() -> None:
        nursery.__exit__()
        shutil.rmtree(nursery.home, ignore_errors=True)

    return nursery


def process_in(home: Path, **environment: str) -> Command:
    """The groundplan command as a terminal starts it."""

    def run(*words: str | Path) -> Answer:
        done = subprocess.run(
            [sys.executable, "-m", "groundplan.project", *map(str, words)],
            env={
                **{k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"},
                "GROUNDPLAN_HOME": str(home),
                "PYTHONPATH": str(ROOT / "src"),
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    return run


def write_order_lines(path: Path) -> Path:
    """One file of order lines, under a shop's own column names: 60 accounts, 12 products."""
    chance = random.Random(20261121)
    with path.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["Order No", "Order Date", "Customer", "Product", "Net Amount"])
        for number in range(1500):
            customer = chance.randrange(60)
            # Customers of the same third buy from the same third of the range.
            product = customer % 3 * 4 + chance.randrange(5)
            day = date(2025, 1, 1) + timedelta(chance.randrange(660))
            lines.writerow(
                [
                    f"SO{number // 3:05d}",
                    day.isoformat(),
                    f"Customer {customer:02d}",
                    f"Product {product % 12:02d}",
                    f"{chance.lognormvariate(6, 0.7):.2f}",
                ]
            )
    return path


@pytest.fixture(scope="session")
def order_lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_order_lines(tmp_path_factory.mktemp("orders") / "order lines.csv")


@pytest.fixture(scope="session")
def new_shop(run_folder: Path, new_home: Home, order_lines: Path) -> Home:
    """Makes a folder an installation into which the order lines were imported."""

    def make(place: Path) -> None:
        answer = command_in(new_home(place))("import", order_lines, "--source", "shop", "--json")
        assert answer.code == 0, answer.err

    template = once(run_folder / "shop", make)
    return lambda place: shutil.copytree(template, place, dirs_exist_ok=True)


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory, new_shop: Home) -> Command:
    """The command in a home into which the order lines were imported."""
    return command_in(new_shop(tmp_path_factory.mktemp("shop")))
