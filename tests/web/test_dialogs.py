"""Forms in dialogs: refused they come back with what was typed, done they reload the page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.conftest import Cast, SmallBook

from groundplan.book.models import Account, Contact
from groundplan.people.models import User

Enter = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_refused_edit_comes_back_into_its_dialog_with_what_was_typed(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    sent = {"name": "Alder Foods AG", "employees": "many"}
    address = f"/accounts/{book.alder.uid}/edit/"
    response = signed_in(cast.olivia).post(address, sent, headers=HTMX)
    said = text(response)
    assert response.status_code == 422
    assert "<html" not in said
    assert f'hx-post="{address}"' in said
    assert 'value="Alder Foods AG"' in said
    assert 'value="many"' in said
    assert "many is not a number." in said


def test_an_edit_that_is_done_reloads_the_page_around_its_dialog(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    sent = {"name": "Alder Foods AG"}
    response = browser.post(f"/accounts/{book.alder.uid}/edit/", sent, headers=HTMX)
    assert response.headers["HX-Refresh"] == "true"
    page = text(browser.get(f"/accounts/{book.alder.uid}/"))
    assert "Alder Foods AG" in page
    assert 'action="/accounts/undo/' in page


@pytest.mark.parametrize(
    ("change", "sent"),
    [("owner", {"login": "nobody.at.all"}), ("tier", {"tier": "A", "reason": " "})],
)
@pytest.mark.usefixtures("results")
def test_a_refused_bulk_change_comes_back_into_its_dialog(
    book: SmallBook,
    cast: Cast,
    signed_in: Enter,
    change: str,
    sent: dict[str, str],
) -> None:
    form = {"account": [str(book.alder.uid)], **sent}
    response = signed_in(cast.olivia).post(f"/accounts/{change}/", form, headers=HTMX)
    said = text(response)
    assert "<html" not in said
    assert (response.status_code, 'role="alert"' in said) == (422, True)
    assert str(book.alder.uid) in said
    assert "Alder Foods" in said


def test_a_contact_reports_to_another_and_to_nobody_again(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    ada, ben = Contact.objects.order_by("name")
    browser = signed_in(cast.olivia)
    address = f"/accounts/{book.alder.uid}/contacts/{ben.uid}/"
    assert f'<option value="{ada.uid}" selected>Ada Alm, CTO</option>' in text(browser.get(address))
    browser.post(address, {"name": "Ben Berg", "reports_to": ""})
    assert Contact.objects.get(pk=ben.pk).reports_to is None
    page = text(browser.post(address, {"name": "Ben", "reports_to": str(ada.uid)}, follow=True))
    assert Contact.objects.get(pk=ben.pk).reports_to == ada
    undo = page.split('<form method="post" action="/accounts/undo/')[-1].split('"')[0]
    browser.post(f"/accounts/undo/{undo}")
    ben.refresh_from_db()
    assert (ben.name, ben.reports_to) == ("Ben Berg", None)


def test_nobody_reports_to_who_reports_to_them_or_works_elsewhere(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    ada, ben = Contact.objects.order_by("name")
    stranger = Contact.objects.create(account=book.umbra, name="Udo")
    browser = signed_in(cast.olivia)
    for boss, why in (
        (ben, "Ben Berg reports to Ada Alm"),
        (ada, "Ada Alm reports to Ada Alm"),
        (stranger, "no such contact at this account"),
    ):
        response = browser.post(
            f"/accounts/{book.alder.uid}/contacts/{ada.uid}/",
            {"name": "Ada Alm", "reports_to": str(boss.uid)},
            headers=HTMX,
        )
        assert response.status_code == 422
        assert why in text(response)
    assert Contact.objects.get(pk=ada.pk).reports_to is None


def test_custom_attributes_are_shown_and_edited_as_what_they_are(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    book.alder.attributes = {"regulated": True, "plants": 4, "erp_system": "Merlin"}
    book.alder.save()
    browser = signed_in(cast.olivia)
    address = f"/accounts/{book.alder.uid}/"
    page = text(browser.get(address))
    for shown in ("<dt>Regulated</dt><dd>yes", "<dt>Plants</dt><dd>4", "<dt>Erp system</dt>"):
        assert shown in page
    sent = {"attributes.regulated": "false", "attributes.plants": "5.5"}
    page = text(browser.post(f"{address}edit/", sent, follow=True))
    assert Account.objects.get(pk=book.alder.pk).attributes == {
        "regulated": False,
        "plants": 5.5,
        "erp_system": "Merlin",
    }
    undo = page.split('<form method="post" action="/accounts/undo/')[1].split('"')[0]
    browser.post(f"/accounts/undo/{undo}")
    assert Account.objects.get(pk=book.alder.pk).attributes == book.alder.attributes
    refused = browser.post(f"{address}edit/", {"attributes.plants": "a few"}, headers=HTMX)
    assert "a few is not a number." in text(refused)


def test_an_attribute_that_an_account_lacks_is_no_field_of_it(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    sent = {"attributes.made_up": "x"}
    signed_in(cast.olivia).post(f"/accounts/{book.alder.uid}/edit/", sent)
    assert Account.objects.get(pk=book.alder.pk).attributes == {}


def test_the_log_offers_ones_own_latest_edits_to_take_back(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    address = f"/accounts/{book.alder.uid}/"
    for sent in ({"region": "Alps"}, {"region": "Tyrol"}, {"country": "Italy"}):
        browser.post(f"{address}edit/", sent)
    log = text(browser.get(f"{address}changes/", headers=HTMX))
    tokens = [part.split('"')[0] for part in log.split('action="/accounts/undo/')[1:]]
    assert len(tokens) == 2, "the older edit of the region was changed since"
    for token in tokens:
        browser.post(f"/accounts/undo/{token}")
    row = Account.objects.get(pk=book.alder.pk)
    assert (row.region, row.country) == ("Alps", "Austria")
    for other in (cast.tom, cast.vic):
        assert "/undo/" not in text(signed_in(other).get(f"{address}changes/", headers=HTMX))
