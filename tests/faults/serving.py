"""A served installation, people who edit in it, and the killing of its parts."""

import http.client
import http.cookiejar
import os
import re
import secrets
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from uuid import UUID

from tests.cli.test_serving import children, eventually, free_port

from .checking import Home
from .nursery import ROOT

FOUNDING = {
    "organisation": "Alder",
    "currency": "USD",
    "time_zone": "UTC",
    "fiscal_start_month": "1",
    "name": "Ada",
    "email": "ada@example.com",
    "password": "correct horse battery",
}
PARTS = {"web server": "granian", "worker": " work"}
PATIENCE = 120
"""Seconds for one answer: a server just started, on a crowded machine, takes half a minute."""


class Served:
    """`groundplan serve` in a home; `environment` reaches all of its processes."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home, self.port = home, free_port()
        self.log = home.parent / "serve.log"
        kept = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        paths = [str(ROOT / "tests" / "faults" / "site"), str(ROOT / "src")]
        self.supervisor = subprocess.Popen(
            [sys.executable, "-m", "groundplan.project", "serve", "--port", str(self.port)],
            env={
                **kept,
                "GROUNDPLAN_HOME": str(home),
                "PYTHONPATH": os.pathsep.join(paths),
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=self.log.open("a"),
            text=True,
        )
        assert self.supervisor.stdout
        self.said = self.supervisor.stdout.readline()
        assert self.said, f"serve ended before it served:\n{self.log.read_text()[-3000:]}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def setup_code(self) -> str:
        found = re.search(r"code=(\S+)", self.said)
        return found[1] if found else ""

    def stop(self) -> None:
        self.supervisor.terminate()
        self.supervisor.wait(60)
        if self.supervisor.stdout:
            self.supervisor.stdout.close()

    def kill(self, part: str) -> bool:
        """Kill the web server's process that answers, the worker, or the supervisor."""
        if part == "supervisor":
            below = _below(self.supervisor.pid)
            self.supervisor.kill()
            self.supervisor.wait(30)
            # Its children are to follow it: nobody would stop them any more.
            return eventually(lambda: not any(map(_lives, below)))
        # One that was just killed is started again after a moment.
        return eventually(lambda: self._struck(part))

    def _struck(self, part: str) -> bool:
        """Whether a process was there to be killed: one may end between the look and the blow."""
        with suppress(ProcessLookupError):
            for pid in self._running(part)[-1:]:
                os.kill(pid, signal.SIGKILL)
                return True
        return False

    def _running(self, part: str) -> list[int]:
        """The processes of a part, those that do its work last."""
        top = [pid for pid, said in children(self.supervisor.pid).items() if PARTS[part] in said]
        return [*top, *(low for pid in top for low in _below(pid))]

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/health/", timeout=PATIENCE) as page:
                return bool(page.status == 200)
        except (OSError, http.client.HTTPException):
            return False


class Person:
    """Somebody at a browser: keeps cookies, sends forms, believes what is answered."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.cookies = http.cookiejar.CookieJar()
        self.open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies), _NoRedirect()
        ).open

    def get(self, path: str) -> int:
        with self.open(f"{self.served.address}{path}", timeout=PATIENCE) as page:
            return int(page.status)

    def post(self, path: str, **fields: str) -> bool:
        """Whether the answer was that it is done; OSError where there was none."""
        token = next((c.value for c in self.cookies if c.name == "csrftoken"), "") or ""
        sent = urllib.request.Request(
            f"{self.served.address}{path}",
            urllib.parse.urlencode(fields).encode(),
            {"X-CSRFToken": token},
        )
        try:
            with self.open(sent, timeout=PATIENCE) as page:
                return bool(page.status in (200, 204))
        except urllib.error.HTTPError as answered:
            return answered.code == 302

    def come_in(self) -> None:
        """Sign in; into a new installation by setting it up."""
        if self.served.setup_code:
            self.found()
        else:
            self.sign_in()

    def found(self) -> None:
        """Set the new installation up, as its administrator."""
        code = self.served.setup_code
        self.get(f"/setup/?code={code}")
        assert self.post("/setup/", code=code, **FOUNDING)

    def sign_in(self) -> None:
        self.get("/sign-in/login/")
        given = {"login": FOUNDING["email"], "password": FOUNDING["password"]}
        assert self.post("/sign-in/login/", **given)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@dataclass
class Editing:
    """One person's edits of their own accounts: what was acknowledged, what was only sent."""

    person: Person
    accounts: list[str]
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    sent: dict[str, list[str]] = field(default_factory=dict)
    statements: list[str] = field(default_factory=list)
    count: int = 0
    name: str = field(default_factory=lambda: secrets.token_hex(4))

    def run(self, stopped: Callable[[], bool]) -> None:
        while not stopped():
            account = self.accounts[self.count % len(self.accounts)]
            self.count += 1
            value = f"{self.name} {self.count}"
            try:
                self._edit(account, value)
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)

    def _edit(self, account: str, value: str) -> None:
        if self.count % 3 == 0:
            fields = {"topic": "culture", "as_of": "2026-11-01", "confidence": "high"}
            if self.person.post(f"/accounts/{account}/statements/", text=value, **fields):
                self.statements.append(value)
            return
        self.sent.setdefault(account, []).append(value)
        if self.person.post(f"/accounts/{account}/edit/", industry=value, region=value):
            self.acknowledged.setdefault(account, []).append(value)
            self.sent[account] = []

    def faults(self, home: Home) -> list[str]:
        """Edits that were acknowledged and aren't there, or are there by half."""
        found = []
        for account, values in self.acknowledged.items():
            value, key = values[-1], account.replace("-", "")
            [(pk, industry, region)] = home.rows(
                "SELECT id, industry, region FROM book_account WHERE uid = ?", key
            )
            if industry not in (value, *self.sent[account]) or region != industry:
                found.append(f"{account}: {value} was acknowledged, there is {industry}, {region}")
            edits = home.rows(
                "SELECT json_extract(edited, '$') FROM sources_fieldoverride WHERE kind = 'account'"
                " AND target_id = ? AND field IN ('industry', 'region')",
                pk,
            )
            if edits != [(industry,)] * 2:
                found.append(f"{account}: the edit {industry} is kept as {edits}")
            told = home.rows(
                "SELECT json_extract(detail, '$.industry.to') FROM organisation_auditentry"
                " WHERE key = ?",
                account,
            )
            if untold := {industry, *values} - {text for (text,) in told}:
                found.append(f"{account}: {untold} is not in the log")
        there = "SELECT count(*) FROM book_profilestatement WHERE text = ?"
        lost = [text for text in self.statements if home.one(there, text) != 1]
        return [*found, *(f"the statement {text} was acknowledged: not there" for text in lost)]


class Editors:
    """People who edit at the same time, until told to stop."""

    def __init__(self, served: Served, home: Home, people: int = 3) -> None:
        dashed = uids(home, 24)
        self._stop = threading.Event()
        self.all = []
        for number in range(people):
            person = Person(served)
            person.sign_in()
            self.all.append(Editing(person, dashed[number::people]))
        self._threads = [
            threading.Thread(target=one.run, args=(self._stop.is_set,)) for one in self.all
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def serve_by(self, served: Served) -> None:
        """Go on at another server: cookies are by host, not by port."""
        for one in self.all:
            one.person.served = served

    @property
    def acknowledged(self) -> int:
        """How many edits and statements were said to be kept."""
        edits = sum(len(values) for one in self.all for values in one.acknowledged.values())
        return edits + sum(len(one.statements) for one in self.all)

    def faults(self, home: Home) -> list[str]:
        return [fault for one in self.all for fault in one.faults(home)]


def uids(home: Home, count: int) -> list[str]:
    """The first accounts, as addresses name them."""
    found = home.rows("SELECT uid FROM book_account ORDER BY id LIMIT ?", count)
    return [str(UUID(uid)) for (uid,) in found]


def _below(parent: int) -> list[int]:
    """Every process below `parent`, parents first."""
    direct = list(children(parent))
    return direct + [low for pid in direct for low in _below(pid)]


def _lives(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
