"""Files sent to a real server: cut in the middle, too large, unwelcome, to a full disk."""

import http.client
import os
import resource
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from groundplan.cli.serving import web_server

from .conftest import ROOT, Home
from .test_doors import in_a_process
from .test_serving import children, eventually, free_port

LEADER = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "groundplan.project.settings"
import django
django.setup()
from groundplan.people.models import User
User.objects.create_user("ann@example.com", "correct horse battery", role="leader")
"""
NEW = "/imports/new/"
EDGE = "edge-of-a-part"
MIB = 1 << 20


class Site:
    """A served home, its arriving files in a folder of their own, and a leader who is signed in."""

    def __init__(self, home: Path, port: int, arriving: Path, pid: int) -> None:
        self.home, self.port, self.arriving, self.pid = home, port, arriving, pid
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port)) as browser:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            browser.request(method, path, body, {"Cookie": cookie, **headers})
            answer = browser.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = line.split(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.read().decode()

    def sign_in(self) -> None:
        self.ask("GET", "/sign-in/login/")
        sent = {"login": "ann@example.com", "password": "correct horse battery"}
        body = urlencode(sent | {"csrfmiddlewaretoken": self.cookies["csrftoken"]}).encode()
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        assert self.ask("POST", "/sign-in/login/", body, **form)[0] == 302

    def form(self, content: bytes, name: str = "orders.csv") -> bytes:
        fields = {"csrfmiddlewaretoken": self.cookies["csrftoken"], "source": "ERP"}
        parts = [
            f'--{EDGE}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        ]
        parts.append(
            f'--{EDGE}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
            "Content-Type: text/csv\r\n\r\n"
        )
        return "".join(parts).encode() + content + f"\r\n--{EDGE}--\r\n".encode()

    def send(self, content: bytes, name: str = "orders.csv") -> tuple[int, str]:
        form = {"Content-Type": f"multipart/form-data; boundary={EDGE}"}
        return self.ask("POST", NEW, self.form(content, name), **form)

    def begin(self, length: int, start: bytes = b"") -> socket.socket:
        """Announces a form of `length` bytes and sends its start."""
        line = socket.create_connection(("127.0.0.1", self.port))
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = [
            f"POST {NEW} HTTP/1.1",
            "Host: 127.0.0.1",
            f"Cookie: {cookie}",
            f"Content-Type: multipart/form-data; boundary={EDGE}",
            f"Content-Length: {length}",
        ]
        line.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + start)
        return line

    def left_behind(self) -> list[str]:
        """Uploads in the database, and files of uploads anywhere."""
        with closing(sqlite3.connect(self.home / "groundplan.sqlite3")) as database:
            rows = [str(row) for row in database.execute("SELECT uid FROM intake_upload")]
        kept = self.home / "uploads"
        folders = [path.name for path in kept.iterdir()] if kept.exists() else []
        return rows + folders + [path.name for path in self.arriving.glob("*upload*")]

    def is_clean(self) -> bool:
        """Soon nothing is left behind: a server answers first, then closes what arrived."""
        return eventually(lambda: not self.left_behind())

    @contextmanager
    def bounded(self, largest: int) -> Iterator[None]:
        """`largest` bytes are all that a file of the server's may have: what a full disk is like,
        without one."""

        def bound(size: int) -> None:
            for process in children(self.pid):
                resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

        bound(largest)
        yield
        bound(resource.RLIM_INFINITY)

    def clear(self) -> None:
        with closing(sqlite3.connect(self.home / "groundplan.sqlite3", timeout=30)) as database:
            database.execute("DELETE FROM intake_upload")
            database.commit()
        shutil.rmtree(self.home / "uploads", ignore_errors=True)
        for path in self.arriving.glob("*upload*"):
            path.unlink()


@contextmanager
def served(home: Path, arriving: Path) -> Iterator[Site]:
    """Without the worker."""
    arriving.mkdir()
    in_a_process(home, LEADER)
    port = free_port()
    kept = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    paths = {"PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(arriving)}
    child = web_server("127.0.0.1", port)
    child.running = subprocess.Popen(
        child.command,
        env={**kept, "GROUNDPLAN_HOME": str(home), **paths},
        start_new_session=True,
    )
    site = Site(home, port, arriving, child.running.pid)

    def answers() -> bool:
        try:
            return site.ask("GET", "/health/")[0] == 200
        except OSError:
            return False

    try:
        assert eventually(answers)
        site.sign_in()
        yield site
    finally:
        child.stop()


@pytest.fixture(scope="module")
def one_site(tmp_path_factory: pytest.TempPathFactory, new_home: Home) -> Iterator[Site]:
    place = tmp_path_factory.mktemp("site")
    with served(new_home(place / "home"), place / "arriving") as site:
        yield site


@pytest.fixture
def site(one_site: Site) -> Iterator[Site]:
    """The one server of these tests, its leader signed in and nothing left of other tests."""
    signed_in = dict(one_site.cookies)
    yield one_site
    one_site.cookies = signed_in
    one_site.clear()


def test_an_upload_that_is_cut_in_the_middle_leaves_nothing(site: Site) -> None:
    whole = site.form(b"account_id,name\r\n" + b"A1,Alder\r\n" * 500_000)
    # In the midst of the file, behind what looks like the end of a row.
    with site.begin(len(whole), whole[: 3 * MIB]):
        assert eventually(lambda: bool(list(site.arriving.glob("*upload*"))))
    assert site.is_clean(), site.left_behind()
    assert site.send(b"account_id,name\r\nA1,Alder\r\n")[0] == 302
    assert eventually(lambda: len(site.left_behind()) == 2), site.left_behind()


def test_more_than_the_limit_is_refused_before_it_is_sent(site: Site) -> None:
    with site.begin(9 * 1024**3) as line:
        assert b" 413 " in line.recv(200).split(b"\r\n")[0]
    assert site.is_clean()


def test_strangers_send_no_files(site: Site) -> None:
    site.cookies.clear()
    with site.begin(100 * MIB) as line:
        assert line.recv(200).split(b"\r\n")[0].split()[1] in (b"302", b"413")
    assert site.is_clean()


def test_what_is_no_table_is_named_and_not_kept(site: Site) -> None:
    status, page = site.send(b"MZ\x90", "setup.exe")
    assert status == 422
    assert "setup.exe is no file that can be read" in page
    assert site.is_clean()


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="bounds processes as Linux does")
def test_a_full_disk_is_told_and_nothing_is_kept(site: Site) -> None:
    with site.bounded(8 * MIB):
        status, page = site.send(b"account_id,name\r\n" + b"A1,Alder\r\n" * (12 * MIB // 10))
        assert status == 422
        assert "no room for these files" in page
        assert site.is_clean()
        assert site.send(b"account_id,name\r\nA1,Alder\r\n")[0] == 302
