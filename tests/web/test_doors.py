"""Signing in, the first run, the demonstration's switch."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client
from pytest_django import Settings
from tests.conftest import PASSWORD, Cast

from groundplan.kernel.home import demonstration_code
from groundplan.organisation.models import AuditEntry, Organisation
from groundplan.people.models import Role, User
from groundplan.people.services import setup_code

LOGIN, RESET, SETUP = "/sign-in/login/", "/sign-in/password/reset/", "/setup/"
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _no_code_left() -> Iterator[None]:
    yield
    (Path(django_settings.GROUNDPLAN_HOME) / "setup_code").unlink(missing_ok=True)


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create_user("ann@example.com", PASSWORD, name="Ann")


@pytest.fixture
def demonstration(settings: Settings) -> None:
    settings.GROUNDPLAN_DEMONSTRATION = True


def _founding(**changed: str) -> dict[str, str]:
    return {
        "code": setup_code() or "",
        "organisation": "Nordwind",
        "currency": "EUR",
        "time_zone": "Europe/Vienna",
        "fiscal_start_month": "2",
        "name": "Ann Admin",
        "email": "ann@example.com",
        "password": PASSWORD,
        **changed,
    }


def _without_names(page: str) -> str:
    page = re.sub(r'name="csrf[^>]*>', "", page)
    return re.sub(r"\S+@example\.com", "ADDRESS", page)


def test_somebody_with_a_password_gets_in(ann: User, client: Client) -> None:
    response = client.post(LOGIN, {"login": ann.email, "password": PASSWORD})
    assert response.status_code == 302
    assert client.get("/palette/").status_code == 200


def test_a_wrong_password_and_an_unknown_address_look_alike(ann: User, client: Client) -> None:
    known = client.post(LOGIN, {"login": ann.email, "password": "wrong horse battery"})
    unknown = client.post(LOGIN, {"login": "bob@example.com", "password": "wrong horse battery"})
    assert known.status_code == unknown.status_code
    assert _without_names(known.content.decode()) == _without_names(unknown.content.decode())


def test_a_forgotten_password_tells_nobody_who_has_an_account(ann: User, client: Client) -> None:
    known = client.post(RESET, {"email": ann.email})
    unknown = client.post(RESET, {"email": "bob@example.com"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert [message.to for message in mail.outbox if "password/reset/key" in message.body] == [
        [ann.email]
    ]


def test_guessing_is_stopped_after_a_few_tries_even_with_the_right_password(
    ann: User, client: Client
) -> None:
    for _ in range(5):
        client.post(LOGIN, {"login": ann.email, "password": "wrong horse battery"})
    refused = client.post(LOGIN, {"login": ann.email, "password": PASSWORD})
    assert refused.status_code in (200, 429)
    assert client.get("/palette/").status_code == 302


def test_nobody_can_make_an_account_for_themselves(db: None, client: Client) -> None:
    sent = {"email": "eve@example.com", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/sign-in/signup/", sent)
    assert not User.objects.filter(email="eve@example.com").exists()


def test_signing_in_leads_to_no_other_site(ann: User, client: Client) -> None:
    sent = {"login": ann.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post(LOGIN, sent).headers["Location"].startswith("/")


@pytest.mark.django_db
def test_a_new_installation_leads_to_its_setup(client: Client) -> None:
    assert client.get("/").headers["Location"] == SETUP


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", "wrong", "ünïcode"])
def test_the_setup_opens_only_with_the_printed_code(client: Client, code: str) -> None:
    setup_code()
    assert client.get(SETUP, {"code": code}).status_code == 403
    assert client.post(SETUP, _founding(code=code)).status_code == 403
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_setup_makes_the_organisation_and_signs_its_administrator_in(client: Client) -> None:
    assert client.get(SETUP, {"code": setup_code() or ""}).status_code == 200
    response = client.post(SETUP, _founding())
    assert response.headers["Location"] == "/imports/"
    organisation, ann = Organisation.objects.get(), User.objects.get()
    assert (organisation.name, organisation.currency) == ("Nordwind", "EUR")
    assert (organisation.time_zone, organisation.fiscal_start_month) == ("Europe/Vienna", 2)
    assert (ann.role, ann.name) == (Role.ADMINISTRATOR, "Ann Admin")
    assert ann.check_password(PASSWORD)
    assert client.get("/palette/").status_code == 200
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"user.create_first", "organisation.found"} <= actions


@pytest.mark.django_db
def test_a_weak_password_makes_neither_user_nor_organisation(client: Client) -> None:
    response = client.post(SETUP, _founding(password="password"))
    assert response.status_code == 422
    assert b"field-error" in response.content
    assert not User.objects.exists()
    assert not Organisation.objects.exists()


def test_the_setup_is_closed_for_good_once_somebody_can_sign_in(ann: User, client: Client) -> None:
    assert setup_code() is None
    assert client.get(SETUP, {"code": "None"}).headers["Location"] == LOGIN
    assert client.post(SETUP, _founding(email="eve@example.com")).status_code == 302
    assert User.objects.get() == ann


@pytest.mark.django_db
def test_the_code_is_readable_by_its_owner_only(client: Client) -> None:
    code = setup_code()
    file = Path(django_settings.GROUNDPLAN_HOME) / "setup_code"
    assert file.read_text() == code == setup_code()
    assert file.stat().st_mode & 0o077 == 0


def test_a_real_home_has_no_demonstration_doors(cast: Cast, client: Client) -> None:
    assert client.get("/demonstration/").status_code == 404
    assert client.post("/demonstration/enter/olivia/").status_code == 404
    assert client.get("/palette/").status_code == 302


@pytest.mark.usefixtures("demonstration")
def test_the_demonstration_switches_between_its_three_roles(cast: Cast, client: Client) -> None:
    assert client.get("/").headers["Location"] == "/demonstration/"
    doors = client.get("/demonstration/").content.decode()
    assert doors.index("Olivia") < doors.index("Maya") < doors.index("Liam")
    for name in ("olivia", "maya", "liam"):
        assert client.post(f"/demonstration/enter/{name}/").headers["Location"] == "/"
        page = client.get("/palette/").content.decode()
        assert re.search(rf'aria-pressed="true"><span><span[^>]*>{name.title()}', page)


@pytest.mark.usefixtures("demonstration")
def test_the_demonstrations_administrator_needs_no_person(cast: Cast, client: Client) -> None:
    User.objects.create(email="priya@example.com", name="Priya", role=Role.ADMINISTRATOR)
    User.objects.create(email="olivia@elsewhere.example", name="Not her", role=Role.MEMBER)
    doors = client.get("/demonstration/").content.decode()
    assert doors.index("Liam") < doors.index("Priya")
    client.post("/demonstration/enter/priya/")
    page = client.get("/palette/").content.decode()
    assert re.search(r'aria-pressed="true"><span><span[^>]*>Priya', page)
    client.post("/demonstration/enter/olivia/")
    assert "olivia@example.com" in client.get("/palette/").content.decode()


@pytest.mark.usefixtures("demonstration")
def test_following_a_link_into_the_demonstration_changes_nothing(
    cast: Cast, client: Client
) -> None:
    assert client.get("/demonstration/enter/olivia/").status_code == 200
    assert client.get("/palette/").status_code == 302


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize(
    "sent", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}]
)
def test_the_demonstration_opens_only_from_this_machine(
    cast: Cast, client: Client, sent: dict[str, str]
) -> None:
    assert client.post("/demonstration/enter/olivia/", **sent).status_code == 404  # type: ignore[arg-type]


@pytest.mark.usefixtures("demonstration")
def test_a_closed_user_cannot_be_played(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.olivia.pk).update(is_active=False)
    assert client.post("/demonstration/enter/olivia/").status_code == 404


def test_the_style_guide_exists_in_demonstrations_only(
    cast: Cast, signed_in: SignIn, settings: Settings
) -> None:
    browser = signed_in(cast.olivia)
    assert browser.get("/style/").status_code == 404
    assert browser.get("/style/grid/").status_code == 404
    settings.GROUNDPLAN_DEMONSTRATION = True
    assert browser.get("/style/").status_code == 200
    assert len(browser.get("/style/grid/").json()["rows"]) == 500


def test_a_theme_is_kept_and_an_unknown_one_refused(cast: Cast, signed_in: SignIn) -> None:
    browser = signed_in(cast.olivia)
    assert browser.post("/theme/", {"theme": "dark"}).status_code == 302
    assert 'data-theme="dark"' in browser.get("/palette/").content.decode()
    assert browser.post("/theme/", {"theme": "neon"}).status_code == 422
    cast.olivia.refresh_from_db()
    assert cast.olivia.theme == "dark"


@pytest.mark.django_db
def test_health_answers_strangers_with_nothing_but_health(client: Client) -> None:
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_a_page_that_is_not_there_says_what_to_do(cast: Cast, signed_in: SignIn) -> None:
    response = signed_in(cast.olivia).get("/no-such-page/")
    assert response.status_code == 404
    assert b"team" in response.content
    assert response.headers["Content-Security-Policy"]


def test_an_address_that_takes_forms_only_is_no_blank_page(cast: Cast, signed_in: SignIn) -> None:
    response = signed_in(cast.liam).get("/work/analyse/")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert b"Forms are sent here" in response.content


def test_a_form_of_an_earlier_visit_is_told_what_to_do(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.liam)
    response = browser.post("/work/analyse/")
    assert response.status_code == 403
    assert b"This page was open too long" in response.content
    assert b"<style" not in response.content, "the policy forbids it"


@pytest.mark.usefixtures("demonstration")
def test_who_started_the_demonstration_is_signed_in_at_once(cast: Cast, client: Client) -> None:
    code = demonstration_code(Path(django_settings.GROUNDPLAN_HOME))
    assert client.get(f"/demonstration/open/?code={code}").headers["Location"] == "/"
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("code", ["", "wrong", "%C3%A9"])
def test_a_stray_link_signs_nobody_in(cast: Cast, client: Client, code: str) -> None:
    answer = client.get(f"/demonstration/open/?code={code}")
    assert answer.headers["Location"] == "/demonstration/"
    assert "sessionid" not in client.cookies


def test_a_real_home_never_opens_by_code(cast: Cast, client: Client) -> None:
    code = demonstration_code(Path(django_settings.GROUNDPLAN_HOME))
    assert client.get(f"/demonstration/open/?code={code}").status_code == 404
