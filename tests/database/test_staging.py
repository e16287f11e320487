"""Rows made ready beside the database let go of it again."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from groundplan.database.staging import staging

MANY = "SELECT a.name FROM sqlite_master a, sqlite_master b"


def names_attached() -> list[str]:
    with connection.cursor() as cursor:
        return [name for _, name, _ in cursor.execute("PRAGMA database_list").fetchall()]


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_while_somebody_still_reads_is_done_once_they_have_read(
    tmp_path: Path,
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL attaches no files")
    for _ in range(2):
        with staging(tmp_path) as place:
            with place.attached(), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("CREATE TABLE staged.some (id INTEGER)")
                reading: Any = connection.connection.cursor()
                reading.execute(MANY).fetchone()
                over = threading.Timer(0.2, reading.close)
                over.start()
            over.join()
            assert "staged" not in names_attached()
