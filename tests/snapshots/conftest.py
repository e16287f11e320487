"""A home of the test's own, and layers of purchases as an import would leave them."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from django.conf import LazySettings

from groundplan.engine.layers import COLUMNS, write_layer
from groundplan.intake.models import PurchaseLayer
from groundplan.kernel import clock
from groundplan.sources.models import ImportRun, SourceSystem

TODAY = date(2026, 11, 22)

Line = tuple[int, int | None, date, Decimal, str]
LayerMaker = Callable[..., PurchaseLayer]


@pytest.fixture
def home(tmp_path: Path, settings: LazySettings) -> Path:
    settings.GROUNDPLAN_HOME = tmp_path
    return tmp_path


@pytest.fixture
def today() -> Iterator[date]:
    with clock.fixed(TODAY):
        yield TODAY


@pytest.fixture
def layer(db: None, home: Path) -> LayerMaker:
    """Makes a layer of (account, product, day, amount, currency) that replaces all before it."""

    def make(*lines: Line, replaces: str = "all") -> PurchaseLayer:
        connection = duckdb.connect()
        connection.execute(
            "CREATE TABLE lines (account_id BIGINT, product_id BIGINT, date DATE, "
            "amount DECIMAL(18,4), currency VARCHAR)"
        )
        connection.executemany("INSERT INTO lines VALUES (?, ?, ?, ?, ?)", lines)
        fixed = {
            "status": "'recognised'",
            "file": "'lines.csv'",
            "line": "row_number() OVER () + 1",
        }
        given = {"account_id", "product_id", "date", "amount", "currency"}
        others = [f"{fixed.get(name, 'NULL')} AS {name}" for name in COLUMNS if name not in given]
        folder = f"layers/{PurchaseLayer.objects.count()}"
        sql = f"SELECT *, {', '.join(others)} FROM lines"
        manifest = write_layer(connection, sql, home / folder)
        assert manifest.first_on is not None
        assert manifest.last_on is not None
        source, _ = SourceSystem.objects.get_or_create(name="orders")
        run = ImportRun.objects.create(source=source, started_at=clock.now(), state="done")
        return PurchaseLayer.objects.create(
            source=source,
            run=run,
            folder=folder,
            replaces=replaces,
            rows=manifest.rows,
            first_on=manifest.first_on,
            last_on=manifest.last_on,
            manifest=manifest.as_json(),
        )

    return make
