"""A merge taken back: both accounts have what was theirs, what came since stays, and who may."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db.models import Model
from django.test import Client
from tests.conftest import Cast, SmallBook, account_create

from groundplan.book.models import (
    Account,
    AccountTeamMember,
    CompetitorPosition,
    Contact,
    Interaction,
    Opportunity,
    ProfileStatement,
)
from groundplan.book.selectors.accounts import account_of
from groundplan.book.selectors.columns import merged_accounts
from groundplan.book.services.accounts import account_update
from groundplan.book.services.merging import account_merge
from groundplan.book.services.merging_since import MergeUndo
from groundplan.book.services.merging_undo import account_merge_undo, merges_undoable
from groundplan.kernel import clock
from groundplan.kernel.errors import Conflict, NotAllowed, NotFound
from groundplan.organisation.models import AuditEntry
from groundplan.people.contracts import SYSTEM, Scope
from groundplan.sources.models import FieldOverride, ImportRun, Redirect, SourceKey, SourceSystem
from groundplan.sources.undoing import merged_since


def merged(winner: Account, loser: Account) -> UUID:
    account = account_merge(viewer=SYSTEM, winner_uid=winner.uid, loser_uid=loser.uid)
    return merges_undoable(SYSTEM, account)[0][0]


def undone(uid: UUID, viewer: Scope = SYSTEM) -> MergeUndo:
    return account_merge_undo(viewer=viewer, uid=uid)


MODELS: tuple[type[Model], ...] = (
    Account,
    AccountTeamMember,
    CompetitorPosition,
    Contact,
    Interaction,
    Opportunity,
    ProfileStatement,
    SourceKey,
    FieldOverride,
    Redirect,
)


def everything() -> dict[str, list[dict[str, object]]]:
    """All rows that a merge may touch; the record of an edit gets a new number when put back."""
    found = {}
    for model in MODELS:
        names = [field.attname for field in model._meta.concrete_fields]
        shown = [name for name in names if name != "id" or model is not FieldOverride]
        rows = list(model._default_manager.order_by("pk"))
        found[model.__name__] = [{name: getattr(row, name) for name in shown} for row in rows]
    return found


def fill(book: SmallBook, cast: Cast) -> SourceSystem:
    """Beacon, which is merged in these tests, has some of everything; so does Cobalt."""
    CompetitorPosition.objects.all().delete()
    source = SourceSystem.objects.create(name="crm")
    for key, account in (("B", book.beacon), ("C", book.cobalt)):
        SourceKey.objects.create(source=source, kind="account", key=key, target_id=account.pk)
        AccountTeamMember.objects.create(account=account, person_id=cast.maya.person_id or 0)
        Opportunity.objects.create(account=account, stage=book.qualified, name=key)
        contact = Contact.objects.create(account=account, name=f"Con {key}")
        Interaction.objects.create(
            account=account, contact=contact, date=date(2026, 1, 1), kind="call"
        )
        for position, by_hand in (("competitor", False), ("in_house", True)):
            CompetitorPosition.objects.create(
                account=account,
                product=book.widget,
                position=position,
                by_hand=by_hand,
                amount=Decimal("12.5"),
                reason=key,
            )
        ProfileStatement.objects.create(
            account=account,
            topic="culture",
            text=key,
            as_of=date(2026, 1, 1),
            author="x",
            written_at=clock.now(),
        )
    AccountTeamMember.objects.create(
        account=book.beacon, person_id=cast.oscar.person_id or 0, function="SE"
    )
    CompetitorPosition.objects.create(
        account=book.beacon, product=book.gadget, position="competitor"
    )
    account_create("Beacon South", parent=book.beacon)
    attributes = {"a": "1", "b": None, "c": 1}
    Account.objects.filter(pk=book.beacon.pk).update(
        attributes=attributes, employees=7, annual_revenue=Decimal("10.25"), currency="EUR",
        is_customer=False, parent=book.alder,
    )  # fmt: skip
    Account.objects.filter(pk=book.cobalt.pk).update(attributes={"a": "9"})
    account_update(viewer=SYSTEM, uid=book.beacon.uid, values={"region": "Nord"})
    return source


def test_undoing_at_once_leaves_every_row_as_it_was(book: SmallBook, cast: Cast) -> None:
    fill(book, cast)
    merged(book.beacon, book.umbra)  # whose address must go on leading to Beacon
    before = everything()
    uid = merged(book.cobalt, book.beacon)
    assert everything() != before
    report = undone(uid)
    assert everything() == before
    assert report.done
    going = dict.fromkeys(("contact", "interaction", "statement", "division"), 1)
    assert report.going == {**going, "opportunity": 1, "position": 3, "team": 2}
    assert (report.staying, report.deeds, report.imports) == ({}, (), ())
    assert book.beacon.pk not in merged_accounts()
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"account.unmerge"}


def test_a_division_that_took_in_its_parent_stands_below_it_again(book: SmallBook) -> None:
    before = everything()
    uid = merged(book.alder_labs, book.alder)
    assert Account.objects.get(pk=book.alder_labs.pk).parent_id is None
    undone(uid)
    assert everything() == before


def test_what_came_since_stays_and_is_told(book: SmallBook, cast: Cast) -> None:
    source = fill(book, cast)
    uid = merged(book.cobalt, book.beacon)
    Contact.objects.create(account=book.cobalt, name="New")
    account_update(viewer=SYSTEM, uid=book.cobalt.uid, values={"employees": "8", "name": "Co"})
    moved = Contact.objects.get(name="Con B")
    AuditEntry.objects.create(
        at=clock.now(), actor="Tom", action="contact.update", kind="contact", key=str(moved.uid)
    )
    now = clock.now()
    ImportRun.objects.create(source=source, state="done", started_at=now, finished_at=now)
    told = account_merge_undo(viewer=SYSTEM, uid=uid, dry_run=True)
    assert not told.done
    report = undone(uid)
    assert report.staying == {"contact": 1}
    assert report.changed == ("employees",)
    assert {(deed.name, deed.goes) for deed in report.deeds} == {("Co", False), ("Con B", True)}
    assert [name for name, _at in report.imports] == ["crm"]
    assert (told.staying, told.changed, told.deeds) == (
        report.staying,
        report.changed,
        report.deeds,
    )
    cobalt = Account.objects.get(pk=book.cobalt.pk)
    assert (cobalt.name, cobalt.employees, cobalt.region) == ("Co", 8, "")
    assert cobalt.attributes == {"a": "9"}
    assert set(cobalt.contacts.values_list("name", flat=True)) == {"Con C", "New"}


def test_a_later_merge_of_either_is_undone_first(book: SmallBook) -> None:
    before = everything()
    first = merged(book.cobalt, book.beacon)
    second = merged(book.alder, book.cobalt)
    with pytest.raises(Conflict, match="Cobalt Motors was merged into Alder Foods"):
        undone(first)
    undone(second)
    assert account_of(SYSTEM, book.beacon.uid) == book.cobalt
    undone(first)
    assert everything() == before


def test_a_parent_that_moved_below_since_stands_against_it(book: SmallBook) -> None:
    Account.objects.filter(pk=book.beacon.pk).update(parent=book.orphan)
    division = account_create("Beacon South", parent=book.beacon)
    uid = merged(book.cobalt, book.beacon)
    Account.objects.filter(pk=book.orphan.pk).update(parent=division)
    with pytest.raises(Conflict, match="below itself"):
        undone(uid)
    Account.objects.filter(pk=book.orphan.pk).update(parent=None)
    undone(uid)
    assert Account.objects.get(pk=book.beacon.pk).parent == book.orphan


def test_an_import_under_way_stands_against_it(book: SmallBook) -> None:
    uid = merged(book.cobalt, book.beacon)
    source = SourceSystem.objects.create(name="crm")
    run = ImportRun.objects.create(source=source, state="running", started_at=clock.now())
    with pytest.raises(Conflict, match="under way"):
        undone(uid)
    run.delete()
    start = Redirect.objects.get().at
    assert merged_since(start.replace(year=2000))
    undone(uid)
    assert not merged_since(start.replace(year=2000))
    with pytest.raises(NotFound):
        undone(uid)


def test_only_who_may_merge_may_undo(book: SmallBook, cast: Cast) -> None:
    uid = merged(book.alder, book.beacon)
    with pytest.raises(NotFound):
        undone(uid, cast.see("oscar"))
    AccountTeamMember.objects.create(account=book.beacon, person_id=cast.tom.person_id or 0)
    with pytest.raises(NotAllowed, match="only accounts that you own"):
        undone(uid, cast.see("tom"))
    assert undone(uid, cast.see("olivia")).done


def test_the_pages_offer_it_and_an_outsider_finds_nothing(
    book: SmallBook, cast: Cast, signed_in: object
) -> None:
    browser: Client = signed_in(cast.olivia)  # type: ignore[operator]
    browser.post(f"/accounts/{book.alder.uid}/merge/", {"other": str(book.beacon.uid)})
    ((uid, name),) = merges_undoable(SYSTEM, book.alder)
    assert name == "Beacon Energy"
    address = f"/accounts/{book.alder.uid}/merge/{uid}/undo/"
    for page in ("merge/", "changes/"):
        assert address in browser.get(f"/accounts/{book.alder.uid}/{page}").content.decode()
    assert "Beacon Energy" in browser.get(address).content.decode()
    oscar: Client = signed_in(cast.oscar)  # type: ignore[operator]
    assert oscar.get(address).status_code == 404
    assert oscar.post(address).status_code == 404
    elsewhere = f"/accounts/{book.umbra.uid}/merge/{uid}/undo/"
    assert oscar.post(elsewhere).status_code == 404
    browser = signed_in(cast.olivia)  # type: ignore[operator]
    answer = browser.post(address)
    assert answer["Location"] == f"/accounts/{book.beacon.uid}/"
    assert browser.get(answer["Location"]).status_code == 200
