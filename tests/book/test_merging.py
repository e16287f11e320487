"""Two accounts that are one company: what moves, what stays, and who may."""

import pytest
from django.test import Client
from tests.conftest import Cast, SmallBook

from groundplan.book.models import Account, CompetitorPosition, Contact, Opportunity
from groundplan.book.selectors.accounts import account_of
from groundplan.book.selectors.columns import merged_accounts
from groundplan.book.services.merging import account_merge, merge_counts
from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from groundplan.organisation.models import AuditEntry
from groundplan.people.contracts import SYSTEM
from groundplan.sources.models import SourceKey, SourceSystem


def merged(winner: Account, loser: Account) -> Account:
    return account_merge(viewer=SYSTEM, winner_uid=winner.uid, loser_uid=loser.uid)


def test_contacts_deals_and_keys_move_and_the_old_address_leads_on(book: SmallBook) -> None:
    source = SourceSystem.objects.create(name="crm")
    SourceKey.objects.create(source=source, kind="account", key="B", target_id=book.beacon.pk)
    Contact.objects.create(account=book.beacon, name="Bea")
    contacts, deals = Contact.objects.count(), Opportunity.objects.count()
    merged(book.cobalt, book.beacon)
    assert Contact.objects.get(name="Bea").account == book.cobalt
    assert (Contact.objects.count(), Opportunity.objects.count()) == (contacts, deals)
    assert not Opportunity.objects.filter(account=book.beacon).exists()
    assert SourceKey.objects.get(key="B").target_id == book.cobalt.pk
    assert account_of(SYSTEM, book.beacon.uid) == book.cobalt
    assert merged_accounts() == {book.beacon.pk: book.cobalt.pk}
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {
        "account.merge",
        "account.merged",
    }


def test_the_survivor_keeps_its_values_and_takes_what_it_lacks(book: SmallBook) -> None:
    Account.objects.filter(pk=book.beacon.pk).update(attributes={"a": "1", "b": "2"}, employees=7)
    Account.objects.filter(pk=book.cobalt.pk).update(attributes={"a": "9"})
    told = merge_counts(viewer=SYSTEM, winner_uid=book.cobalt.uid, loser_uid=book.beacon.uid)
    assert set(told.filled) == {"region", "employees", "attributes"}
    winner = merged(book.cobalt, book.beacon)
    assert (winner.name, winner.industry, winner.region) == (
        "Cobalt Motors",
        "Automotive",
        "Nordics",
    )
    assert (winner.employees, winner.attributes) == (7, {"a": "9", "b": "2"})


def test_of_two_positions_on_a_product_the_survivors_stays(book: SmallBook) -> None:
    CompetitorPosition.objects.all().delete()
    for account, kind in ((book.cobalt, "competitor"), (book.beacon, "in_house")):
        CompetitorPosition.objects.create(account=account, product=book.widget, position=kind)
    merged(book.cobalt, book.beacon)
    assert CompetitorPosition.objects.get().position == "competitor"


def test_divisions_follow_and_a_parent_may_be_merged_into_its_division(book: SmallBook) -> None:
    merged(book.cobalt, book.alder)
    book.alder_labs.refresh_from_db()
    assert book.alder_labs.parent == book.cobalt
    assert book.alder_labs.path == f"/{book.cobalt.pk}/{book.alder_labs.pk}/"
    winner = merged(book.alder_labs, book.cobalt)
    assert (winner.parent, winner.path) == (None, f"/{winner.pk}/")
    assert account_of(SYSTEM, book.alder.uid) == winner


def test_what_can_not_be_merged_says_why(book: SmallBook, cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="one and the same"):
        merged(book.alder, book.alder)
    with pytest.raises(NotFound):
        account_merge(
            viewer=cast.see("olivia"), winner_uid=book.alder.uid, loser_uid=book.umbra.uid
        )
    with pytest.raises(NotAllowed, match="only accounts that you own"):
        account_merge(viewer=cast.see("tom"), winner_uid=book.cobalt.uid, loser_uid=book.alder.uid)
    with pytest.raises(NotAllowed):
        account_merge(viewer=cast.see("vic"), winner_uid=book.alder.uid, loser_uid=book.alder.uid)
    Account.objects.filter(pk=book.beacon.pk).update(archived_at="2026-01-01T00:00:00Z")
    with pytest.raises(Conflict, match="archived"):
        merged(book.alder, book.beacon)


def test_the_page_shows_what_moves_and_then_merges(
    book: SmallBook, cast: Cast, signed_in: object
) -> None:
    source = SourceSystem.objects.create(name="crm")
    SourceKey.objects.create(source=source, kind="account", key="B7", target_id=book.beacon.pk)
    browser: Client = signed_in(cast.olivia)  # type: ignore[operator]
    address = f"/accounts/{book.alder.uid}/merge/"
    page = browser.get(f"{address}?other=B7").content.decode()
    assert "Beacon Energy" in page
    nobody = browser.get(f"{address}?other=nowhere").content.decode()
    assert "You see no other account of this name or id: nowhere." in nobody
    oscar: Client = signed_in(cast.oscar)  # type: ignore[operator]
    assert oscar.get(address).status_code == 404
    assert oscar.post(address, {"other": str(book.beacon.uid)}).status_code == 404
    browser = signed_in(cast.olivia)  # type: ignore[operator]
    browser.post(address, {"other": str(book.beacon.uid)})
    answer = browser.get(f"/accounts/{book.beacon.uid}/")
    assert answer["Location"] == f"/accounts/{book.alder.uid}/"


def test_the_other_account_is_found_by_its_name_and_asked_for_where_several_are_called_so(
    book: SmallBook, cast: Cast, signed_in: object
) -> None:
    browser: Client = signed_in(cast.olivia)  # type: ignore[operator]
    address = f"/accounts/{book.alder.uid}/merge/"
    assert "Beacon Energy becomes Alder Foods" in _page(browser, address, "beacon energy")
    assert "Beacon Energy becomes Alder Foods" in _page(browser, address, "Beacon")
    Account.objects.filter(pk=book.alder_labs.pk).update(name="Beacon Energy")
    asked = _page(browser, address, "Beacon Energy")
    assert "Which one?" in asked
    assert f'href="?other={book.beacon.uid}"' in asked
    assert f'href="?other={book.alder_labs.uid}"' in asked
    assert "becomes" not in asked
    Account.objects.filter(pk=book.beacon.pk).update(name="Alder Foods")
    assert f'value="{book.beacon.uid}"' in _page(browser, address, "Alder Foods")


def test_accounts_of_others_are_not_found_by_their_name(
    book: SmallBook, cast: Cast, signed_in: object
) -> None:
    browser: Client = signed_in(cast.olivia)  # type: ignore[operator]
    page = _page(browser, f"/accounts/{book.alder.uid}/merge/", book.umbra.name)
    assert "You see no other account" in page
    assert f"{book.umbra.uid}" not in page


def _page(browser: Client, address: str, other: str) -> str:
    return browser.get(address, {"other": other}).content.decode()
