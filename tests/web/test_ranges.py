"""Ranges of revenue: who sees which, and what is said while they are being drawn."""

import html
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from tests.demo_world import DemoWorld

from groundplan.book.models import Account
from groundplan.cli.commands.ranges import ranges
from groundplan.insight.ranges import files
from groundplan.insight.ranges.selectors import account_range
from groundplan.kernel.errors import InvalidInput
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


def figures_of(page: str) -> list[tuple[str, str]]:
    """The address and the value of each number of a range on a page."""
    found = re.findall(r'href="(/numbers/\?measure=range[^"]+)" data-value="([^"]+)"', page)
    return [(html.unescape(address), value) for address, value in found]


def number_of(client: Client, address: str) -> tuple[Decimal, Decimal | None]:
    """The value and the rows' total on a number's page."""
    page = client.get(address).content.decode()
    total = re.search(r'data-total="([^"]+)"', page)
    value = re.search(r'class="figure[^>]*data-value="([^"]+)"', page)
    assert value is not None
    return Decimal(value[1]), Decimal(total[1]) if total else None


@pytest.mark.parametrize("period", ["FY2027-Q4", "FY2028-Q1"])
def test_every_number_of_a_quarter_leads_to_its_rows(
    demo_quarters: DemoWorld, client: Client, period: str
) -> None:
    client.force_login(demo_quarters.seller)
    page = client.get(PAGE, {"period": period}).content.decode()
    assert "Revenue of the quarter" in page
    assert "eight in ten should" in page
    shown = figures_of(page)
    assert len(shown) == 6
    for address, value in shown:
        assert f"period={period}" in address
        told, total = number_of(client, address)
        assert told == Decimal(value)
        assert total == (None if "range.p" in address else told)


def test_an_account_s_range_of_a_quarter_adds_up(demo_quarters: DemoWorld, client: Client) -> None:
    account = Account.objects.filter(owner=demo_quarters.seller.person).first()
    shown = current()
    assert account is not None
    assert shown is not None
    year = account_range(shown, account.pk)
    client.force_login(demo_quarters.seller)
    for period in files.quarters_kept(shown.results):
        line = account_range(shown, account.pk, period)
        assert line is not None
        assert year is not None
        assert line.p10 <= line.p50 <= line.p90
        for code, amount in (("certain", line.parts.certain), ("weighted", line.parts.weighted)):
            address = f"/numbers/?measure=range.{code}&account={account.uid}&period={period}"
            assert number_of(client, address) == (amount, amount)


def test_an_outsider_sees_no_range_of_a_quarter(demo_quarters: DemoWorld, client: Client) -> None:
    assert demo_quarters.seller.person is not None
    client.force_login(demo_quarters.outsider)
    for query in (
        {"measure": "range.p50", "owner": str(demo_quarters.seller.person.uid)},
        {"measure": "range.weighted", "tier": "A"},
    ):
        asked = {**query, "period": "FY2028-Q1"}
        assert client.get("/numbers/", asked).status_code == 404, query
    assert names(client, "person&period=FY2028-Q1") == ["Yuna Baek"]


def test_the_page_offers_quarters_once_they_are_drawn_and_none_that_is_over(
    demo_quarters: DemoWorld, client: Client
) -> None:
    client.force_login(demo_quarters.leader)
    page = client.get(PAGE, {"cut": "tier", "period": "FY2027-Q1"}).content.decode()
    offered = re.findall(r'href="\?cut=tier&amp;period=([^"]+)"', page)
    assert offered[-6:] == [
        "FY2027", "FY2027-Q4", "FY2028-Q1", "FY2028-Q2", "FY2028-Q3", "FY2028-Q4",
    ]  # fmt: skip
    assert "Revenue of the fiscal year" in page


def test_the_command_prints_ranges_of_a_quarter_and_refuses_one_that_is_over(
    demo_quarters: DemoWorld,
) -> None:
    asked = ["--by", "tier", "--period", "FY2028-Q2", "--json"]
    found = json.loads(CliRunner().invoke(ranges, asked, catch_exceptions=False).output)
    assert (found["start"], found["end"]) == ("2027-05-01", "2027-07-31")
    assert [one["name"] for one in found["ranges"]] == ["A", "B", "C"]
    assert {one["by"] for one in found["coverage"]} >= {"account", "person"}
    with pytest.raises(InvalidInput, match="FY2027-Q1 has no range") as refused:
        CliRunner().invoke(ranges, ["--period", "FY2027-Q1"], catch_exceptions=False)
    assert "FY2028-Q2" in refused.value.mend


def test_the_command_prints_ranges_as_json(demo_world: DemoWorld) -> None:
    printed = CliRunner().invoke(ranges, ["--by", "tier", "--json"], catch_exceptions=False)
    found = json.loads(printed.output)
    assert [one["name"] for one in found["ranges"]] == ["A", "B", "C"]
    assert all(one["p10"] <= one["p50"] <= one["p90"] for one in found["ranges"])
    assert {one["by"] for one in found["coverage"]} >= {"account", "person"}
    groups = [one for one in found["coverage"] if one["by"] != "account"]
    inside, outcomes = (sum(one[name] for one in groups) for name in ("inside", "outcomes"))
    assert outcomes > 100
    assert 0.7 <= inside / outcomes <= 0.95
