"""What the doors offer and say: no page that nobody drew, no choice that nobody should make."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.conftest import PASSWORD, Cast

from groundplan.organisation.models import Organisation
from groundplan.people.models import User
from groundplan.web.zones import zone_choices

SignIn = Callable[[User], Client]
LOGIN = "/sign-in/login/"


def test_time_zones_are_places_and_utc() -> None:
    offered = {zone for zone, _ in zone_choices()}
    assert {"UTC", "Europe/Vienna", "America/New_York"} <= offered
    assert offered.isdisjoint({"localtime", "Factory", "EST", "Etc/GMT+5", "US/Eastern"})


def test_a_zone_that_an_earlier_version_offered_outlives_the_next_saving(
    cast: Cast, signed_in: SignIn
) -> None:
    Organisation.objects.update_or_create(pk=1, defaults={"time_zone": "US/Eastern"})
    page = signed_in(cast.liam).get("/settings/").content.decode()
    assert '<option value="US/Eastern" selected>' in page


@pytest.mark.parametrize("address", ["email/", "reauthenticate/", "confirm-email/"])
def test_nobody_changes_the_address_they_sign_in_with_past_the_audit_log(
    cast: Cast, signed_in: SignIn, address: str
) -> None:
    assert signed_in(cast.olivia).get(f"/sign-in/{address}").status_code == 404


def test_the_doors_own_address_leads_to_the_sign_in_page(cast: Cast, client: Client) -> None:
    assert client.get("/sign-in/").headers["Location"] == LOGIN


def test_a_wrong_password_is_told_in_plain_words_and_too_many_with_what_to_do(
    cast: Cast, client: Client
) -> None:
    sent = {"login": cast.olivia.email, "password": "wrong horse battery"}
    told = [client.post(LOGIN, sent).content.decode() for _ in range(6)]
    assert "The e-mail address or the password is wrong." in told[0]
    assert "Wait five minutes, then try again." in told[-1]


def test_a_new_password_is_asked_for_in_the_pages_words(cast: Cast, signed_in: SignIn) -> None:
    browser = signed_in(cast.olivia)
    page = browser.get("/sign-in/password/change/").content.decode()
    assert "New password again" in page
    assert "New Password" not in page
    sent = {"oldpassword": "not mine", "password1": PASSWORD, "password2": PASSWORD}
    refused = browser.post("/sign-in/password/change/", sent).content.decode()
    assert "This isn&#x27;t your current password." in refused


def test_what_was_refused_is_a_page_in_a_browser_and_words_alone_in_a_script(
    cast: Cast, signed_in: SignIn
) -> None:
    browser = signed_in(cast.olivia)
    page = browser.get("/accounts/?after=zzz", headers={"Accept": "text/html"})
    alone = browser.get("/accounts/?after=zzz", headers={"Accept": "*/*"})
    assert (page.status_code, alone.status_code) == (422, 422)
    assert "<main" in page.content.decode()
    assert "Begin at the first page." in page.content.decode()
    assert alone.headers["Content-Type"] == "text/plain"
