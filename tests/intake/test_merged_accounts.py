"""Merged accounts and later imports: nothing brings the merged one back, no purchase is lost."""

from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from tests.intake.test_importing import home, take

from groundplan.book.models import Account, Contact
from groundplan.book.selectors.columns import merged_accounts
from groundplan.book.services.merging import account_merge
from groundplan.book.services.merging_undo import account_merge_undo, merges_undoable
from groundplan.engine.duck import open_duckdb
from groundplan.engine.purchases import effective_sql, standing
from groundplan.intake.contracts import ImportReport
from groundplan.intake.selectors import purchase_layers
from groundplan.intake.services.undoing import import_undo
from groundplan.kernel.errors import Conflict
from groundplan.people.contracts import SYSTEM

__all__ = ["home", "take"]
pytestmark = pytest.mark.django_db
Take = Callable[..., ImportReport]
ACCOUNTS = "account_id,name\nA1,Acme\nA2,Acme Inc\n"
CONTACTS = "contact_id,account_id,name\n1,A1,Ann\n2,A2,Bob\n"
ORDERS = (
    "account_id,product_id,date,amount,order_id\n"
    "A1,P1,2024-01-02,5,1\nA2,P1,2024-02-02,6,2\nA2,P2,2024-03-02,7,3\n"
)


def bought(home: Path) -> dict[int, Decimal]:
    layers = standing([one.layer for one in purchase_layers()])
    sql = effective_sql(layers, merged_accounts())
    with closing(open_duckdb(scratch=home / "scratch")) as connection:
        rows = connection.execute(f"SELECT account_id, sum(amount) FROM ({sql}) GROUP BY 1")
        return dict(rows.fetchall())


def test_totals_stay_and_a_re_import_does_not_bring_the_merged_account_back(
    take: Take, home: Path
) -> None:
    files = {"accounts.csv": ACCOUNTS, "contacts.csv": CONTACTS, "purchases.csv": ORDERS}
    take(files)
    acme, other = Account.objects.order_by("name")
    account_merge(viewer=SYSTEM, winner_uid=acme.uid, loser_uid=other.uid)
    assert bought(home) == {acme.pk: Decimal(18)}
    report = take(files)
    assert report.tables["accounts"].created == 0
    assert list(Account.objects.filter(archived_at__isnull=True)) == [acme]
    assert set(Contact.objects.values_list("account__name", flat=True)) == {"Acme"}
    assert bought(home) == {acme.pk: Decimal(18)}
    take({"accounts.csv": ACCOUNTS, "purchases.csv": ORDERS}, complete=True)
    assert bought(home) == {acme.pk: Decimal(18)}
    acme.refresh_from_db()
    assert acme.archived_at is None


def test_after_a_merge_is_undone_an_import_finds_both_accounts_again(
    take: Take, home: Path
) -> None:
    files = {"accounts.csv": ACCOUNTS, "contacts.csv": CONTACTS, "purchases.csv": ORDERS}
    first = UUID(take(files).run_uid)
    acme, other = Account.objects.order_by("name")
    account_merge(viewer=SYSTEM, winner_uid=acme.uid, loser_uid=other.uid)
    ((merge, _name),) = merges_undoable(SYSTEM, acme)
    account_merge_undo(viewer=SYSTEM, uid=merge)
    parted = {acme.pk: Decimal(5), other.pk: Decimal(13)}
    assert bought(home) == parted
    account_merge(viewer=SYSTEM, winner_uid=acme.uid, loser_uid=other.uid)
    during = UUID(take(files | {"contacts.csv": CONTACTS + "3,A2,Cid\n"}).run_uid)
    ((merge, _name),) = merges_undoable(SYSTEM, acme)
    account_merge_undo(viewer=SYSTEM, uid=merge)
    report = take(files | {"contacts.csv": CONTACTS + "3,A2,Cid\n"})
    assert report.tables["accounts"].created == report.tables["contacts"].created == 0
    assert bought(home) == parted
    names = Account.objects.filter(archived_at=None).order_by("name")
    assert [account.name for account in names] == ["Acme", "Acme Inc"]
    assert set(other.contacts.values_list("name", flat=True)) == {"Bob", "Cid"}
    for run in (first, during):
        with pytest.raises(Conflict, match="are two again"):
            import_undo(viewer=SYSTEM, uid=run, dry_run=True)
    again = import_undo(viewer=SYSTEM, uid=UUID(report.run_uid), dry_run=True)
    assert again.later == ()


def test_an_import_from_before_a_merge_is_not_undone(take: Take, home: Path) -> None:
    run = take({"accounts.csv": ACCOUNTS}).run_uid
    acme, other = Account.objects.order_by("name")
    account_merge(viewer=SYSTEM, winner_uid=acme.uid, loser_uid=other.uid)
    with pytest.raises(Conflict, match="merged since"):
        import_undo(viewer=SYSTEM, uid=UUID(run))
