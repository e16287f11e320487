"""Undoing an import: everything as it was, later edits by hand apart."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.test_importing import ACCOUNTS, canonical, home, take

from groundplan.book.models import (
    Account,
    CompetitorPosition,
    Contact,
    Lead,
    Opportunity,
    Product,
    Quota,
)
from groundplan.book.selectors.conflicts import conflicts_of
from groundplan.book.services.accounts import account_update
from groundplan.book.services.contacts import contact_create
from groundplan.engine.duck import open_duckdb
from groundplan.engine.purchases import effective_sql, standing
from groundplan.intake.contracts import ColumnRule, ImportReport, Mapping, TableMapping
from groundplan.intake.models import PurchaseLayer, RememberedMapping
from groundplan.intake.selectors import purchase_layers
from groundplan.intake.services import import_run
from groundplan.intake.services.undoing import import_undo
from groundplan.intake.undoing.contracts import UndoCount, UndoReport
from groundplan.kernel.errors import Conflict, NotAllowed, NotFound
from groundplan.kernel.ids import uuid7
from groundplan.organisation.models import AuditEntry, CurrencyRate
from groundplan.people.contracts import SYSTEM, Scope
from groundplan.people.models import Person
from groundplan.sources.models import FieldOverride, ImportRun, SourceKey

__all__ = ["home", "take"]
pytestmark = pytest.mark.django_db
Take = Callable[..., ImportReport]
CONTACTS = "contact_id,account_id,name,title\n1,A1,Ann,CIO\n2,A2,Bob,CFO\n"
ORDERS = "account_id,product_id,date,amount,order_id\nA1,P1,2024-01-02,5,1\nA2,P1,2024-02-02,6,2\n"
MODELS: tuple[type[Model], ...] = (
    Account,
    Contact,
    Opportunity,
    Product,
    Person,
    CurrencyRate,
    SourceKey,
    FieldOverride,
)


def undo(report: ImportReport, **options: Any) -> UndoReport:
    return import_undo(viewer=SYSTEM, uid=UUID(report.run_uid), **options)


def everything(home: Path) -> dict[str, list[dict[str, Any]]]:
    """All rows and all purchases that hold, as they stand."""
    found: dict[str, list[dict[str, Any]]] = {
        model.__name__: list(model._default_manager.order_by("pk").values()) for model in MODELS
    }
    layers = standing([one.layer for one in purchase_layers()])
    with closing(open_duckdb(scratch=home / "scratch")) as connection:
        rows = connection.execute(f"FROM ({effective_sql(layers, {})}) ORDER BY ALL").fetchall()
    found["purchases"] = [{"row": row} for row in rows]
    mappings = RememberedMapping.objects.order_by("source_id").values_list("source_id", "toml")
    found["mappings"] = [{"row": row} for row in mappings]
    return found


def test_what_an_import_made_is_gone_and_what_it_changed_is_back(take: Take, home: Path) -> None:
    users = "login,name,manager\nann,Ann,boss\n"
    rates = "currency,date,rate\nEUR,2024-01-01,1.1\n"
    take(
        {"accounts.csv": ACCOUNTS, "purchases.csv": ORDERS, "users.csv": users, "rates.csv": rates}
    )
    before = everything(home)
    again = take(
        {
            "accounts.csv": "account_id,name,parent_id,industry,owner\nA1,Acme Group,,Mining,ann\n"
            "A2,Beta,,,\nA3,New,A1,,bo\n",
            "contacts.csv": CONTACTS,
            "purchases.csv": ORDERS.replace(",5,", ",7,") + "A3,P1,2024-03-02,9,3\n",
            "users.csv": "login,name,manager\nann,Anna,\nbo,Bo,ann\n",
            "rates.csv": "currency,date,rate\nEUR,2024-01-01,1.2\nGBP,2024-01-01,1.3\n",
        }
    )
    assert everything(home) != before
    report = undo(again)
    assert everything(home) == before
    assert report.tables["accounts"] == UndoCount(removed=1, restored=2)
    assert report.tables["contacts"] == UndoCount(removed=2)
    assert (report.purchases, report.purchases_back) == (3, 2)
    assert ImportRun.objects.get(uid=again.run_uid).state == "undone"
    assert AuditEntry.objects.filter(action="import.undone").count() == 1


def test_the_first_import_undone_leaves_nothing(take: Take, home: Path) -> None:
    report = take({"accounts.csv": ACCOUNTS, "purchases.csv": ORDERS, "contacts.csv": CONTACTS})
    undo(report)
    assert not Account.objects.exists()
    assert not SourceKey.objects.exists()
    assert not PurchaseLayer.objects.exists()
    # As before it: rows may name accounts that no table of accounts brings.
    assert take({"purchases.csv": ORDERS}).tables["purchases"].accepted == 2


def test_a_look_first_says_the_same_and_changes_nothing(take: Take, home: Path) -> None:
    take({"accounts.csv": ACCOUNTS, "purchases.csv": ORDERS})
    again = take({"accounts.csv": ACCOUNTS.replace("Steel", "Ore"), "purchases.csv": ORDERS})
    before = everything(home)
    looked = undo(again, dry_run=True)
    assert everything(home) == before
    assert (looked.tables, looked.purchases, looked.done) == (
        {"accounts": UndoCount(restored=1)},
        2,
        False,
    )
    assert undo(again).tables == looked.tables


def test_later_edits_by_hand_are_listed_and_stay(take: Take, home: Path) -> None:
    take({"accounts.csv": ACCOUNTS})
    again = take({"accounts.csv": ACCOUNTS.replace("Steel", "Ore") + "A3,New,,,\nA4,Odd,,,\n"})
    acme, new = Account.objects.get(name="Acme"), Account.objects.get(name="New")
    account_update(viewer=SYSTEM, uid=acme.uid, values={"industry": "Metals", "region": "North"})
    contact_create(viewer=SYSTEM, account_uid=new.uid, values={"name": "Ann"})
    report = undo(again)
    acme.refresh_from_db()
    assert (acme.industry, acme.region) == ("Metals", "North")
    told = {(edit.name, edit.field, edit.after) for edit in report.edits}
    assert told == {
        ("Acme", "industry", "Metals"),
        ("Acme", "region", "North"),
        ("New", "contact", "Ann"),
    }
    # Somebody works on one of the two new accounts, so it stays, and the source finds it again.
    assert report.tables["accounts"] == UndoCount(removed=1, restored=1, kept=1)
    assert set(Account.objects.values_list("name", flat=True)) == {"Acme", "Beta", "New"}
    # The edit stands against what the source said before: nothing is in conflict.
    assert FieldOverride.objects.get(field="industry").base == "Steel"
    assert conflicts_of(SYSTEM) == []


def test_later_edits_go_too_where_that_is_chosen(take: Take, home: Path) -> None:
    take({"accounts.csv": ACCOUNTS})
    before = everything(home)
    again = take({"accounts.csv": ACCOUNTS.replace("Steel", "Ore") + "A3,New,,,\n"})
    for account in Account.objects.filter(name__in=["Acme", "New"]):
        account_update(viewer=SYSTEM, uid=account.uid, values={"industry": "Metals"})
    undo(again, discard_edits=True)
    assert everything(home) == before


def test_a_conflict_that_the_import_brought_goes_with_it(take: Take, home: Path) -> None:
    take({"accounts.csv": ACCOUNTS})
    acme = Account.objects.get(name="Acme")
    account_update(viewer=SYSTEM, uid=acme.uid, values={"industry": "Metals"})
    before = everything(home)
    again = take({"accounts.csv": ACCOUNTS.replace("Steel", "Ore")})
    assert len(conflicts_of(SYSTEM)) == 1
    undo(again)
    after = everything(home)
    assert [one | {"id": 0} for one in after["FieldOverride"]] == [
        one | {"id": 0} for one in before["FieldOverride"]
    ]
    assert after["Account"] == before["Account"]


def test_what_a_complete_file_archived_lives_again(take: Take, home: Path) -> None:
    take({"accounts.csv": ACCOUNTS})
    before = everything(home)
    again = take({"accounts.csv": "account_id,name\nA1,Acme\n"}, complete=True)
    assert Account.objects.get(name="Beta").archived_at is not None
    assert undo(again).tables["accounts"].returned == 1
    assert everything(home) == before


def test_an_import_under_a_later_one_is_undone_with_it_or_not_at_all(
    take: Take, home: Path
) -> None:
    take({"accounts.csv": ACCOUNTS})
    before = everything(home)
    first = take({"accounts.csv": ACCOUNTS.replace("Steel", "Ore")})
    second = take({"accounts.csv": ACCOUNTS.replace("Steel", "Coal"), "contacts.csv": CONTACTS})
    stood = everything(home)
    with pytest.raises(Conflict, match=second.run_uid):
        undo(first)
    assert everything(home) == stood
    assert undo(first, dry_run=True).later == (second.run_uid,)
    undo(first, with_later=True)
    assert everything(home) == before


def test_an_import_is_undone_once_and_only_if_it_took_something(take: Take, home: Path) -> None:
    report = take({"accounts.csv": ACCOUNTS})
    undo(report)
    with pytest.raises(NotFound, match="No such import"):
        undo(report)
    nothing = take({"accounts.csv": ACCOUNTS + "A3,,,,\n"}, reject_all_on_error=True)
    with pytest.raises(NotFound, match="No such import"):
        undo(nothing)


def test_only_who_may_import_may_undo(take: Take, home: Path) -> None:
    report = take({"accounts.csv": ACCOUNTS})
    manager = Scope(user_id=1, actor="Maya", role="manager", person_id=1, path="/1/")
    with pytest.raises(NotAllowed):
        import_undo(viewer=manager, uid=UUID(report.run_uid))


def test_without_its_journal_an_import_cannot_be_undone(take: Take, home: Path) -> None:
    report = take({"accounts.csv": ACCOUNTS})
    (home / "journals" / report.run_uid / "before.json").unlink()
    with pytest.raises(Conflict, match="not kept any more"):
        undo(report)


def test_journals_of_imports_undone_are_removed_by_the_next(take: Take, home: Path) -> None:
    undo(take({"accounts.csv": ACCOUNTS}))
    kept = take({"accounts.csv": ACCOUNTS}).run_uid
    again = take({"accounts.csv": ACCOUNTS}).run_uid
    assert {path.name for path in (home / "journals").iterdir()} == {kept, again}


def test_a_journal_grows_with_what_changes_not_with_what_is_read(take: Take, home: Path) -> None:
    rows = "account_id,name\n" + "".join(f"K{n},Name of {n}\n" for n in range(5000))
    take({"accounts.csv": rows})
    run = take({"accounts.csv": rows.replace("Name of 77\n", "Other\n")}).run_uid
    size = sum(path.stat().st_size for path in (home / "journals" / run).iterdir())
    assert size < 5000


def test_an_edited_attribute_stays_while_the_others_come_back(take: Take, home: Path) -> None:
    text = "account_id,name,Size,Vertical\nA1,Acme,big,Ore\n"
    columns = {name: ColumnRule(column=name) for name in ("account_id", "name")}
    mapping = Mapping((TableMapping("accounts", "accounts.csv", columns),))
    take({"accounts.csv": text}, mapping)
    again = take({"accounts.csv": text.replace("big,Ore", "small,Coal")}, mapping)
    acme = Account.objects.get()
    account_update(viewer=SYSTEM, uid=acme.uid, values={"attributes.Vertical": "Mining"})
    undo(again)
    acme.refresh_from_db()
    assert acme.attributes == {"Size": "big", "Vertical": "Mining"}
    assert FieldOverride.objects.get().base == "Ore"


ids = st.integers(0, 5)
account_rows = st.lists(
    st.tuples(ids, st.sampled_from("xyz"), st.one_of(st.none(), ids)), max_size=6
)
order_rows = st.lists(st.tuples(ids, ids, st.integers(1, 28), st.integers(1, 9)), max_size=6)


def _files(accounts: list[Any], orders: list[Any]) -> dict[str, str]:
    parents = {a: p for a, _, p in accounts}
    head = "account_id,name,industry,parent_id\n"
    lines = [f"A{a},N{a},{v},{'' if p is None else f'A{p}'}\n" for a, v, p in accounts]
    files = {"accounts.csv": head + "A9,Nine,,\n" + "".join(lines)} if parents else {}
    if orders or not files:
        head = "account_id,product_id,date,amount,order_id\n"
        rows = [f"A{a},P{a},2024-01-{d:02},{m},O{o}\n" for a, o, d, m in orders]
        files["purchases.csv"] = head + "A9,P9,2024-05-05,1,O9\n" + "".join(rows)
    return files


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.tuples(account_rows, order_rows), st.tuples(account_rows, order_rows), st.booleans())
def test_import_a_import_b_undo_b_is_import_a(
    home: Path, tmp_path: Path, first: Any, second: Any, complete: bool
) -> None:
    with transaction.atomic():
        reports = []
        states = []
        for files, whole in ((_files(*first), False), (_files(*second), complete)):
            folder = tmp_path / str(uuid7())
            folder.mkdir()
            for name, text in files.items():
                (folder / name).write_text(text)
            mapping = Mapping(tuple(canonical(name, text) for name, text in files.items()))
            reports.append(
                import_run(
                    viewer=SYSTEM, source="crm", paths=[folder], mapping=mapping, complete=whole
                )
            )
            states.append(everything(home))
        if reports[1].taken:
            undo(reports[1])
        assert everything(home) == states[0]
        transaction.set_rollback(True)


def whole(model: Any) -> list[dict[str, Any]]:
    """All rows; a key that is there again has another id, which nothing refers to."""
    rows = model.objects.order_by("pk").values()
    if model is SourceKey:
        rows = model.objects.order_by("kind", "key").values("source", "kind", "key", "target_id")
    return list(rows)


def test_what_a_complete_file_removed_is_there_again_whole(take: Take, home: Path) -> None:
    """Leads, quotas and positions have no archive: the journal keeps their rows."""
    kinds = (Lead, Quota, CompetitorPosition, SourceKey)
    files = {
        "users.csv": "login,name\nann,Ann\n",
        "products.csv": "product_id,name\nP,P\nQ,Q\n",
        "accounts.csv": ACCOUNTS,
        "quotas.csv": "login,period_start,period_end,amount\n"
        "ann,2024-01-01,2024-03-31,5.5\nann,2024-04-01,2024-06-30,6\n",
        "leads.csv": "lead_id,date,name\nL1,2024-01-01,Zoe\nL2,2024-01-02,Yan\n",
        "competitor_positions.csv": "account_id,product_id,position,renewal_on\n"
        "A1,P,competitor,2025-01-01\nA1,Q,in_house,\n",
    }
    take(files)
    before = [whole(kind) for kind in kinds]
    shorter = {
        name: text[: text.rstrip().rindex("\n") + 1]
        for name, text in files.items()
        if name in ("quotas.csv", "leads.csv", "competitor_positions.csv")
    }
    looked = take(shorter, complete=True, dry_run=True)
    again = take(shorter, complete=True)
    for report in (looked, again):
        assert {table: count.gone for table, count in report.tables.items()} == {
            "quotas": 1,
            "leads": 1,
            "competitor_positions": 1,
        }
    assert [len(whole(kind)) for kind in kinds[:3]] == [1, 1, 1]
    assert undo(again).tables["quotas"].returned == 1
    assert [whole(kind) for kind in kinds] == before
