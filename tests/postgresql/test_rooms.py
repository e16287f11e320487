"""Pages, search, imports and plans behave on PostgreSQL as their own tests say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import ROOT

from .conftest import MIGRATED

pytestmark = pytest.mark.postgresql


@pytest.mark.parametrize(
    "files",
    [
        (
            "web/test_accounts.py",
            "web/test_account.py",
            "web/test_palette.py",
            "insight/test_account_list.py",
            "plans/test_whole_way.py",
        ),
        ("intake/test_importing.py", "intake/test_custom_columns.py"),
    ],
    ids=["lists, pages, search and plans", "imports"],
)
@pytest.mark.usefixtures("new_database")
# Its tests have a limit each.
@pytest.mark.timeout(0)
def test_a_room_keeps_its_behaviour(postgresql: str, files: tuple[str, ...]) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    environment |= {"DATABASE_URL": f"{postgresql}/postgres", "TESTS_COPY_DATABASE": MIGRATED}
    paths = [str(Path("tests") / file) for file in files]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", "--tb=short", *paths],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
