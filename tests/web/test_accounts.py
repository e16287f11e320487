"""The list of accounts in a browser without scripts."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.conftest import Cast, SmallBook, account_create, result_create

from groundplan.book.models import Account
from groundplan.insight.models import AnalysisRun, TierOverride
from groundplan.people.models import User

Enter = Callable[[User], Client]


def text(response: Any) -> str:
    return str(response.content.decode())


def test_olivia_finds_her_accounts_with_their_numbers(
    results: AnalysisRun, cast: Cast, signed_in: Enter
) -> None:
    page = text(signed_in(cast.olivia).get("/accounts/"))
    assert page.index("Alder Foods") < page.index("Beacon Energy") < page.index("Alder Labs")
    assert 'data-value="30000.0000"' in page
    assert "measure=expected" in page


def test_the_list_shows_nobody_elses_accounts(
    results: AnalysisRun, cast: Cast, signed_in: Enter
) -> None:
    page = text(signed_in(cast.oscar).get("/accounts/?sort=name"))
    assert "Umbra Chemicals" in page
    assert "Alder" not in page
    assert "Orphan" not in page


def test_filters_of_an_outsider_offer_only_their_own_values(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    page = text(signed_in(cast.oscar).get("/accounts/filters/"))
    assert "Chemicals (1)" in page
    assert "Food" not in page
    assert "Olivia" not in page


def test_without_accounts_the_list_leads_to_an_import_for_who_may(
    cast: Cast, signed_in: Enter
) -> None:
    assert "Import a file" in text(signed_in(cast.liam).get("/accounts/"))


def test_a_member_without_accounts_learns_whom_to_ask(cast: Cast, signed_in: Enter) -> None:
    page = text(signed_in(cast.olivia).get("/accounts/"))
    assert "Ask your manager" in page
    assert "/imports/" not in page


def test_filters_that_nothing_matches_can_be_cleared(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    page = text(signed_in(cast.olivia).get("/accounts/?q=zzzz"))
    assert "No account matches" in page
    assert "Clear filters" in page


def test_a_filter_that_is_on_has_a_chip_whose_link_lacks_it(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    page = text(signed_in(cast.olivia).get("/accounts/?industry=Food&sort=name"))
    assert 'href="/accounts/?sort=name" aria-label="Remove the filter Industry: Food"' in page


def test_a_fragment_of_the_list_comes_without_the_shell(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    page = text(signed_in(cast.olivia).get("/accounts/?q=alder", headers={"HX-Request": "true"}))
    assert "<html" not in page
    assert "Alder Foods" in page
    assert "Beacon" not in page


def test_a_place_in_another_order_is_refused(book: SmallBook, cast: Cast, signed_in: Enter) -> None:
    assert signed_in(cast.olivia).get("/accounts/?after=nonsense").status_code == 422


def test_the_file_holds_every_account_the_viewer_sees_and_no_formula(
    results: AnalysisRun, cast: Cast, signed_in: Enter
) -> None:
    account_create("=cmd|' /C calc'!A0", owner=cast.olivia.person)
    response = signed_in(cast.olivia).get("/accounts/export.csv")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 1 + 4
    assert sum(line.startswith(("\"'=cmd", "'=cmd")) for line in lines) == 1
    assert not any("Umbra" in line for line in lines)


def test_the_workbook_holds_the_same_accounts_as_numbers_with_where_they_came_from(
    results: AnalysisRun, cast: Cast, signed_in: Enter
) -> None:
    response = signed_in(cast.olivia).get("/accounts/export.xlsx?tier=A")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    assert book.sheet_names == ["Accounts", "About these numbers"]
    headings, *rows = book.get_sheet_by_index(0).to_python()
    assert [(row[0], row[headings.index("Expected revenue")]) for row in rows] == [
        ("Alder Foods", 30_000)
    ]
    assert ["Tier", "A"] in book.get_sheet_by_index(1).to_python()


def test_without_numbers_there_is_no_workbook(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    page = text(signed_in(cast.olivia).get("/accounts/export.xlsx", follow=True))
    assert "There are no numbers yet" in page
    assert 'href="/accounts/export.xlsx' not in page


def test_olivia_hands_over_an_account_and_takes_it_back(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    sent = {"account": [str(book.beacon.uid)], "login": "tom"}
    page = text(browser.post("/accounts/owner/", sent, follow=True))
    assert "1 account has another owner." in page
    assert Account.objects.get(pk=book.beacon.pk).owner == cast.tom.person
    undo = page.split('<form method="post" action="/accounts/undo/')[1].split('"')[0]
    browser.post(f"/accounts/undo/{undo}")
    assert Account.objects.get(pk=book.beacon.pk).owner == cast.olivia.person


def test_nobody_hands_over_what_they_cannot_see(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    sent = {"account": [str(book.alder.uid)], "login": "oscar"}
    assert signed_in(cast.oscar).post("/accounts/owner/", sent).status_code == 404
    assert Account.objects.get(pk=book.alder.pk).owner == cast.olivia.person


def test_a_teammate_may_not_hand_over_anothers_account(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    sent = {"account": [str(book.alder.uid)], "login": "tom"}
    response = signed_in(cast.tom).post("/accounts/owner/", sent)
    assert response.status_code == 422
    assert "only accounts that you own" in text(response)


def test_a_tier_set_by_hand_counts_at_once_and_can_be_undone(
    results: AnalysisRun, book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    sent = {"account": [str(book.alder_labs.uid)], "tier": "A", "reason": "New plant"}
    page = text(browser.post("/accounts/tier/", sent, follow=True))
    assert "Alder Labs" in text(browser.get("/accounts/?tier=A"))
    undo = page.split('<form method="post" action="/accounts/tier/undo/')[1].split('"')[0]
    browser.post(f"/accounts/tier/undo/{undo}")
    assert "Alder Labs" not in text(browser.get("/accounts/?tier=A"))


def test_a_tier_needs_a_reason(book: SmallBook, cast: Cast, signed_in: Enter) -> None:
    sent = {"account": [str(book.alder.uid)], "tier": "A", "reason": " "}
    response = signed_in(cast.olivia).post("/accounts/tier/", sent)
    assert response.status_code == 422
    assert not TierOverride.objects.exists()


def test_a_viewer_changes_no_tier(book: SmallBook, cast: Cast, signed_in: Enter) -> None:
    sent = {"account": [str(book.alder.uid)], "tier": "A", "reason": "why not"}
    assert signed_in(cast.vic).post("/accounts/tier/", sent).status_code == 422
    assert not TierOverride.objects.exists()


def test_a_view_is_kept_listed_and_deleted(book: SmallBook, cast: Cast, signed_in: Enter) -> None:
    browser = signed_in(cast.olivia)
    sent = {"name": "My As", "query": "tier=A&sort=name"}
    page = text(browser.post("/accounts/views/", sent, follow=True))
    assert 'href="/accounts/?tier=A&amp;sort=name" aria-current="true">My As' in page
    view = page.split('action="/accounts/views/')[1].split("/")[0]
    assert f'action="/accounts/views/{view}/"' in page
    renamed = text(browser.post(f"/accounts/views/{view}/", {"name": "Proactive"}, follow=True))
    assert 'aria-current="true">My As' not in renamed
    assert "Rename the view Proactive" in renamed
    browser.post(f"/accounts/views/{view}/", {"name": "My As"})
    assert "My As" not in text(signed_in(cast.tom).get("/accounts/"))
    assert browser.post(f"/accounts/views/{view}/", {"delete": "1"}).status_code == 404
    signed_in(cast.olivia).post(f"/accounts/views/{view}/", {"delete": "1"})
    assert "My As" not in text(signed_in(cast.olivia).get("/accounts/"))


@pytest.mark.parametrize("rows", [3, 20])
def test_the_number_of_queries_does_not_depend_on_the_rows(
    rows: int, results: AnalysisRun, cast: Cast, signed_in: Enter
) -> None:
    for number in range(rows - 3):
        account = account_create(f"More {number}", owner=cast.olivia.person)
        result_create(results, account)
    browser = signed_in(cast.olivia)
    browser.get("/accounts/")  # what is the same for a whole process is known by now
    with CaptureQueriesContext(connection) as asked:
        browser.get("/accounts/")
    assert len(asked) == 11
