"""Purchases are summed once: what they hang on says whether the sums of before still hold."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from tests.conftest import SmallBook

from groundplan.book.models import Account
from groundplan.kernel import clock
from groundplan.organisation.models import CurrencyRate
from groundplan.snapshots.contracts import PublishedSnapshot
from groundplan.snapshots.opening import open_snapshot
from groundplan.snapshots.selectors import damaged_files
from groundplan.snapshots.services import snapshot_publish

from .conftest import TODAY, LayerMaker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "today")]

RECENT = date(2026, 10, 1)
SUMMED = ("owner_months", "account_totals")


def _sums(snapshot: PublishedSnapshot) -> list[Path]:
    names = ("purchases", "footprint", "revenue")
    sharded = [path for name in names for path in sorted((snapshot.folder / name).iterdir())]
    return [*sharded, *(snapshot.folder / f"{name}.parquet" for name in SUMMED)]


def _linked(one: PublishedSnapshot, other: PublishedSnapshot) -> set[bool]:
    return {path.samefile(again) for path, again in zip(_sums(one), _sums(other), strict=True)}


def test_an_edit_that_no_sum_hangs_on_leaves_the_sums_as_they_are(
    book: SmallBook, layer: LayerMaker
) -> None:
    layer((book.alder.pk, book.widget.pk, RECENT, Decimal(10), ""))
    layer((book.umbra.pk, None, TODAY, Decimal(5), "EUR"), replaces="dates")
    before = snapshot_publish()
    book.alder.opportunities.update(amount=7)
    Account.objects.filter(pk=book.umbra.pk).update(segment="Large")
    after = snapshot_publish()
    assert _linked(before, after) == {True}
    assert damaged_files(after) == []
    kept = [file for file in after.manifest["files"] if file in before.manifest["files"]]
    assert {file["path"] for file in kept} >= {
        str(path.relative_to(after.folder)) for path in _sums(after)
    }
    for told in ("excluded", "sources", "summed"):
        assert before.manifest[told] == after.manifest[told]
    with open_snapshot(after) as connection:
        told = "SELECT (SELECT sum(amount) FROM opportunities), (SELECT sum(amount) FROM purchases)"
        assert connection.execute(told).fetchall() == [(14, 15)]


@pytest.mark.parametrize("change", ["owner", "archive", "rate", "day", "layer", "damage"])
def test_sums_are_made_anew_where_something_they_hang_on_has_changed(
    book: SmallBook, layer: LayerMaker, change: str
) -> None:
    layer((book.alder.pk, book.widget.pk, RECENT, Decimal(10), ""))
    before = snapshot_publish()
    alder = Account.objects.filter(pk=book.alder.pk)
    days = 0
    if change == "owner":
        alder.update(owner=None)
    elif change == "archive":
        alder.update(archived_at=timezone.now())
    elif change == "rate":
        CurrencyRate.objects.create(currency="EUR", date=RECENT, rate=Decimal("1.25"))
    elif change == "day":
        days = 1
    elif change == "layer":
        layer((book.alder.pk, book.widget.pk, TODAY, Decimal(11), ""))
    else:
        (before.folder / "account_totals.parquet").unlink()
    with clock.fixed(TODAY + timedelta(days)):
        after = snapshot_publish()
    footprints = [next((one.folder / "footprint").iterdir()) for one in (before, after)]
    assert not footprints[0].samefile(footprints[1])
    assert damaged_files(after) == []
