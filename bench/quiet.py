"""Pages and signing in while a large import runs, against the same without one.

Imported only once Django is ready. The home keeps what is imported.
"""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from groundplan.people.models import User

from .measuring import Measured, percentile, seconds_of
from .pages import LEADER, SELLER, probes, served, signed_in, status_of

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "correct horse battery"
DOOR = "/sign-in/login/"
ROUNDS = 30
BETWEEN_SIGN_INS = 2.2
"""Seconds: more than thirty a minute from one address are refused."""

Times = dict[str, list[float]]


def measure_quiet(workload: Path) -> list[Measured]:
    """The list, the grid and signing in: p95 while accounts are imported against p95 before."""
    cookies = {SELLER: signed_in(SELLER, "member"), LEADER: signed_in(LEADER, "leader")}
    user = User.objects.get(person__login=SELLER)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    # A new password ends the sessions that were there.
    cookies[SELLER] = signed_in(SELLER, "member")
    wanted = [p for p in probes() if "list" in p.name or p.name.startswith(("acc", "white"))]
    with served() as port:
        asks: dict[str, Callable[[], object]] = {
            probe.name: lambda probe=probe: status_of(  # type: ignore[misc]
                port, probe.address, cookies[probe.login]
            )
            for probe in wanted
        }
        asks["signing in"] = lambda: _sign_in(port, user.email)
        usual = _usual(asks)
        with _importing(workload) as importing:
            meanwhile, seconds = _during(asks, importing)
    return [_told(name, usual[name], meanwhile[name], seconds) for name in asks]


def _usual(asks: dict[str, Callable[[], object]]) -> Times:
    for ask in asks.values():
        ask()
    return _rounds(asks, lambda done: done < ROUNDS)


def _during(
    asks: dict[str, Callable[[], object]], importing: "subprocess.Popen[bytes]"
) -> tuple[Times, float]:
    start = time.perf_counter()
    times = _rounds(asks, lambda _: importing.poll() is None)
    if importing.returncode:
        raise RuntimeError("the import failed")
    return times, time.perf_counter() - start


def _rounds(asks: dict[str, Callable[[], object]], more: Callable[[int], bool]) -> Times:
    """Milliseconds of each ask, one after another, a round every few seconds."""
    times: Times = {name: [] for name in asks}
    done = 0
    while more(done):
        began = time.perf_counter()
        for name, ask in asks.items():
            times[name].append(1000 * seconds_of(ask))
        time.sleep(max(0.0, BETWEEN_SIGN_INS - (time.perf_counter() - began)))
        done += 1
    return times


def _told(name: str, usual: list[float], meanwhile: list[float], seconds: float) -> Measured:
    before, now = percentile(usual, 0.95), percentile(meanwhile, 0.95)
    return Measured(
        f"{name}, while accounts are imported for {seconds:.0f} s (budget 2 x)",
        f"p95 {now:.1f} ms, {before:.1f} ms without; at most {max(meanwhile):.0f} ms",
        f"{now / before:.1f} x",
    )


@contextmanager
def _importing(workload: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The accounts again, as those of another source: a process of its own, as the worker is."""
    command = [sys.executable, "-m", "groundplan.project", "import", str(workload / "accounts.csv")]
    command += [
        "--no-analyse",
        "--source",
        f"quiet {time.time():.0f}",
        "--map",
        str(_mapping(workload)),
    ]
    importing = subprocess.Popen(command, env=os.environ.copy(), stdout=subprocess.DEVNULL)
    try:
        yield importing
    finally:
        importing.terminate()
        importing.wait(60)


def _mapping(workload: Path) -> Path:
    """Of the workload's mapping the accounts alone, under no source of its own."""
    text = (ROOT / "bench" / "workload.toml").read_text(encoding="utf-8")
    [accounts] = [part for part in text.split("[[tables]]") if 'file = "accounts.csv"' in part]
    path = Path(os.environ["GROUNDPLAN_HOME"]) / "quiet.toml"
    path.write_text(f"[[tables]]{accounts}", encoding="utf-8")
    return path


def _sign_in(port: int, email: str) -> None:
    browser = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        browser.request("GET", DOOR)
        answer = browser.getresponse()
        answer.read()
        cookies = [line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or []]
        [token] = [one.partition("=")[2] for one in cookies if one.startswith("csrftoken")]
        sent = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(cookies),
        }
        browser.request("POST", DOOR, urlencode(sent), headers)
        answer = browser.getresponse()
        answer.read()
        if answer.status != 302:
            raise RuntimeError(f"signing in answers {answer.status}")
    finally:
        browser.close()
