"""The Ctrl-K palette: pages by role, accounts by visibility."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.conftest import SmallBook

from groundplan.people.models import Role, User
from groundplan.plans.services import plan_create

SignIn = Callable[[User], Client]
FRAGMENT = {"HX-Request": "true"}


def found(browser: Client, text: str) -> str:
    return browser.get("/palette/", {"q": text}, headers=FRAGMENT).content.decode()


def test_an_account_is_found_by_a_part_of_its_name(book: SmallBook, signed_in: SignIn) -> None:
    results = found(signed_in(book.cast.olivia), "alder")
    assert f"/accounts/{book.alder.uid}/" in results
    assert f"/accounts/{book.alder_labs.uid}/" in results


@pytest.mark.parametrize("text", ["umbra", "Umbra Chemicals", "chem", "cobalt", "orphan"])
def test_an_outsider_finds_nothing_of_other_peoples_accounts(
    book: SmallBook, signed_in: SignIn, text: str
) -> None:
    browser = signed_in(book.cast.olivia)
    for answer in (found(browser, text), browser.get("/palette/", {"q": text}).content.decode()):
        for hidden in (book.umbra, book.cobalt, book.orphan):
            # An answer may repeat the question, and nothing else.
            assert hidden.name not in answer.replace(text, "")
            assert str(hidden.uid) not in answer


def test_a_manager_finds_what_belongs_to_nobody(book: SmallBook, signed_in: SignIn) -> None:
    assert str(book.orphan.uid) in found(signed_in(book.cast.maya), "orphan")


def test_only_who_may_import_is_led_to_imports(book: SmallBook, signed_in: SignIn) -> None:
    assert "/imports/" not in found(signed_in(book.cast.olivia), "")
    assert "/settings/" not in found(signed_in(book.cast.maya), "")
    assert "/imports/" in found(signed_in(book.cast.liam), "")
    ada = User.objects.create(email="ada@example.com", role=Role.ADMINISTRATOR)
    assert "/settings/" in found(signed_in(ada), "set")


def test_what_nobody_is_called_is_said_and_escaped(book: SmallBook, signed_in: SignIn) -> None:
    results = found(signed_in(book.cast.olivia), "<script>")
    assert "<script>" not in results
    assert "&lt;script&gt;" in results


def test_a_search_costs_no_more_queries_the_more_it_finds(
    book: SmallBook, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(book.cast.liam)
    with django_assert_max_num_queries(5):
        found(browser, "a")


@pytest.fixture
def planned(book: SmallBook) -> dict[str, str]:
    """Olivia's territory and her account Alder are planned, and Oscar's territory."""
    olivia, oscar = book.cast.see("olivia"), book.cast.see("oscar")
    alder, period = str(book.alder.uid), "FY2027"
    plans = {
        "territory": plan_create(viewer=olivia, subject="territory", period=period, prefill=False),
        "account": plan_create(
            viewer=olivia, subject="account", period="FY2027-Q2", account_uid=alder,
            title="Ölmühle", prefill=False,
        ),
        "oscar": plan_create(viewer=oscar, subject="territory", period=period, prefill=False),
    }  # fmt: skip
    return {name: f"/plans/{plan.uid}/" for name, plan in plans.items()}


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("ölm", {"account"}),
        ("alder", {"account"}),
        ("olivia", {"territory", "account"}),
        ("olivia fy27 q2", {"account"}),
        ("fy2027", {"territory", "account"}),
        ("oscar", set()),
        ("", set()),
    ],
)
def test_a_plan_is_found_by_title_account_owner_and_period(
    book: SmallBook, planned: dict[str, str], signed_in: SignIn, text: str, plans: set[str]
) -> None:
    results = found(signed_in(book.cast.olivia), text)
    assert {name for name, address in planned.items() if address in results} == plans


@pytest.mark.parametrize("text", ["olivia", "ölm", "alder", "fy27", "Q2"])
def test_an_outsider_finds_nothing_of_other_peoples_plans(
    book: SmallBook, planned: dict[str, str], signed_in: SignIn, text: str
) -> None:
    results = found(signed_in(book.cast.oscar), text)
    assert planned["territory"] not in results
    assert planned["account"] not in results
    assert "Olivia" not in results


def test_the_account_team_finds_its_plan_and_a_manager_those_of_the_team(
    book: SmallBook, planned: dict[str, str], signed_in: SignIn
) -> None:
    browser = signed_in(book.cast.tom)
    assert planned["account"] in found(browser, "olivia")
    assert planned["territory"] not in found(browser, "olivia")
    assert planned["territory"] in found(signed_in(book.cast.maya), "olivia")


def test_commands_about_plans_are_for_whom_they_serve(book: SmallBook, signed_in: SignIn) -> None:
    olivia = found(signed_in(book.cast.olivia), "")
    assert 'href="/plans/new/"' in olivia
    assert 'href="/week/"' in olivia
    assert "/week/?of=team" not in olivia
    assert "/week/?of=team" in found(signed_in(book.cast.maya), "team")
    assert "/plans/new/" not in found(signed_in(book.cast.vic), "")
