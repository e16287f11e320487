"""A PostgreSQL server of the tests' own, on a socket in a temporary folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.needs import need


def binary(name: str) -> str | None:
    """Debian keeps the server's programs out of the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


def as_server_user(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The server's address, as DATABASE_URL takes it."""
    initdb, pg_ctl = binary("initdb"), binary("pg_ctl")
    need("postgresql", initdb and pg_ctl, "PostgreSQL is not installed")
    assert initdb
    assert pg_ctl
    place = Path(tempfile.mkdtemp(prefix="groundplan-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(place, "postgres", "postgres")
    cluster = place / "cluster"
    options = f"-k {place} -c listen_addresses='' -c fsync=off"
    run = lambda *command: subprocess.run(  # noqa: E731 - the same three arguments thrice
        as_server_user(list(command)), check=True, capture_output=True, cwd=place
    )
    run(initdb, "-D", str(cluster), "-U", "groundplan", "-A", "trust", "-E", "UTF8")
    run(pg_ctl, "-D", str(cluster), "-o", options, "-l", str(place / "log"), "-w", "start")
    try:
        yield f"postgresql://groundplan@/postgres?host={place}"
    finally:
        run(pg_ctl, "-D", str(cluster), "-m", "immediate", "stop")
        shutil.rmtree(place, ignore_errors=True)
