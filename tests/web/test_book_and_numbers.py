"""The first page and the page behind a number: who sees what."""

import csv
import re
from decimal import Decimal

import pytest
from django.test import Client
from tests.demo_world import DemoWorld

from groundplan.book.selectors import visible_accounts
from groundplan.people.selectors import scope_of

from .test_every_number import told

NUMBER = "/numbers/?measure=pace&period=FY2027"


def own_account(world: DemoWorld) -> str:
    """An account of the seller that the outsider doesn't work on."""
    hidden = visible_accounts(scope_of(world.outsider)).values("pk")
    found = visible_accounts(scope_of(world.seller)).exclude(pk__in=hidden)
    return str(found.filter(owner=world.seller.person).values_list("uid", flat=True)[0])


def test_an_outsider_gets_404_for_a_number_of_an_account(
    demo_world: DemoWorld, client: Client
) -> None:
    address = f"/numbers/?measure=revenue.12m&account={own_account(demo_world)}"
    client.force_login(demo_world.seller)
    assert client.get(address).status_code == 200
    client.force_login(demo_world.outsider)
    assert client.get(address).status_code == 404
    assert client.get(address.replace("/?", "/rows.csv?")).status_code == 404


@pytest.mark.parametrize("measure", ["goal", "revenue.actual", "pipeline.weighted", "pace"])
def test_an_outsider_gets_404_for_a_number_of_a_person(
    demo_world: DemoWorld, client: Client, measure: str
) -> None:
    assert demo_world.seller.person
    address = f"/numbers/?measure={measure}&owner={demo_world.seller.person.uid}"
    client.force_login(demo_world.manager)
    assert client.get(address).status_code == 200
    client.force_login(demo_world.outsider)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "",
        "measure=nothing",
        "measure=goal&scope=all",
        "measure=goal&period=FY2027-Q9",
        "measure=goal&owner=x",
        "measure=tier.score",
        "measure=accounts.needs&need=sleep",
    ],
)
def test_what_makes_no_number_is_not_found(
    demo_world: DemoWorld, client: Client, query: str
) -> None:
    client.force_login(demo_world.seller)
    assert client.get(f"/numbers/?{query}").status_code == 404


def test_rows_come_in_pages_and_their_file_holds_all_of_them(
    demo_world: DemoWorld, client: Client
) -> None:
    client.force_login(demo_world.seller)
    query = "measure=revenue.actual&scope=mine"
    first, second = (
        client.get(f"/numbers/?{query}&start={start}").content.decode() for start in (0, 50)
    )
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    assert first != second
    response = client.get(f"/numbers/rows.csv?{query}")
    lines = list(csv.DictReader(b"".join(response).decode().splitlines()))
    assert sum(Decimal(line["Amount"]) for line in lines) == Decimal(told(first)["total"])


def test_a_seller_finds_only_accounts_they_work_on_in_their_book(
    demo_world: DemoWorld, client: Client
) -> None:
    client.force_login(demo_world.outsider)
    page = client.get("/").content.decode()
    assert "Performance to goal" in page
    assert own_account(demo_world) not in page
    assert "Whose book" not in page


def test_a_manager_switches_between_their_own_book_and_the_team(
    demo_world: DemoWorld, client: Client
) -> None:
    client.force_login(demo_world.manager)
    assert "My team's book" in client.get("/").content.decode()
    own = client.get("/?scope=mine").content.decode()
    assert "No account is yours" in own


def test_an_empty_book_leads_to_the_import(cast: object, client: Client) -> None:
    client.force_login(cast.liam)  # type: ignore[attr-defined]
    page = client.get("/").content.decode()
    assert "/imports/" in page


@pytest.mark.parametrize("place", ["/", "/performance/?by=person", NUMBER])
def test_pace_is_a_percentage_wherever_it_is_shown(
    demo_world: DemoWorld, client: Client, place: str
) -> None:
    client.force_login(demo_world.seller)
    page = client.get(place).content.decode()
    found = re.findall(r"(?:measure=pace&|data-explained)[^<>]*>(?:<span[^>]*>)?([^<>]*)<", page)
    assert found
    assert all(re.fullmatch(r"[\d.]+%", one) for one in found)
