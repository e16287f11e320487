"""A published snapshot holds the book and the purchases that count, and only those."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.conftest import SmallBook

from groundplan.book.models import Account, Interaction, Quota
from groundplan.kernel.errors import NotFound
from groundplan.organisation.models import AuditEntry, CurrencyRate
from groundplan.snapshots.contracts import PublishedSnapshot
from groundplan.snapshots.models import Snapshot
from groundplan.snapshots.opening import (
    SHARDED,
    TABLES,
    account_purchases,
    open_snapshot,
    require,
)
from groundplan.snapshots.selectors import damaged_files
from groundplan.snapshots.services import snapshot_publish
from groundplan.sources.models import Redirect

from .conftest import TODAY, LayerMaker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "today")]

RECENT = date(2026, 10, 1)


def _rows(snapshot: PublishedSnapshot, sql: str) -> list[tuple[Any, ...]]:
    with open_snapshot(snapshot) as connection:
        return connection.execute(sql).fetchall()


def test_accounts_carry_ids_places_and_touches_but_no_names(book: SmallBook) -> None:
    Interaction.objects.create(account=book.alder, date=RECENT, kind="call")
    Interaction.objects.create(account=book.alder, date=TODAY + timedelta(9), kind="meeting")
    snapshot = snapshot_publish()
    alder, labs, olivia = book.alder, book.alder_labs, book.cast.olivia.person
    assert olivia is not None
    found = _rows(
        snapshot,
        "SELECT account_id, parent_id, root_id, depth, owner_id, segment, is_customer, "
        "revenue_goal, contacts, last_interaction_on FROM accounts "
        f"WHERE root_id = {alder.pk} ORDER BY account_id",
    )
    goal = Decimal(100_000)
    assert found == [
        (alder.pk, None, alder.pk, 0, olivia.pk, "Mid", True, goal, 2, RECENT),
        (labs.pk, alder.pk, alder.pk, 1, olivia.pk, None, None, None, 0, None),
    ]
    text = (snapshot.folder / "accounts.parquet").read_bytes()
    assert b"Alder" not in text
    assert b"Food" in text


def test_an_archived_account_takes_its_facts_with_it(book: SmallBook, layer: LayerMaker) -> None:
    layer(
        (book.alder.pk, None, RECENT, Decimal(10), ""),
        (book.umbra.pk, None, RECENT, Decimal(5), ""),
    )
    Account.objects.filter(pk=book.alder.pk).update(archived_at=timezone.now())
    snapshot = snapshot_publish()
    assert (book.alder.pk,) not in _rows(snapshot, "SELECT account_id FROM accounts")
    assert _rows(snapshot, "SELECT count(*) FROM opportunities") == [(0,)]
    assert _rows(snapshot, "SELECT account_id FROM purchases") == [(book.umbra.pk,)]
    assert _rows(snapshot, "SELECT account_id FROM footprint") == [(book.umbra.pk,)]


def test_an_opportunity_is_credited_and_weighed_by_its_own_or_else_its_account_and_stage(
    book: SmallBook,
) -> None:
    snapshot = snapshot_publish()
    olivia = book.cast.olivia.person
    assert olivia is not None
    assert _rows(
        snapshot,
        "SELECT owner_id, stage, outcome, probability, amount FROM opportunities ORDER BY amount",
    ) == [
        (olivia.pk, "Won", "won", 1.0, Decimal(25_000)),
        (olivia.pk, "Qualified", "open", 0.4, Decimal(40_000)),
    ]


def test_amounts_are_in_the_organisations_currency_and_what_has_no_rate_is_told(
    book: SmallBook, layer: LayerMaker
) -> None:
    CurrencyRate.objects.create(currency="EUR", date=date(2026, 1, 1), rate=Decimal("1.25"))
    layer(
        (book.alder.pk, book.widget.pk, RECENT, Decimal(100), "EUR"),
        (book.alder.pk, book.widget.pk, RECENT, Decimal(7), "GBP"),
    )
    book.alder.opportunities.update(currency="EUR")
    Account.objects.filter(pk=book.beacon.pk).update(annual_revenue=8, currency="EUR")
    olivia = book.cast.olivia.person
    assert olivia is not None
    Quota.objects.create(
        person=olivia,
        period_start=date(2026, 1, 1),
        period_end=date(2026, 12, 31),
        amount=4,
        currency="GBP",
    )
    snapshot = snapshot_publish()
    assert _rows(snapshot, "SELECT amount, purchases FROM footprint") == [(Decimal(125), 2)]
    assert _rows(snapshot, "SELECT sum(amount) FROM opportunities") == [(Decimal(65_000) * 5 / 4,)]
    assert _rows(snapshot, "SELECT max(annual_revenue) FROM accounts") == [(Decimal(10),)]
    assert _rows(snapshot, "SELECT amount FROM quotas") == [(None,)]
    assert snapshot.manifest["excluded"] == {
        "purchases": {"GBP": {"rows": 1, "amount": "7.0000"}},
        "opportunities": {},
    }


def test_won_opportunities_stand_in_where_there_are_no_order_lines(book: SmallBook) -> None:
    snapshot = snapshot_publish()
    [won] = account_purchases(snapshot, book.alder.pk)
    assert (won.product_id, won.date, won.amount) == (
        book.widget.pk,
        date(2026, 3, 1),
        Decimal(25_000),
    )
    assert won.file == "opportunity"
    assert snapshot.manifest["purchases_from"] == "opportunities"


def test_order_lines_leave_won_opportunities_out(book: SmallBook, layer: LayerMaker) -> None:
    layer((book.alder.pk, book.gadget.pk, RECENT, Decimal(10), ""))
    snapshot = snapshot_publish()
    assert [one.product_id for one in account_purchases(snapshot, book.alder.pk)] == [
        book.gadget.pk
    ]


def test_an_untouched_layer_is_linked_and_several_are_merged(
    home: Path, book: SmallBook, layer: LayerMaker
) -> None:
    first = layer((book.alder.pk, None, RECENT, Decimal(10), ""))
    path = Path("purchases", "00000.parquet")
    snapshot = snapshot_publish()
    linked = snapshot.folder / path
    assert linked.samefile(home / first.folder / path.name)
    layer((book.alder.pk, None, TODAY, Decimal(20), ""), replaces="dates")
    later = snapshot_publish()
    assert [one.amount for one in account_purchases(later, book.alder.pk)] == [20, 10]
    assert [one.amount for one in account_purchases(snapshot, book.alder.pk)] == [10]


def test_a_merged_accounts_purchases_are_the_winners(book: SmallBook, layer: LayerMaker) -> None:
    layer((book.beacon.pk, None, RECENT, Decimal(10), ""))
    Account.objects.filter(pk=book.beacon.pk).update(archived_at=timezone.now())
    Redirect.objects.create(
        kind="account", loser_uid=book.beacon.uid, winner_id=book.alder.pk, at=timezone.now()
    )
    snapshot = snapshot_publish()
    assert [one.amount for one in account_purchases(snapshot, book.alder.pk)] == [10]


def test_the_day_is_the_one_after_the_last_purchase_of_an_old_export(
    book: SmallBook, layer: LayerMaker
) -> None:
    layer((book.alder.pk, None, date(1998, 5, 6), Decimal(10), ""))
    book.alder.opportunities.all().delete()
    snapshot = snapshot_publish()
    assert snapshot.as_of == date(1998, 5, 7)
    years = _rows(snapshot, "SELECT key FROM periods WHERE kind = 'year' ORDER BY key")
    assert years == [("FY1998",), ("FY1999",)]


def test_an_empty_book_can_be_published_and_every_table_read() -> None:
    snapshot = snapshot_publish()
    for table in (*TABLES, *SHARDED):
        rows = _rows(snapshot, f"SELECT count(*) FROM {table}")
        assert rows == [(34 if table == "periods" else 0,)]


def test_a_snapshot_is_recorded_with_its_rows_and_a_manifest_that_proves_its_files(
    book: SmallBook,
) -> None:
    snapshot = snapshot_publish()
    row = Snapshot.objects.get(uid=snapshot.uid)
    assert row.rows["accounts"] == 6
    assert row.rows["opportunities"] == 2
    assert AuditEntry.objects.filter(action="snapshot.publish", key=str(snapshot.uid)).exists()
    assert damaged_files(snapshot) == []
    (snapshot.folder / "quotas.parquet").unlink()
    with (snapshot.folder / "accounts.parquet").open("ab") as file:
        file.write(b"x")
    assert damaged_files(snapshot) == ["accounts.parquet", "quotas.parquet"]


def test_one_mistyped_year_does_not_take_the_periods_of_all_other_purchases(
    book: SmallBook, layer: LayerMaker
) -> None:
    days = (date(1, 1, 1), date(2024, 5, 1), RECENT)
    layer(*((book.alder.pk, book.widget.pk, day, Decimal(10), "") for day in days))
    published = snapshot_publish()
    found = _rows(published, "SELECT quarter_id, recognised FROM revenue ORDER BY ALL")
    assert found == [(20242, 10), (20264, 10)]
    years = _rows(published, "SELECT DISTINCT fiscal_year FROM periods ORDER BY ALL")
    assert [year for (year,) in years] == [2024, 2025, 2026, 2027]


def test_a_snapshot_of_an_earlier_version_is_still_read_and_says_what_it_lacks() -> None:
    snapshot = snapshot_publish()
    (snapshot.folder / "account_totals.parquet").unlink()
    for file in (snapshot.folder / "revenue").iterdir():
        file.unlink()
    assert _rows(snapshot, "SELECT count(*) FROM accounts") == [(0,)]
    with open_snapshot(snapshot) as connection:
        require(connection, ["accounts", "footprint"])
        with pytest.raises(NotFound, match=r"before there was account_totals, revenue\."):
            require(connection, [*TABLES, *SHARDED])
