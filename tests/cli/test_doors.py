"""Signing in while somebody else writes to the database for long."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from .conftest import ROOT, Home

SIGN_IN = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "groundplan.project.settings"
import django
django.setup()
from django.test import Client
browser = Client(HTTP_HOST="localhost")
sent = {"login": "ann@example.com", "password": "correct horse battery"}
print(browser.post("/sign-in/login/", sent).status_code, browser.get("/sign-in/login/").status_code)
"""
FOUND = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "groundplan.project.settings"
import django
django.setup()
from groundplan.people.models import User
User.objects.create_user("ann@example.com", "correct horse battery")
"""


def in_a_process(home: Path, program: str) -> str:
    kept = {k: v for k, v in os.environ.items() if k not in ("DJANGO_SETTINGS_MODULE",)}
    env = {**kept, "GROUNDPLAN_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_signing_in_waits_for_nobody_who_writes_to_the_database(
    tmp_path: Path, new_home: Home
) -> None:
    home = new_home(tmp_path / "home")
    in_a_process(home, FOUND)
    with closing(sqlite3.connect(home / "groundplan.sqlite3", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        # Signed in, whoever comes back to the door is sent on.
        assert in_a_process(home, SIGN_IN) == "302 302"
