"""The supervisor: one web server and one worker, started again when they end unasked."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

import click

from groundplan.kernel.machine import processors

RESTART_AFTER_SECONDS = 2.0
STOP_WITHIN_SECONDS = 15.0
MOST_PROCESSES = 4
"""Each takes some 80 MB."""
KILL_WORKERS_AFTER_SECONDS = 10
"""A web process told to end while it starts, or held up by a half-sent request, may never hear
it: granian itself would wait without a limit. Less than `STOP_WITHIN_SECONDS`."""
THREADS = 4
"""Of each process, so that an export or upload doesn't keep its pages waiting."""
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A process that is to run as long as the supervisor does."""

    name: str
    command: list[str]
    running: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    ends: int = field(default=0)

    def start(self) -> None:
        self.started = time.monotonic()
        # What the last one left of its session would still serve, or hold what the next one needs.
        self._end_session()
        # A session of its own: Ctrl-C reaches the supervisor, which stops its children in order.
        self.running = subprocess.Popen(
            self.command,
            start_new_session=True,
            preexec_fn=_end_with_supervisor,  # noqa: PLW1509 - the supervisor has one thread
        )

    def ended(self) -> bool:
        return self.running is not None and self.running.poll() is not None

    def stop(self) -> None:
        if self.running is None:
            return
        self.running.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.running.wait(STOP_WITHIN_SECONDS)
        self._end_session()

    def _end_session(self) -> None:
        if self.running is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.running.pid, signal.SIGKILL)


def _end_with_supervisor() -> None:
    """Have the system stop a child whose supervisor was killed and can't do so any more."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def web_server(host: str, port: int) -> Child:
    """granian over WSGI: measured to have no floor under its latency, unlike ASGI with views
    that block. As many processes as there are processors, for threads of one take turns; none
    knows what another has in memory, so that what they count together is in the database."""
    processes = min(MOST_PROCESSES, processors())
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host]
    command += ["--port", str(port), "--workers", str(processes)]
    command += ["--blocking-threads", str(THREADS)]
    command += ["--workers-kill-timeout", str(KILL_WORKERS_AFTER_SECONDS)]
    command += ["--no-ws", "--log-level", "warning", "--respawn-failed-workers"]
    return Child("web server", [*command, "groundplan.project.wsgi:application"])


def worker() -> Child:
    return Child("worker", [sys.executable, "-m", "groundplan.project", "work"])


def supervise(children: list[Child], ready: Callable[[], None]) -> None:
    """Run `children` until this process is told to stop, starting again those that end."""
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    for child in children:
        child.start()
    ready()
    try:
        while not stopping:
            time.sleep(0.2)
            for child in children:
                if child.ended() and not stopping:
                    _start_again(child)
    finally:
        for child in children:
            child.stop()


def wait_until_served(host: str, port: int, seconds: float = 90) -> None:
    """Return once somebody listens there; an error where nobody does within `seconds`."""
    until = time.monotonic() + seconds
    reachable = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((reachable, port)) == 0:
                return
        time.sleep(0.05)
    raise click.ClickException(f"The web server doesn't answer on port {port}.")


def _start_again(child: Child) -> None:
    child.ends += 1
    lived = time.monotonic() - child.started
    if child.ends > 5 and lived < RESTART_AFTER_SECONDS * 2:
        raise click.ClickException(f"The {child.name} keeps ending; its messages above say why.")
    click.echo(f"The {child.name} ended and is started again.", err=True)
    time.sleep(RESTART_AFTER_SECONDS)
    child.start()
