"""The page of conflicts between edits and their source: who sees which, settling, taking back."""

from collections.abc import Callable

from django.test import Client
from tests.conftest import Cast, SmallBook

from groundplan.book.models import Account, Contact
from groundplan.kernel import clock
from groundplan.people.models import User
from groundplan.sources.models import FieldOverride, SourceKey, SourceSystem

Enter = Callable[[User], Client]
PAGE = "/imports/conflicts/"


def conflict(target: int, field: str = "industry", kind: str = "account", **values: object) -> int:
    if kind == "account":
        Account.objects.filter(pk=target).update(**{field: "Food"})
    given = {"base": "Foods", "edited": "Food", "incoming": "Beverages", **values}
    row = FieldOverride.objects.create(
        kind=kind,
        target_id=target,
        field=field,
        in_conflict=True,
        author="Olivia",
        at=clock.now(),
        **given,
    )
    return row.pk


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_a_conflict_shows_what_the_source_said_says_and_the_edit(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    conflict(book.alder.pk)
    ann = Contact.objects.get(name="Ada Alm")
    conflict(ann.pk, "title", "contact", base="Head", edited="CTO", incoming="CIO")
    page = text(signed_in(cast.olivia).get(PAGE))
    for told in ("Alder Foods", "Foods", "Food", "Beverages", "Olivia", "Ada Alm", "CIO"):
        assert told in page
    account = text(signed_in(cast.olivia).get(f"/accounts/{book.alder.uid}/"))
    assert "the source says “Beverages” by now" in account
    assert "the source says “CIO” by now" in account
    assert f"{PAGE}?account={book.alder.uid}" in account


def test_an_outsider_sees_no_conflict_and_can_settle_none(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    one = conflict(book.alder.pk)
    oscar = signed_in(cast.oscar)
    assert "Alder" not in text(oscar.get(PAGE))
    assert oscar.get(f"{PAGE}?account={book.alder.uid}").status_code == 404
    page = text(oscar.post(PAGE, {"one": f"source:{one}"}, follow=True))
    assert "not in conflict any more" in page
    assert FieldOverride.objects.get().in_conflict
    assert Client().get(PAGE).status_code == 302


def test_a_viewer_looks_but_does_not_settle(book: SmallBook, cast: Cast, signed_in: Enter) -> None:
    one = conflict(book.alder.pk)
    vic = signed_in(cast.vic)
    page = text(vic.get(PAGE))
    assert "Beverages" in page
    assert 'name="one"' not in page
    vic.post(PAGE, {"one": f"source:{one}"})
    assert FieldOverride.objects.get().in_conflict


def test_taking_the_sources_value_can_be_taken_back(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    one = conflict(book.alder.pk)
    browser = signed_in(cast.olivia)
    sent = {"one": f"source:{one}", "account": str(book.alder.uid), "back": "1"}
    page = text(browser.post(PAGE, sent, follow=True))
    book.alder.refresh_from_db()
    assert (book.alder.industry, FieldOverride.objects.count()) == ("Beverages", 0)
    undo = page.split('action="/accounts/undo/')[1].split('"')[0]
    browser.post(f"/accounts/undo/{undo}")
    book.alder.refresh_from_db()
    row = FieldOverride.objects.get()
    assert (book.alder.industry, row.incoming, row.in_conflict) == ("Food", "Beverages", True)
    assert (row.base, row.edited, row.author) == ("Foods", "Food", "Olivia")


def test_a_value_that_the_source_emptied_can_be_taken(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    one = conflict(book.alder.pk, incoming=None)
    signed_in(cast.olivia).post(PAGE, {"one": f"source:{one}"})
    book.alder.refresh_from_db()
    assert book.alder.industry == ""


def test_many_are_settled_together_and_taken_back_together(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    ids = [conflict(account.pk) for account in (book.alder, book.beacon, book.cobalt)]
    browser = signed_in(cast.maya)
    page = text(browser.post(PAGE, {"conflict": ids[:2], "ticked": "mine"}, follow=True))
    assert "2 conflicts settled" in page
    assert list(FieldOverride.objects.values_list("base", "in_conflict")) == [
        ("Beverages", False),
        ("Beverages", False),
        ("Foods", True),
    ]
    undo = page.split('action="/accounts/undo/')[1].split('"')[0]
    assert "2 changes undone" in text(browser.post(f"/accounts/undo/{undo}", follow=True))
    assert FieldOverride.objects.filter(in_conflict=True, base="Foods").count() == 3
    browser.post(PAGE, {"all": "source"})
    assert not FieldOverride.objects.exists()
    book.cobalt.refresh_from_db()
    assert book.cobalt.industry == "Beverages"


def test_taking_back_leaves_alone_what_was_edited_again(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    source = SourceSystem.objects.create(name="crm")
    SourceKey.objects.create(source=source, kind="account", key="1", target_id=book.alder.pk)
    one = conflict(book.alder.pk)
    browser = signed_in(cast.olivia)
    page = text(browser.post(PAGE, {"one": f"mine:{one}"}, follow=True))
    undo = page.split('action="/accounts/undo/')[1].split('"')[0]
    browser.post(f"/accounts/{book.alder.uid}/edit/", {"name": "Alder Foods", "industry": "Bread"})
    assert "0 changes undone" in text(browser.post(f"/accounts/undo/{undo}", follow=True))
    row = FieldOverride.objects.get()
    assert (row.base, row.edited, row.in_conflict) == ("Beverages", "Bread", False)
