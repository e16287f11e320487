"""What accounts own as arrays: nothing lost, nothing of somebody else's."""

from datetime import date

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.duck import empty_duckdb

from groundplan.engine import owned
from groundplan.engine.owned import Owned, day_number, places_of, read_owned

FIRST = date(2024, 3, 1)

Pair = tuple[int, int]

pairs = st.sets(st.tuples(st.integers(1, 40), st.integers(1, 7)), max_size=60)


def database(pairs: set[Pair], products: set[int]) -> duckdb.DuckDBPyConnection:
    """Account a owns product p since `a` days after FIRST, for a hundred p's in the first year;
    rows in no order, and one of every account without a product."""
    connection = empty_duckdb()
    connection.execute("CREATE TABLE products (product_id BIGINT)")
    connection.execute(
        "CREATE TABLE footprint (account_id BIGINT, product_id BIGINT, first_on DATE,"
        " first_12m_amount DECIMAL(18, 4))"
    )
    rows = [(a, p, a, 100 * p) for a, p in pairs] + [(a, None, 0, 1) for a, _ in pairs]
    if rows:
        marks = ", ".join([f"(?, ?, DATE '{FIRST}' + CAST(? AS INTEGER), ?)"] * len(rows))
        values = [value for row in rows for value in row]
        connection.execute(f"INSERT INTO footprint VALUES {marks}", values)
    connection.execute("INSERT INTO products SELECT unnest(?::BIGINT[])", [[*products]])
    return connection


def as_pairs(found: Owned) -> list[Pair]:
    account = np.repeat(found.accounts, np.diff(found.starts)).tolist()
    ids = [int(found.products[place]) if place >= 0 else -1 for place in found.product]
    return sorted(zip(account, ids, strict=True))


@given(pairs, st.sets(st.integers(1, 7)), st.sampled_from([1, 3, 131_072]))
def test_every_product_owned_is_read_once_however_much_is_read_at_a_time(
    bought: set[Pair], products: set[int], read: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owned, "READ", read)
        found = read_owned(database(bought, products))
    assert as_pairs(found) == sorted((a, p if p in products else -1) for a, p in bought)
    assert (np.diff(found.accounts) > 0).all()
    account = np.repeat(found.accounts, np.diff(found.starts))
    assert (found.first == day_number(FIRST) + account).all()
    known = found.product >= 0
    assert (found.first_year[known] == 1_000_000 * found.products[found.product[known]]).all()


@given(pairs, st.sets(st.integers(1, 7)))
def test_what_is_no_product_any_more_can_be_left_out(bought: set[Pair], products: set[int]) -> None:
    found = read_owned(database(bought, products)).known()
    assert as_pairs(found) == sorted((a, p) for a, p in bought if p in products)
    assert set(found.accounts.tolist()) == {a for a, p in bought if p in products}


@given(pairs, st.sets(st.integers(0, 45)))
def test_the_rows_of_some_accounts_are_theirs(bought: set[Pair], asked: set[int]) -> None:
    found = read_owned(database(bought, set(range(1, 8))))
    ids = np.array(sorted(asked), np.int64)
    rows, place = found.rows_of(ids)
    products = found.products[found.product[rows]].tolist()
    mine = sorted(zip(ids[place].tolist(), products, strict=True))
    assert mine == sorted((a, p) for a, p in bought if a in asked)


@given(st.sets(st.integers(-5, 3_000_000), max_size=8), st.lists(st.integers(-9, 3_000_009)))
def test_a_place_is_found_among_close_and_distant_ids(among: set[int], asked: list[int]) -> None:
    there = sorted(among)
    found = places_of(np.array(asked, np.int64), np.array(there, np.int64)).tolist()
    assert found == [there.index(one) if one in among else -1 for one in asked]
