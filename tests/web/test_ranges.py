"""Ranges of revenue: who sees which, and what is said while they are being drawn."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from tests.demo_world import DemoWorld

from groundplan.book.models import Account
from groundplan.cli.commands.ranges import ranges
from groundplan.insight.ranges import files
from groundplan.snapshots.selectors import current

PAGE = "/performance/ranges/"


def names(client: Client, cut: str) -> list[str]:
    page = client.get(PAGE, {"cut": cut}).content.decode()
    return re.findall(r'<th scope="row">([^<]+)</th>', page)


def test_a_leader_sees_everything_cut_in_every_way(demo_world: DemoWorld, client: Client) -> None:
    client.force_login(demo_world.leader)
    assert names(client, "all") == ["Everything"]
    assert names(client, "tier") == ["A", "B", "C"]
    assert sorted(names(client, "channel")) == ["direct", "partner"]
    assert len(names(client, "category")) == 8
    page = client.get(PAGE, {"cut": "person"}).content.decode()
    assert "eight in ten should" in page
    assert "Goal" in page


def test_a_manager_sees_the_persons_of_the_team_and_nothing_else(
    demo_world: DemoWorld, client: Client
) -> None:
    client.force_login(demo_world.manager)
    persons = names(client, "person")
    assert "Rosa Meyer" in persons
    assert "Yuna Baek" not in persons
    assert names(client, "category") == persons


def test_a_seller_sees_only_the_own_range(demo_world: DemoWorld, client: Client) -> None:
    client.force_login(demo_world.seller)
    assert names(client, "all") == ["Rosa Meyer"]


def test_the_book_tells_the_own_range_or_everybodys(demo_world: DemoWorld, client: Client) -> None:
    assert demo_world.seller.person is not None
    own = f"/numbers/?measure=range.p10&amp;owner={demo_world.seller.person.uid}"
    client.force_login(demo_world.seller)
    assert own in client.get("/").content.decode()
    client.force_login(demo_world.manager)
    page = client.get("/").content.decode()
    assert "measure=range.p10" not in page
    client.force_login(demo_world.leader)
    page = client.get("/?scope=team").content.decode()
    assert 'href="/numbers/?measure=range.p10"' in page
    assert own not in page


def test_an_outsider_sees_no_range_of_an_account_or_group(
    demo_world: DemoWorld, client: Client
) -> None:
    account = Account.objects.filter(owner=demo_world.seller.person).first()
    assert account is not None
    client.force_login(demo_world.outsider)
    assert client.get(f"/accounts/{account.uid}/range/").status_code == 404
    assert demo_world.seller.person is not None
    for query in (
        {"measure": "range.p50", "owner": str(demo_world.seller.person.uid)},
        {"measure": "range.p50", "tier": "A"},
        {"measure": "range.certain", "category": "Software"},
        {"measure": "range.weighted"},
        {"measure": "range.p10", "account": str(account.uid)},
    ):
        assert client.get("/numbers/", query).status_code == 404, query


def test_an_account_tells_its_range(demo_world: DemoWorld, client: Client) -> None:
    account = Account.objects.filter(owner=demo_world.seller.person).first()
    assert account is not None
    client.force_login(demo_world.seller)
    part = client.get(f"/accounts/{account.uid}/range/").content.decode()
    found = re.findall(r'range\.p\d\d[^"]*" data-value="([^"]+)"', part)
    values = [float(value) for value in found]
    assert len(values) == 3
    assert values == sorted(values)
    assert "of such ranges in the past" in part.lower()


@pytest.fixture
def undrawn(demo_world: DemoWorld, tmp_path: Path) -> Iterator[DemoWorld]:
    """The company as it is between the results and their ranges."""
    shown = current()
    assert shown is not None
    folder = shown.results / files.FOLDER
    kept = tmp_path / "ranges"
    folder.rename(kept)
    yield demo_world
    kept.rename(folder)


def test_while_ranges_are_drawn_the_page_says_so(undrawn: DemoWorld, client: Client) -> None:
    client.force_login(undrawn.leader)
    assert "being drawn" in client.get(PAGE).content.decode()
    account = Account.objects.filter(owner=undrawn.seller.person).first()
    assert account is not None
    assert "follow the results" in client.get(f"/accounts/{account.uid}/range/").content.decode()


def test_the_command_prints_ranges_as_json(demo_world: DemoWorld) -> None:
    printed = CliRunner().invoke(ranges, ["--by", "tier", "--json"], catch_exceptions=False)
    found = json.loads(printed.output)
    assert [one["name"] for one in found["ranges"]] == ["A", "B", "C"]
    assert all(one["p10"] <= one["p50"] <= one["p90"] for one in found["ranges"])
    assert {one["by"] for one in found["coverage"]} >= {"account", "person"}
