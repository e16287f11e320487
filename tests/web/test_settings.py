"""Settings: who may see and change them, and what changes with them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from django.test import Client
from tests.conftest import Cast, SmallBook

from groundplan.organisation.models import AuditEntry, CurrencyRate, FiscalPeriod, Organisation
from groundplan.people.models import Person, Role, User

SignIn = Callable[[User], Client]
PAGES = (
    "/settings/",
    "/settings/stages/",
    "/settings/rates/",
    "/settings/people/",
    "/settings/people/users/new/",
    "/settings/audit/",
)
ORGANISATION = {
    "name": "Nordwind",
    "currency": "eur",
    "time_zone": "Europe/Vienna",
    "fiscal_start_month": "2",
    "fiscal_pattern": "months",
    "stale_after_days": "90",
}


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create(email="ada@example.com", name="Ada", role=Role.ADMINISTRATOR)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("name", ["olivia", "maya", "vic"])
def test_for_everybody_below_a_leader_there_are_no_settings(
    cast: Cast, signed_in: SignIn, address: str, name: str
) -> None:
    assert signed_in(getattr(cast, name)).get(address).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_a_leader_may_look(cast: Cast, signed_in: SignIn, address: str) -> None:
    assert signed_in(cast.liam).get(address).status_code == 200


def test_a_stranger_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/settings/").status_code == 302


def test_a_leader_may_not_change_what_only_administrators_may(
    book: SmallBook, signed_in: SignIn
) -> None:
    client = signed_in(book.cast.liam)
    someone = book.cast.olivia
    for address, given in (
        ("/settings/", ORGANISATION),
        (f"/settings/stages/{book.qualified.pk}/", {"outcome": "won"}),
        ("/settings/rates/", {"currency": "CHF"}),
        ("/settings/people/users/new/", {}),
        (f"/settings/people/users/{someone.uid}/", {"role": "administrator"}),
        (f"/settings/people/users/{someone.uid}/link/", {}),
        (f"/settings/people/persons/{someone.person.uid}/", {}),  # type: ignore[union-attr]
    ):
        assert client.post(address, given).status_code == 403, address
    assert not AuditEntry.objects.exists()


def test_a_new_fiscal_year_rewrites_the_periods_without_gap_or_overlap(
    administrator: User, signed_in: SignIn
) -> None:
    signed_in(administrator).post("/settings/", ORGANISATION)
    settings = Organisation.objects.get()
    assert (settings.currency, settings.fiscal_start_month) == ("EUR", 2)
    quarters = list(FiscalPeriod.objects.filter(kind="quarter").order_by("starts_on"))
    assert quarters[0].starts_on.month == 2
    for before, after in pairwise(quarters):
        assert (after.starts_on - before.ends_on).days == 1
    assert AuditEntry.objects.get().detail["fiscal_start_month"] == {"from": 1, "to": 2}


def test_keeping_the_same_settings_changes_and_records_nothing(
    administrator: User, signed_in: SignIn
) -> None:
    client = signed_in(administrator)
    client.post("/settings/", ORGANISATION)
    client.post("/settings/", ORGANISATION)
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("currency", "EU"),
        ("currency", "1€2"),
        ("time_zone", "Atlantis/Capital"),
        ("fiscal_start_month", "13"),
        ("stale_after_days", "0"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    administrator: User, signed_in: SignIn, field: str, value: str
) -> None:
    response = signed_in(administrator).post("/settings/", {**ORGANISATION, field: value})
    assert response.status_code == 422
    assert f'id="id_{field}_errors"' in response.content.decode()
    assert not Organisation.objects.exists()


def test_looking_at_a_stage_confirms_it_and_a_won_one_is_certain(
    book: SmallBook, administrator: User, signed_in: SignIn
) -> None:
    book.qualified.confirmed = False
    book.qualified.save()
    given = {"outcome": "won", "probability": "35.5", "position": "4"}
    signed_in(administrator).post(f"/settings/stages/{book.qualified.pk}/", given)
    book.qualified.refresh_from_db()
    assert book.qualified.confirmed
    assert book.qualified.probability == 1
    assert book.qualified.position == 4


def test_a_probability_over_a_hundred_is_refused(
    book: SmallBook, administrator: User, signed_in: SignIn
) -> None:
    given = {"outcome": "open", "probability": "135", "position": "4"}
    response = signed_in(administrator).post(f"/settings/stages/{book.qualified.pk}/", given)
    assert response.status_code == 422
    book.qualified.refresh_from_db()
    assert book.qualified.probability == Decimal("0.4")


def test_a_rate_replaces_that_of_its_day_and_can_be_forgotten(
    administrator: User, signed_in: SignIn
) -> None:
    client = signed_in(administrator)
    for rate in ("1.1", "1.2"):
        client.post("/settings/rates/", {"currency": "eur", "date": "2026-02-01", "rate": rate})
    kept = CurrencyRate.objects.get()
    assert (kept.currency, kept.date, kept.rate) == ("EUR", date(2026, 2, 1), Decimal("1.2"))
    client.post(f"/settings/rates/{kept.pk}/forget/")
    assert not CurrencyRate.objects.exists()


def test_the_own_currency_needs_no_rate(administrator: User, signed_in: SignIn) -> None:
    given = {"currency": "USD", "date": "2026-02-01", "rate": "1"}
    assert signed_in(administrator).post("/settings/rates/", given).status_code == 422


def test_the_link_of_a_new_user_lets_them_choose_a_password_once(
    administrator: User, signed_in: SignIn, client: Client
) -> None:
    given = {"email": "New@Example.com", "name": "New", "role": "member"}
    page = signed_in(administrator).post("/settings/people/users/new/", given).content.decode()
    link = page.split('value="http://testserver')[1].split('"')[0]
    client.logout()
    form = client.get(link, follow=True)
    chosen = {"password1": "a fine long sentence", "password2": "a fine long sentence"}
    client.post(form.redirect_chain[-1][0], chosen)
    made = User.objects.get(email="new@example.com")
    assert made.check_password("a fine long sentence")
    assert "password1" not in Client().get(link, follow=True).content.decode()


def test_an_address_is_taken_only_once(cast: Cast, administrator: User, signed_in: SignIn) -> None:
    given = {"email": "OLIVIA@example.com", "name": "O", "role": "member"}
    assert signed_in(administrator).post("/settings/people/users/new/", given).status_code == 422
    assert User.objects.filter(email__iexact="olivia@example.com").count() == 1


def test_the_last_administrator_stays(administrator: User, signed_in: SignIn) -> None:
    address = f"/settings/people/users/{administrator.uid}/"
    response = signed_in(administrator).post(address, {"role": "member", "is_active": "on"})
    assert response.status_code == 422
    administrator.refresh_from_db()
    assert administrator.role == Role.ADMINISTRATOR


def test_a_deactivated_user_is_out_at_once(
    cast: Cast, administrator: User, signed_in: SignIn
) -> None:
    address = f"/settings/people/users/{cast.olivia.uid}/"
    signed_in(administrator).post(address, {"role": "member", "person": str(_uid("olivia"))})
    assert signed_in(cast.olivia).get("/theme/").status_code in (302, 401)


def _uid(login: str) -> object:
    return Person.objects.get(login=login).uid


def test_moving_a_manager_moves_everybody_below(
    cast: Cast, administrator: User, signed_in: SignIn
) -> None:
    address = f"/settings/people/persons/{_uid('maya')}/"
    signed_in(administrator).post(address, {"manager": str(_uid("oscar")), "team": "East"})
    maya, olivia = Person.objects.get(login="maya"), Person.objects.get(login="olivia")
    oscar = Person.objects.get(login="oscar")
    assert maya.path == f"{oscar.path}{maya.pk}/"
    assert olivia.path == f"{maya.path}{olivia.pk}/"
    assert maya.team is not None
    assert maya.team.name == "East"


def test_nobody_can_report_to_their_own_report(
    cast: Cast, administrator: User, signed_in: SignIn
) -> None:
    address = f"/settings/people/persons/{_uid('maya')}/"
    response = signed_in(administrator).post(address, {"manager": str(_uid("olivia"))})
    assert response.status_code == 422
    assert Person.objects.get(login="maya").manager == Person.objects.get(login="liam")


@pytest.mark.parametrize(
    ("address", "most"), [("/settings/people/", 8), ("/settings/audit/", 7), ("/settings/", 8)]
)
def test_a_page_of_settings_costs_few_queries(
    book: SmallBook,
    administrator: User,
    signed_in: SignIn,
    django_assert_max_num_queries: Callable[[int], object],
    *,
    address: str,
    most: int,
) -> None:
    client = signed_in(administrator)
    with django_assert_max_num_queries(most):  # type: ignore[attr-defined]
        assert client.get(address).status_code == 200


def test_on_a_phone_rows_of_stages_stand_as_blocks_with_their_columns_named(
    book: SmallBook, administrator: User, signed_in: SignIn
) -> None:
    """Beside each other they would put what saves them beyond the edge."""
    page = signed_in(administrator).get("/settings/stages/").content.decode()
    table = page.split("<table")[1].split("</table>")[0]
    assert "table-stacked" in table.split(">")[0]
    row = table.split("<tbody>")[1].split("</tr>")[0]
    for label in ("Outcome", "Probability in %", "Order"):
        assert f'<td data-label="{label}">' in row
