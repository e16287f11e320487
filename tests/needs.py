"""Tests that need Chromium, PostgreSQL or the sample exports skip, with the reason, without them.

Where GROUNDPLAN_TESTS_NEED names one of them, as CI does after installing it, they fail instead.
"""

import os
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "shared" / "data"


def need(what: str, found: object, reason: str) -> None:
    """Go on where `found`; otherwise skip, or fail where this run promised to have `what`."""
    if found:
        return
    if what in os.environ.get("GROUNDPLAN_TESTS_NEED", "").split():
        pytest.fail(f"{reason} (and this run is to have {what})")
    pytest.skip(reason)


def samples(folder: str) -> Path:
    """The folder of one set of sample exports, beside the project."""
    path = SAMPLES / folder
    need("samples", path.is_dir(), f"no sample exports in {path}")
    return path
