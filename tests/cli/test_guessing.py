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
from django.conf import settings
# Argon2 takes a tenth of a second and more by design, for each guess.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from django.test import Client
from django.urls import get_resolver
get_resolver().url_patterns  # imports every page, and opens nothing
right, steps = sys.argv[1], json.loads(sys.argv[2])

def tried(passwords):
    from groundplan.people.models import User
    if not User.objects.exists():
        User.objects.create_user("ann@example.com", right)
    browser = Client(HTTP_HOST="localhost")
    tries = [{"login": "ann@example.com", "password": password} for password in passwords]
    return [browser.post("/sign-in/login/", sent).status_code == 302 for sent in tries]

for passwords in steps:
    child = os.fork()
    if child == 0:
        print(json.dumps(tried(passwords)), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


def tried_in_processes(home: Path, *steps: list[str]) -> list[list[bool]]:
    """Which passwords of each step signed in; each step is taken by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", TRIES, RIGHT, json.dumps(steps)],
        env={
            **{k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"},
            "GROUNDPLAN_HOME": str(home),
            "PYTHONPATH": str(ROOT / "src"),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_wrong_passwords_in_one_process_stop_guessing_in_another(
    tmp_path: Path, new_home: Home
) -> None:
    assert tried_in_processes(
        new_home(tmp_path / "home"),
        [RIGHT],
        [WRONG] * (MOST - 2),
        # Not yet too many: a mistyped password or two keep nobody out.
        [WRONG, RIGHT],
        [WRONG] * MOST,
        [RIGHT],
    ) == [[True], [False] * (MOST - 2), [False, True], [False] * MOST, [False]]
