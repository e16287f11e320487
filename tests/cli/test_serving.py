"""serve: one command is an installation, and stays one when a part of it dies."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from groundplan.cli.serving import MOST_PROCESSES
from groundplan.kernel.machine import processors

from .conftest import ROOT, Home


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(look: Callable[[], bool], seconds: float = 300) -> bool:
    """Whether it comes to pass; how soon says more about what else the machine has to do."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if look():
            return True
        time.sleep(0.1)
    return False


def children(parent: int) -> dict[int, str]:
    """Process ids and command lines of a process's children."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text()
            words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if re.search(rf"^PPid:\s+{parent}$", status, re.M):
            found[int(folder.name)] = words
    return found


@pytest.fixture
def served(tmp_path: Path, new_home: Home) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A new installation being served: its supervisor and its port."""
    home = new_home(tmp_path)
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    supervisor = subprocess.Popen(
        [sys.executable, "-m", "groundplan.project", "serve", "--port", str(port)],
        env={**environment, "GROUNDPLAN_HOME": str(home), "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield supervisor, port
    finally:
        supervisor.terminate()
        supervisor.wait(60)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads processes from /proc")
def test_a_new_installation_leads_to_its_first_administrator_and_survives_a_killed_worker(
    served: tuple[subprocess.Popen[str], int],
) -> None:
    supervisor, port = served
    assert supervisor.stdout
    said = supervisor.stdout.readline()
    address = re.search(r"http://\S+", said)
    assert address, said
    assert "/setup/?code=" in address[0]
    with urllib.request.urlopen(address[0]) as page:
        assert page.status == 200
    [web] = [pid for pid, words in children(supervisor.pid).items() if "granian" in words]
    assert len(children(web)) == min(MOST_PROCESSES, processors())
    workers = [pid for pid, words in children(supervisor.pid).items() if " work" in words]
    os.kill(workers[0], signal.SIGKILL)

    def replaced() -> bool:
        now = [pid for pid, words in children(supervisor.pid).items() if " work" in words]
        return bool(now) and now != workers

    assert eventually(replaced)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/") as page:
        assert page.status == 200
    supervisor.terminate()
    assert supervisor.wait(60) == 0
    assert children(supervisor.pid) == {}
