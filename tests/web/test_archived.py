"""Accounts that are archived or merged: what their page, the palette and the lists say."""

from collections.abc import Callable

from django.test import Client
from tests.conftest import SmallBook

from groundplan.book.models import Account
from groundplan.book.services.merging import account_merge
from groundplan.people.models import User
from groundplan.people.selectors import scope_of

Enter = Callable[[User], Client]
WHEN = "2026-01-01T00:00Z"


def _archived(book: SmallBook, browser: Client) -> Client:
    Account.objects.filter(pk=book.beacon.pk).update(archived_at=WHEN)
    return browser


def test_an_archived_accounts_page_says_how_it_comes_back_and_claims_nothing_else(
    book: SmallBook, signed_in: Enter
) -> None:
    browser = _archived(book, signed_in(book.cast.liam))
    page = browser.get(f"/accounts/{book.beacon.uid}/").content.decode()
    assert "This account is archived" in page
    assert "not in the current analysis yet" not in page
    assert 'id="whitespace"' not in page
    assert "The whitespace above" not in page
    assert "/merge/" not in page, "an archived account can't be merged"


def test_the_palette_finds_an_archived_account_and_says_so(
    book: SmallBook, signed_in: Enter
) -> None:
    browser = _archived(book, signed_in(book.cast.olivia))
    page = browser.get("/palette/?q=beacon").content.decode()
    assert str(book.beacon.uid) in page
    assert "archived" in page
    assert "Beacon" not in browser.get("/accounts/").content.decode()


def test_a_merged_account_is_found_by_its_old_name(book: SmallBook, signed_in: Enter) -> None:
    liam = scope_of(book.cast.liam)
    account_merge(viewer=liam, winner_uid=book.alder.uid, loser_uid=book.beacon.uid)
    browser = signed_in(book.cast.liam)
    page = browser.get("/palette/?q=beacon").content.decode()
    assert f"merged into {book.alder.name}" in page
    old = browser.get(f"/accounts/{book.beacon.uid}/")
    assert old.headers["Location"] == f"/accounts/{book.alder.uid}/"


def test_an_outsider_finds_no_archived_account_either(book: SmallBook, signed_in: Enter) -> None:
    browser = _archived(book, signed_in(book.cast.oscar))
    assert str(book.beacon.uid) not in browser.get("/palette/?q=beacon").content.decode()


def test_who_finds_nothing_is_told_so_on_the_page_too(book: SmallBook, signed_in: Enter) -> None:
    page = signed_in(book.cast.olivia).get("/palette/?q=zeppelin").content.decode()
    assert "Nothing is called “zeppelin”" in page
