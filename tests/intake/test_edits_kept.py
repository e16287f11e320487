"""People's edits over several imports: kept, in conflict only while the source contradicts them."""

from collections.abc import Callable

import pytest
from tests.intake.test_importing import ACCOUNTS, home, take

from groundplan.book.models import Account, Contact, Opportunity
from groundplan.book.selectors.conflicts import conflicts_of
from groundplan.book.services.accounts import account_update
from groundplan.book.services.contacts import contact_update
from groundplan.book.services.opportunities import opportunity_update
from groundplan.intake.contracts import ColumnRule, ImportReport, Mapping, TableMapping
from groundplan.people.contracts import SYSTEM
from groundplan.sources.models import FieldOverride

__all__ = ["home", "take"]
pytestmark = pytest.mark.django_db
Take = Callable[..., ImportReport]
CONTACTS = "contact_id,account_id,name,title\n1,A1,Ann,CIO\n2,A2,Bob,CFO\n"
DEALS = "opportunity_id,account_id,name,stage,amount,close_on\n1,A1,Big deal,Demo,1000,2027-01-31\n"


def edit(**values: str) -> None:
    acme = Account.objects.get(name="Acme")
    account_update(viewer=SYSTEM, uid=acme.uid, values=values)


def in_conflict() -> list[tuple[str, object, object, object]]:
    return [
        (one.conflict.field, one.conflict.base, one.conflict.edited, one.conflict.incoming)
        for one in conflicts_of(SYSTEM)
    ]


def test_of_three_edited_fields_the_one_that_the_source_changed_is_in_conflict(take: Take) -> None:
    take({"accounts.csv": ACCOUNTS})
    edit(industry="Metals", employees="120", region="North")
    report = take({"accounts.csv": ACCOUNTS.replace("Steel", "Mining")})
    acme = Account.objects.get(name="Acme")
    assert (acme.industry, acme.employees, acme.region) == ("Metals", 120, "North")
    assert in_conflict() == [("industry", "Steel", "Metals", "Mining")]
    assert any("fields of accounts that were edited here: 1 " in note for note in report.notes)


def test_the_same_file_again_keeps_the_conflict_and_the_old_value_ends_it(take: Take) -> None:
    take({"accounts.csv": ACCOUNTS})
    edit(industry="Metals")
    for industry, expected in (
        ("Mining", [("industry", "Steel", "Metals", "Mining")]),
        ("Mining", [("industry", "Steel", "Metals", "Mining")]),
        ("Ore", [("industry", "Steel", "Metals", "Ore")]),
        ("Steel", []),
        ("", [("industry", "Steel", "Metals", None)]),
        ("Metals", []),
    ):
        take({"accounts.csv": ACCOUNTS.replace("Steel", industry)})
        assert in_conflict() == expected
        assert Account.objects.get(name="Acme").industry == "Metals"


def test_a_dry_run_counts_conflicts_and_notes_none(take: Take) -> None:
    take({"accounts.csv": ACCOUNTS})
    edit(industry="Metals")
    report = take({"accounts.csv": ACCOUNTS.replace("Steel", "Mining")}, dry_run=True)
    assert any("fields of accounts that were edited here: 1 " in note for note in report.notes)
    assert in_conflict() == []


def test_an_edit_of_an_empty_field_is_no_conflict_while_the_source_stays_empty(take: Take) -> None:
    take({"accounts.csv": ACCOUNTS})
    beta = Account.objects.get(name="Beta")
    account_update(viewer=SYSTEM, uid=beta.uid, values={"industry": "Food", "employees": "5"})
    take({"accounts.csv": ACCOUNTS})
    assert in_conflict() == []
    beta.refresh_from_db()
    assert (beta.industry, beta.employees) == ("Food", 5)


def test_contacts_and_opportunities_keep_their_edits_too(take: Take) -> None:
    files = {"accounts.csv": ACCOUNTS, "contacts.csv": CONTACTS, "opportunities.csv": DEALS}
    take(files)
    ann, deal = Contact.objects.get(name="Ann"), Opportunity.objects.get()
    contact_update(viewer=SYSTEM, uid=ann.uid, values={"title": "CTO", "email": "a@b.example"})
    opportunity_update(
        viewer=SYSTEM, uid=deal.uid, values={"amount": "1500.50", "close_on": "2027-03-31"}
    )
    files["contacts.csv"] = CONTACTS.replace("CIO", "Chief of staff")
    files["opportunities.csv"] = DEALS.replace("1000", "1200")
    take(files)
    ann.refresh_from_db()
    deal.refresh_from_db()
    assert (ann.title, ann.email) == ("CTO", "a@b.example")
    assert (str(deal.amount), str(deal.close_on)) == ("1500.5000", "2027-03-31")
    assert in_conflict() == [
        ("title", "CIO", "CTO", "Chief of staff"),
        ("amount", "1000", "1500.5", "1200"),
    ]


def test_many_edits_cost_one_look_each_import(take: Take) -> None:
    rows = "".join(f"K{n},Name {n},,I{n % 7},{n + 1}\n" for n in range(300))
    text = "account_id,name,parent_id,industry,employees\n" + rows
    take({"accounts.csv": text})
    for account in Account.objects.all():
        account_update(viewer=SYSTEM, uid=account.uid, values={"industry": "Mine"})
    report = take({"accounts.csv": text.replace(",I3,", ",J3,")})
    assert FieldOverride.objects.filter(in_conflict=True).count() == 43
    assert report.tables["accounts"].unchanged == 300
    assert set(Account.objects.values_list("industry", flat=True)) == {"Mine"}


def test_custom_attributes_keep_their_edits_too(take: Take) -> None:
    text = "account_id,name,extra,Vertical\nA1,Acme,x,Ore\nA2,Beta,y,Ore\n"
    columns = {name: ColumnRule(column=name) for name in ("account_id", "name")}
    mapping = Mapping((TableMapping("accounts", "accounts.csv", columns),))
    take({"accounts.csv": text}, mapping)
    vertical = next(name for name in Account.objects.get(name="Acme").attributes if name != "extra")
    edit(**{f"attributes.{vertical}": "Mining"})
    take({"accounts.csv": text.replace("x,Ore", "z,Ore")}, mapping)
    assert Account.objects.get(name="Acme").attributes == {"extra": "z", vertical: "Mining"}
    assert in_conflict() == []
    take({"accounts.csv": text.replace("x,Ore", "z,Coal")}, mapping)
    assert Account.objects.get(name="Acme").attributes[vertical] == "Mining"
    assert in_conflict() == [(f"attributes.{vertical}", "Ore", "Mining", "Coal")]
