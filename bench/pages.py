"""Pages at one and eight clients, against a bare page of the same server in the same run.

Imported only once Django is ready.
"""

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from groundplan.book.selectors import visible_accounts
from groundplan.cli.serving import web_server
from groundplan.people.contracts import SYSTEM
from groundplan.people.models import Person, User

from .measuring import Measured, percentile

SELLER, LEADER = "u010", "u001"
REQUESTS, WARM_UP = 60, 3
CLIENTS = (1, 8)
BARE = "/health/"


@dataclass(frozen=True, slots=True)
class Probe:
    """A page: who opens it, and how many milliseconds its 95th percentile may take alone."""

    name: str
    address: str
    login: str
    budget: int


def probes() -> list[Probe]:
    """The pages that have figures to keep; the account is one that the seller owns."""
    account = visible_accounts(SYSTEM).filter(owner__login=SELLER).earliest("id")
    return [
        Probe("accounts of a seller by expected revenue", "/accounts/?sort=-expected", SELLER, 25),
        Probe("account", f"/accounts/{account.uid}/", SELLER, 40),
        Probe("performance by owner and quarter", "/performance/?by=owner", LEADER, 150),
        Probe("whitespace grid", "/whitespace/cells.json?rows=500&columns=60", SELLER, 250),
    ]


def measure_pages() -> list[Measured]:
    """Every page that is there; one that isn't, or that fails, is told as such."""
    cookies = {SELLER: signed_in(SELLER, "member"), LEADER: signed_in(LEADER, "leader")}
    lines = []
    with served() as port:
        bare = {count: _times(port, BARE, "", count) for count in CLIENTS}
        for count, times in bare.items():
            lines.append(Measured(f"bare page, {_clients(count)}", _told(times), "1.0 x"))
        for probe in probes():
            status = status_of(port, probe.address, cookies[probe.login])
            if status != 200:
                lines.append(Measured(probe.name, f"answers {status}"))
                continue
            for count in CLIENTS:
                times = _times(port, probe.address, cookies[probe.login], count)
                ratio = percentile(times, 0.5) / percentile(bare[count], 0.5)
                budget = f" (budget p95 {probe.budget * count} ms)"
                name = f"{probe.name}, {_clients(count)}"
                lines.append(Measured(name, _told(times) + budget, f"{ratio:.1f} x"))
    return lines


def _clients(count: int) -> str:
    return "one client" if count == 1 else f"{count} clients"


def _told(times: list[float]) -> str:
    return f"p50 {percentile(times, 0.5):.1f} ms, p95 {percentile(times, 0.95):.1f} ms"


def signed_in(login: str, role: str) -> str:
    """A session of the person `login`, made without the sign-in page; returns its cookie."""
    person = Person.objects.get(login=login)
    user, _ = User.objects.update_or_create(
        person=person, defaults={"email": f"{login}@example.com", "role": role}
    )
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


@contextmanager
def served() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    # Without the worker: the imports have asked for an analysis that would run meanwhile.
    command = list(web_server("127.0.0.1", port).command)
    server = subprocess.Popen(command, env=os.environ.copy(), stdout=subprocess.DEVNULL)
    try:
        _wait(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        try:
            if status_of(port, BARE, "") == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server doesn't answer")


def status_of(port: int, address: str, cookie: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        return _ask(connection, address, cookie)
    finally:
        connection.close()


def _ask(connection: http.client.HTTPConnection, address: str, cookie: str) -> int:
    connection.request("GET", address, headers={"Cookie": cookie} if cookie else {})
    response = connection.getresponse()
    response.read()
    return response.status


def _times(port: int, address: str, cookie: str, clients: int) -> list[float]:
    """Milliseconds of each of REQUESTS requests, spread over clients that keep connections."""

    def client(_: int) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        times = []
        for index in range(WARM_UP + REQUESTS // clients):
            start = time.perf_counter()
            _ask(connection, address, cookie)
            if index >= WARM_UP:
                times.append(1000 * (time.perf_counter() - start))
        connection.close()
        return times

    with ThreadPoolExecutor(clients) as pool:
        return [taken for times in pool.map(client, range(clients)) for taken in times]
