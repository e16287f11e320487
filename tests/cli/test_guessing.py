"""Guessing passwords is counted by all web processes together."""

import json
import os
import subprocess
import sys
from pathlib import Path

from .conftest import ROOT, Home

WRONG, RIGHT = "wrong horse battery", "correct horse battery"
MOST = 5
"""Wrong passwords for one address within five minutes, as the settings say."""
TRIES = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "groundplan.project.settings"
import django
django.setup()
from django.test import Client
from groundplan.people.models import User
right, passwords = sys.argv[1], json.loads(sys.argv[2])
if not User.objects.exists():
    User.objects.create_user("ann@example.com", right)
browser = Client(HTTP_HOST="localhost")
tries = [{"login": "ann@example.com", "password": password} for password in passwords]
print([browser.post("/sign-in/login/", sent).status_code == 302 for sent in tries])
"""


def tries_in_a_process(home: Path, *passwords: str) -> str:
    """Which of these passwords signed in, tried one after another in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", TRIES, RIGHT, json.dumps(passwords)],
        env={
            **{k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"},
            "GROUNDPLAN_HOME": str(home),
            "PYTHONPATH": str(ROOT / "src"),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_wrong_passwords_in_one_process_stop_guessing_in_another(
    tmp_path: Path, new_home: Home
) -> None:
    home = new_home(tmp_path / "home")
    assert tries_in_a_process(home, RIGHT) == "[True]"
    assert tries_in_a_process(home, *[WRONG] * (MOST - 2)) == str([False] * (MOST - 2))
    # Not yet too many: a mistyped password or two keep nobody out.
    assert tries_in_a_process(home, WRONG, RIGHT) == "[False, True]"
    assert tries_in_a_process(home, *[WRONG] * MOST) == str([False] * MOST)
    assert tries_in_a_process(home, RIGHT) == "[False]"
