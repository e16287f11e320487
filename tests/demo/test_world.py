"""The demonstration company is the same for the same day, and bought what look-alikes buy."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from groundplan.demo.catalogue import CATALOGUE
from groundplan.demo.files import write_files
from groundplan.demo.world import World, world
from groundplan.engine.facts import TABLES

from .chance import by_cosine, by_popularity, by_segment, ndcg_at_5, pair_states, shuffled

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def company() -> World:
    return world(DAY)


def test_the_same_day_gives_the_same_bytes(company: World, tmp_path: Path) -> None:
    first = write_files(company, tmp_path / "one")
    second = write_files(world(DAY), tmp_path / "two")
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]


def test_another_day_moves_the_dates_along(company: World) -> None:
    later = world(DAY + timedelta(days=30))
    assert _last(later) - _last(company) == timedelta(days=30)


def test_it_has_the_size_that_was_promised(company: World) -> None:
    accounts = company.tables["accounts"]
    assert len(accounts) == 400
    assert sum(1 for row in accounts if row["parent_id"]) == 60
    assert len(company.tables["products"]) == 60
    assert len({row["category"] for row in company.tables["products"]}) == 8
    assert Counter(row["role"] for row in company.tables["users"]) == Counter(
        leader=1, manager=3, member=8
    )


def test_names_of_accounts_are_unique(company: World) -> None:
    names = [row["name"] for row in company.tables["accounts"]]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("table", ["accounts", "contacts", "opportunities", "interactions"])
def test_every_reference_finds_its_row(company: World, table: str) -> None:
    keys = {name: _keys(company, name) for name in company.tables if TABLES[name].key}
    for row in company.tables[table]:
        for column in TABLES[table].columns:
            if column.refers_to and row.get(column.name):
                assert str(row[column.name]) in keys[column.refers_to]


def test_only_what_is_ahead_is_backlog(company: World) -> None:
    for row in company.tables["purchases"]:
        on = row["date"]
        assert isinstance(on, date)
        assert (row["status"] == "backlog") == (on > DAY)
    assert Counter(row["status"] for row in company.tables["purchases"])["backlog"] > 200


def test_it_has_the_imperfections_of_a_real_book(company: World) -> None:
    accounts = company.tables["accounts"]
    assert sum(1 for row in accounts if not row["owner"]) == 9
    assert sum(1 for row in accounts if not row["industry"]) == 11
    known = Counter(row["account_id"] for row in company.tables["contacts"])
    assert sum(1 for count in known.values() if count == 1) > 10
    assumed = sum(1 for statement in company.statements if not statement.source)
    assert 0.2 < assumed / len(company.statements) < 0.5
    stale = sum(1 for said in company.statements if DAY - said.as_of > timedelta(days=365))
    assert stale > 50


def test_open_opportunities_stand_in_every_stage_and_some_are_overdue(company: World) -> None:
    rows = company.tables["opportunities"]
    assert len({row["stage"] for row in rows}) == 7
    overdue = [row for row in rows if not row["closed_on"] and str(row["close_on"]) < str(DAY)]
    assert 5 < len(overdue) < 60


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_look_alikes_tell_what_is_bought_next_and_a_shuffled_copy_tells_nothing(
    company: World, seed: int
) -> None:
    states, segments = pair_states(company)
    mixed = shuffled(states, seed)
    plain, mixed_plain = (ndcg_at_5(each, by_popularity(each)) for each in (states, mixed))
    for real, chance in (
        (by_cosine(states), by_cosine(mixed)),
        (by_segment(states, segments), by_segment(mixed, segments)),
    ):
        assert ndcg_at_5(states, real) > 1.2 * plain
        assert ndcg_at_5(mixed, chance) < 1.1 * mixed_plain


def test_products_are_taken_up_by_few_and_by_many(company: World) -> None:
    owners = Counter(
        product
        for _account, product in {
            (row["account_id"], row["product_id"]) for row in company.tables["purchases"]
        }
    )
    assert len(owners) == len(CATALOGUE)
    assert max(owners.values()) > 3 * min(owners.values())


def _keys(company: World, table: str) -> set[str]:
    return {str(row[TABLES[table].key]) for row in company.tables[table]}


def _last(company: World) -> date:
    days = [row["date"] for row in company.tables["purchases"] if row["status"] == "recognised"]
    return max(day for day in days if isinstance(day, date))
