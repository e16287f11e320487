"""The book's rows arrive as Arrow tables, whoever of two threads has read which part."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from groundplan.book.models import Account
from groundplan.book.selectors.columns import ColumnRead
from groundplan.snapshots import reading
from groundplan.snapshots.reading import Reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> ColumnRead:
    """Seven accounts, one at a time: rows within a part have no order."""
    monkeypatch.setattr(reading, "STRIDE", 1)
    for number in range(7):
        Account.objects.create(name=f"Account {number}", employees=number)
    rows = Account.objects.order_by().values_list("id", "employees")
    return ColumnRead(rows, {"account_id": "integer", "employees": "integer"}, ranged=True)


def _employees(tables: dict[str, Any]) -> dict[str, list[int]]:
    return {name: table["employees"].to_pylist() for name, table in tables.items()}


def test_parts_are_put_together_in_their_order(read: ColumnRead) -> None:
    nobody = ColumnRead(read.queryset.filter(employees=-1), read.columns)
    found = Reading([("some", read), ("others", read)]).tables()
    assert _employees(found) == {"some": [*range(7)], "others": [*range(7)]}
    assert _employees(Reading([("nobody", nobody)]).tables()) == {"nobody": []}


def test_two_threads_share_the_parts(read: ColumnRead, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests' database is seen by its own connection only: what the other thread is given is
    # packed beforehand.
    parts = {}
    plain = reading._packed
    for name in ("some", "others"):
        for part in reading._parts(read):
            key = str(part.query)
            parts[key] = plain(reading._Part(name, read, part))
    monkeypatch.setattr(reading, "_packed", lambda part: parts[str(part.rows.query)])
    with ThreadPoolExecutor(1) as other:
        found = Reading([("some", read), ("others", read)], other).tables()
    assert _employees(found) == {"some": [*range(7)], "others": [*range(7)]}
