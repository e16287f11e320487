"""What a command loads before it does anything: nobody waits for numbers to list the commands."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils.module_loading import import_string

from groundplan.organisation.jobs.registry import kind_named
from groundplan.project.jobs import PLACES

from .conftest import ROOT

HEAVY = ("numpy", "duckdb", "pyarrow")
COMMANDS = "import groundplan.project.main"
READY = "import django; django.setup()"


def loaded_after(statement: str, home: Path) -> list[str]:
    """Which heavy packages a process has loaded once `statement` has run."""
    script = f"import sys; {statement}; print(*(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "groundplan.project.settings",
            "GROUNDPLAN_HOME": str(home),
            "PYTHONPATH": str(ROOT / "src"),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


@pytest.mark.parametrize("statement", [COMMANDS, READY])
def test_commands_and_registries_load_nothing_that_computes(statement: str, tmp_path: Path) -> None:
    assert loaded_after(statement, tmp_path) == []


@pytest.mark.parametrize(("kind", "place"), PLACES.items())
def test_each_kind_of_job_is_done_by_a_function_that_is_there(kind: str, place: str) -> None:
    assert callable(import_string(place))
    assert kind_named(kind).repeatable
