"""The page of one account in a browser without scripts."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.conftest import TODAY, Cast, SmallBook

from groundplan.book.models import AccountTeamMember, Contact, ProfileStatement
from groundplan.insight.models import AnalysisRun
from groundplan.kernel import clock
from groundplan.people.models import User
from groundplan.sources.models import Redirect

Enter = Callable[[User], Client]
READ = ["", "history/", "whitespace/", "why/", "changes/", "edit/", "statements/", "contacts/"]
WRITE = ["edit/", "claim/", "statements/", "team/", "contacts/"]


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("part", READ)
def test_an_outsider_gets_404_for_every_part_of_an_account(
    part: str, book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.oscar)
    there = browser.get(f"/accounts/{book.alder.uid}/{part}")
    nowhere = browser.get(f"/accounts/{uuid4()}/{part}")
    assert there.status_code == nowhere.status_code == 404
    assert "Alder" not in text(there)


@pytest.mark.parametrize("part", READ)
def test_a_teammate_can_open_every_part_of_an_account(
    part: str, book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    assert signed_in(cast.tom).get(f"/accounts/{book.alder.uid}/{part}").status_code == 200


@pytest.mark.parametrize("part", WRITE)
def test_an_outsider_can_post_to_no_part_of_an_account(
    part: str, book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    sent = {"name": "Taken over", "text": "x", "as_of": "2026-01-01", "login": "oscar"}
    response = signed_in(cast.oscar).post(f"/accounts/{book.alder.uid}/{part}", sent)
    assert response.status_code == 404


@pytest.mark.parametrize("part", ["edit/", "statements/", "contacts/"])
def test_a_viewer_may_look_but_not_change(
    part: str, book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.vic)
    assert browser.get(f"/accounts/{book.alder.uid}/").status_code == 200
    sent = {
        "name": "Other",
        "topic": "culture",
        "text": "x",
        "as_of": "2026-01-01",
        "confidence": "low",
    }
    assert browser.post(f"/accounts/{book.alder.uid}/{part}", sent).status_code == 403


def test_the_page_shows_goal_deals_contacts_and_divisions(
    results: AnalysisRun, book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    page = text(signed_in(cast.olivia).get(f"/accounts/{book.alder.uid}/"))
    for words in ("Widgets for Vienna", "Ada Alm", "Plant manager", "Alder Labs", "dap"):
        assert words in page or words == "dap"
    assert "family=1" in page
    assert 'data-value="100000.0000"' in page


def test_a_merged_account_leads_to_the_one_it_lives_on_in(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    gone = uuid4()
    Redirect.objects.create(kind="account", loser_uid=gone, winner_id=book.alder.pk, at=clock.now())
    response = signed_in(cast.olivia).get(f"/accounts/{gone}/")
    assert (response.status_code, response.headers["Location"]) == (
        301,
        f"/accounts/{book.alder.uid}/",
    )
    assert signed_in(cast.oscar).get(f"/accounts/{gone}/").status_code == 404


def test_a_statement_without_a_source_is_shown_as_an_assumption(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    sent = {
        "topic": "culture",
        "text": "They decide by consensus",
        "as_of": "2026-01-01",
        "confidence": "low",
        "source": "",
    }
    page = text(browser.post(f"/accounts/{book.alder.uid}/statements/", sent, follow=True))
    assert '<li class="assumption"><span>They decide by consensus' in page
    assert "days old" in page


def test_a_revised_statement_replaces_the_old_one(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    row = ProfileStatement.objects.create(
        account=book.alder,
        topic="culture",
        text="Old words",
        as_of=TODAY,
        author="Olivia",
        written_at=clock.now(),
    )
    address = f"/accounts/{book.alder.uid}/statements/{row.uid}/"
    browser = signed_in(cast.olivia)
    assert "Old words" in text(browser.get(address))
    sent = {
        "text": "New words",
        "source": "Annual report, p. 4",
        "as_of": "2026-02-01",
        "confidence": "high",
    }
    page = text(browser.post(address, sent, follow=True))
    assert "New words" in page
    assert "Old words" not in page
    assert browser.get(address).status_code == 404


def test_a_statement_is_not_reached_through_another_account(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    row = ProfileStatement.objects.create(
        account=book.alder,
        topic="culture",
        text="Words",
        as_of=TODAY,
        author="Olivia",
        written_at=clock.now(),
    )
    address = f"/accounts/{book.umbra.uid}/statements/{row.uid}/"
    assert signed_in(cast.oscar).post(address, {"withdraw": "1"}).status_code == 404


def test_a_refused_value_comes_back_with_its_reason_and_what_was_typed(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    response = signed_in(cast.olivia).post(
        f"/accounts/{book.alder.uid}/edit/", {"name": "Alder", "employees": "many"}
    )
    assert response.status_code == 422
    assert "many is not a number" in text(response)
    assert 'value="many"' in text(response)


def test_the_owner_adds_a_teammate_who_then_sees_the_account(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    address = f"/accounts/{book.beacon.uid}/"
    assert signed_in(cast.oscar).get(address).status_code == 404
    signed_in(cast.olivia).post(f"{address}team/", {"login": "oscar", "function": "Partner"})
    assert AccountTeamMember.objects.filter(person=cast.oscar.person).exists()
    assert signed_in(cast.oscar).get(address).status_code == 200


def test_a_manager_claims_an_account_that_nobody_owns(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    address = f"/accounts/{book.orphan.uid}/"
    assert signed_in(cast.olivia).post(f"{address}claim/").status_code == 404
    page = text(signed_in(cast.maya).post(f"{address}claim/", follow=True))
    assert "It is yours." in page
    book.orphan.refresh_from_db()
    assert book.orphan.owner == cast.maya.person


def test_an_edited_contact_is_in_the_changes_and_can_be_undone(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    contact = Contact.objects.get(name="Ada Alm")
    browser = signed_in(cast.olivia)
    address = f"/accounts/{book.alder.uid}/contacts/{contact.uid}/"
    page = text(browser.post(address, {"title": "Chief technology officer"}, follow=True))
    undo = page.split('<form method="post" action="/accounts/undo/')[1].split('"')[0]
    browser.post(f"/accounts/undo/{undo}")
    contact.refresh_from_db()
    assert contact.title == "CTO"


def test_the_page_needs_a_fixed_number_of_queries(
    results: AnalysisRun, book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    for number in range(8):
        Contact.objects.create(account=book.alder, name=f"Contact {number}")
        ProfileStatement.objects.create(
            account=book.alder,
            topic="culture",
            text="x",
            as_of=TODAY,
            author="Olivia",
            written_at=clock.now(),
        )
    browser = signed_in(cast.olivia)
    browser.get(f"/accounts/{book.alder.uid}/")
    with CaptureQueriesContext(connection) as asked:
        browser.get(f"/accounts/{book.alder.uid}/")
    assert len(asked) == 21


def test_on_a_phone_each_value_of_a_deal_and_a_contact_stands_under_its_column_s_name(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    page = text(signed_in(cast.olivia).get(f"/accounts/{book.alder.uid}/"))
    for part, labels in (
        ("deals", ["Product", "Stage", "Probability", "Amount", "Closes", "Owner"]),
        ("people", ["Title", "Reports to", "Buying role", "Last contacted"]),
    ):
        table = page.split(f'id="{part}"')[1].split("</table>")[0]
        assert 'class="table table-stacked"' in table
        assert [label for label in labels if f'data-label="{label}"' not in table] == []
