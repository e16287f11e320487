"""Two imports at once: the second waits, then says so."""

from pathlib import Path

import pytest

from groundplan.intake.locking import merging_alone
from groundplan.kernel.errors import Conflict
from groundplan.kernel.progress import Silent


def test_a_second_import_is_refused_when_the_first_does_not_end(tmp_path: Path) -> None:
    with (
        merging_alone(tmp_path, Silent()),
        pytest.raises(Conflict, match="still running"),
        merging_alone(tmp_path, Silent(), patience=0),
    ):
        raise AssertionError("both hold the lock")


def test_the_lock_is_free_again_after_an_import_that_failed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="x"), merging_alone(tmp_path, Silent()):
        raise ValueError("x")
    with merging_alone(tmp_path, Silent(), patience=0):
        assert (tmp_path / ".lock").exists()
