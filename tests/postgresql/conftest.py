"""A PostgreSQL server of the tests' own, on a socket in a temporary folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from tests.cli.conftest import Command, command_in, new_home, new_shop, order_lines
from tests.needs import need

__all__ = ["new_home", "new_shop", "order_lines"]

NewDatabase = Callable[..., str]
NewShop = Callable[[Path], Command]
MIGRATED = "migrated"
"""A database that has every table and no rows, to be copied."""


def binary(name: str) -> str | None:
    """Debian keeps the server's programs out of the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


def as_server_user(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return command
    runuser = shutil.which("runuser", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    return [runuser or "runuser", "-u", "postgres", "--", *command]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The server's address, as DATABASE_URL takes it, but for the name of a database."""
    initdb, pg_ctl = binary("initdb"), binary("pg_ctl")
    need("postgresql", initdb and pg_ctl, "PostgreSQL is not installed")
    assert initdb
    assert pg_ctl
    place = Path(tempfile.mkdtemp(prefix="groundplan-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(place, "postgres", "postgres")
    cluster = place / "cluster"
    options = f"-k {place} -c listen_addresses='' -c fsync=off"

    def run(*command: str) -> None:
        subprocess.run(as_server_user([*command]), check=True, capture_output=True, cwd=place)

    # Names in the order of a language, as servers have them: the embedded database has bytes'.
    order = ("--locale-provider=icu", "--icu-locale=en-US")
    run(initdb, "-D", str(cluster), "-U", "groundplan", "-A", "trust", "-E", "UTF8", *order)
    run(pg_ctl, "-D", str(cluster), "-o", options, "-l", str(place / "log"), "-w", "start")
    try:
        # The socket's folder stands in the host's place, where its slashes have to be quoted.
        yield f"postgresql://groundplan@{quote(str(place), safe='')}"
    finally:
        run(pg_ctl, "-D", str(cluster), "-m", "immediate", "stop")
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="session")
def new_database(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    """Makes addresses of new databases; their tables are made once and copied."""
    numbers = count(1)

    def create(name: str, template: str) -> str:
        with psycopg.connect(f"{postgresql}/postgres", autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return f"{postgresql}/{name}"

    made = create(MIGRATED, "template0")
    run = command_in(tmp_path_factory.mktemp("migrated"), DATABASE_URL=made)
    assert run("performance", "--json").code == 0
    return lambda template=MIGRATED: create(f"copy_{next(numbers)}", template)


@pytest.fixture(scope="session")
def new_server_shop(
    tmp_path_factory: pytest.TempPathFactory, new_database: NewDatabase, order_lines: Path
) -> NewShop:
    """Makes a folder an installation on PostgreSQL into which the order lines were imported."""
    home, database = tmp_path_factory.mktemp("server shop"), new_database()
    answer = command_in(home, DATABASE_URL=database)(
        "import", order_lines, "--source", "shop", "--json"
    )
    assert answer.code == 0, answer.err

    def copied(place: Path) -> Command:
        shutil.copytree(home, place)
        return command_in(place, DATABASE_URL=new_database(database.rpartition("/")[2]))

    return copied
