"""The Ctrl-K palette: pages by role, accounts by visibility."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.conftest import SmallBook

from groundplan.people.models import Role, User

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
