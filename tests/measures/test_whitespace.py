"""Whitespace against its oracle, and what must hold whatever the facts."""

from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundplan.engine.owned import read_owned
from groundplan.measures.whitespace import TOP, counting, estimate_whitespace, first_years

from . import oracle
from .facts import AS_OF, YEAR_AGO, Bought, Facts, connection, days_ago, insert

STRENGTH = 50.0

cells = st.tuples(st.integers(1, 8), st.integers(1, 9))
purchases = st.builds(
    Bought,
    account=st.integers(1, 8),
    product=st.one_of(st.integers(1, 9), st.none()),
    on=st.dates(date(2023, 1, 1), date(2026, 12, 31)).filter(lambda day: day.day < 29),
    amount=st.integers(-50, 10_000).map(Decimal),
)
books = st.builds(
    Facts,
    accounts=st.just(8),
    products=st.just(9),
    purchases=st.lists(purchases, max_size=60),
    open=st.lists(cells, max_size=6),
    positions=st.lists(cells, max_size=6, unique=True).map(
        lambda found: [(account, product, "competitor") for account, product in found]
    ),
    owners=st.just({1: 1, 2: 1, 3: 2}),
    categories=st.just({1: "Hardware", 2: "Hardware", 3: "Service"}),
)
segmentations = st.lists(st.tuples(st.integers(1, 2), st.integers(1, 2)), min_size=8, max_size=8)


def run(facts: Facts, places: list[tuple[int, int]]) -> duckdb.DuckDBPyConnection:
    """Estimate with accounts in given segments: (now, a year ago)."""
    database = connection(facts)
    database.execute(
        "CREATE TABLE account_segments"
        " (account_id BIGINT, segment_id INTEGER, past_segment_id INTEGER)"
    )
    insert(database, "account_segments", [(n, *place) for n, place in enumerate(places, 1)])
    database.execute(
        "CREATE TABLE segments AS SELECT segment_id, 'S' || segment_id AS label,"
        " SUM(present) AS accounts, SUM(past) AS accounts_past FROM ("
        " SELECT segment_id, 1 AS present, 0 AS past FROM account_segments UNION ALL"
        " SELECT past_segment_id, 0, 1 FROM account_segments) GROUP BY segment_id"
    )
    owned = read_owned(database)
    usual = first_years(database, owned, year_ago=YEAR_AGO)
    estimate_whitespace(database, owned, usual, as_of=AS_OF, year_ago=YEAR_AGO, strength=STRENGTH)
    return database


def one_segment(facts: Facts) -> duckdb.DuckDBPyConnection:
    return run(facts, [(1, 1)] * facts.accounts)


@given(books, segmentations)
@settings(max_examples=8, deadline=None)
def test_estimates_agree_with_the_oracle(facts: Facts, places: list[tuple[int, int]]) -> None:
    database = run(facts, places)
    now = {number: place[0] for number, place in enumerate(places, 1)}
    past = {number: place[1] for number, place in enumerate(places, 1)}
    wanted = oracle.estimates(facts, now, past, STRENGTH)
    found = database.execute(
        "SELECT segment_id, product_id, probability, amount, expected FROM segment_products"
    ).fetchall()
    assert {(segment, product) for segment, product, *_ in found} == set(wanted)
    for segment, product, probability, amount, expected in found:
        rate, worth = wanted[segment, product]
        assert probability == pytest.approx(rate, abs=1e-6)
        assert float(amount) == pytest.approx(worth, abs=1e-3)
        assert expected == oracle.expected(probability, amount)


@given(books, segmentations)
@settings(max_examples=8, deadline=None)
def test_totals_are_the_sums_of_the_cells_that_nobody_materialised(
    facts: Facts, places: list[tuple[int, int]]
) -> None:
    database = run(facts, places)
    worth = {
        (segment, product): (expected, rank)
        for segment, product, expected, rank in database.execute(
            "SELECT segment_id, product_id, expected, rank FROM segment_products"
        ).fetchall()
    }
    held = oracle.blocked(facts)
    for number, (segment, _) in enumerate(places, 1):
        free = [p for p in range(1, facts.products + 1) if (number, p) not in held]
        row = database.execute(
            "SELECT cells, whitespace FROM account_whitespace WHERE account_id = ?", [number]
        ).fetchone()
        assert row == (len(free), sum((worth[segment, p][0] for p in free), Decimal(0)))
        best = sorted(free, key=lambda product: worth[segment, product][1])[:TOP]
        top = database.execute(
            "SELECT product_id FROM segment_top WHERE account_id = ? ORDER BY rank", [number]
        ).fetchall()
        assert [product for (product,) in top] == best
    sums = database.execute(
        "SELECT SUM(expected), SUM(cells), SUM(competitor_cells), SUM(competitor_expected)"
        " FROM whitespace_totals GROUP BY dimension"
    ).fetchall()
    assert len(sums) == 3
    assert len(set(sums)) == 1, "by segment, owner and category alike"


@given(books, segmentations)
@settings(max_examples=6, deadline=None)
def test_it_does_not_matter_how_much_is_counted_at_once(
    facts: Facts, places: list[tuple[int, int]]
) -> None:
    tables = ("segment_products", "account_whitespace", "whitespace_totals")
    whole = run(facts, places)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "SLAB", 2)
        patch.setattr(counting, "ROWS_A_PLACE", 0)
        parts = run(facts, places)
    for table in tables:
        asked = f"FROM {table} ORDER BY ALL"
        assert parts.execute(asked).fetchall() == whole.execute(asked).fetchall()


@given(books, st.randoms(use_true_random=False))
@settings(max_examples=4, deadline=None)
def test_the_order_of_the_facts_does_not_matter(facts: Facts, random: object) -> None:
    first = one_segment(facts).execute("FROM segment_top ORDER BY ALL").fetchall()
    random.shuffle(facts.purchases)  # type: ignore[attr-defined]
    assert one_segment(facts).execute("FROM segment_top ORDER BY ALL").fetchall() == first


def test_an_account_that_holds_nearly_all_of_the_best_products_still_gets_its_five() -> None:
    owned = [*range(1, 59), 61, 62]
    facts = Facts(accounts=3, products=70)
    # The lower a product's number, the more accounts own it and the better it ranks.
    facts.purchases = [
        Bought(1, product, days_ago(800), Decimal(10_000 - product)) for product in owned
    ]
    database = one_segment(facts)
    ranks = dict(database.execute("SELECT product_id, rank FROM segment_products").fetchall())
    free = sorted((p for p in range(1, 71) if p not in owned), key=lambda p: ranks[p])[:TOP]
    top = database.execute(
        "SELECT product_id FROM segment_top WHERE account_id = 1 ORDER BY rank"
    ).fetchall()
    assert [product for (product,) in top] == free
    assert database.execute("SELECT COUNT(*) FROM deep_shifts").fetchone() != (0,)


def test_who_owns_everything_has_no_whitespace() -> None:
    bought = [Bought(a, p, days_ago(500)) for a in (1, 2) for p in (1, 2, 3)]
    database = one_segment(Facts(accounts=2, products=3, purchases=bought))
    assert database.execute("SELECT COUNT(*) FROM segment_top").fetchone() == (0,)
    assert database.execute("SELECT SUM(whitespace) FROM account_whitespace").fetchone() == (0,)


def test_a_single_account_gets_all_that_it_does_not_own() -> None:
    database = one_segment(Facts(accounts=1, products=3, purchases=[Bought(1, 2, days_ago(500))]))
    top = database.execute("SELECT product_id FROM segment_top ORDER BY rank").fetchall()
    assert sorted(top) == [(1,), (3,)]


@pytest.mark.parametrize("facts", [Facts(), Facts(accounts=2), Facts(products=2)])
def test_without_accounts_or_products_there_is_no_whitespace(facts: Facts) -> None:
    database = one_segment(facts)
    assert database.execute("SELECT COUNT(*) FROM segment_top").fetchone() == (0,)


def test_the_worked_example_of_the_specification() -> None:
    """10 accounts; product 1: 2 owned it a year ago, 4 of the other 8 bought it since."""
    facts = Facts(accounts=10, products=2)
    facts.purchases = [
        *(Bought(account, 1, days_ago(800), Decimal(1_000)) for account in (1, 2)),
        *(Bought(account, 1, days_ago(100), Decimal(500)) for account in (3, 4, 5, 6)),
    ]
    database = one_segment(facts)
    row = database.execute(
        "SELECT exposed, adopted, probability, amount, expected FROM segment_products"
        " WHERE product_id = 1"
    ).fetchone()
    assert row == (8, 4, 0.366965, Decimal("666.6667"), Decimal("244.6433"))
    left = database.execute(
        "SELECT whitespace FROM account_whitespace WHERE account_id = 1"
    ).fetchone()
    other = database.execute(
        "SELECT expected FROM segment_products WHERE product_id = 2"
    ).fetchone()
    assert left == other


def test_one_giant_order_does_not_set_the_price_for_everybody() -> None:
    facts = Facts(accounts=60, products=1)
    facts.purchases = [Bought(account, 1, days_ago(700), Decimal(100)) for account in range(1, 50)]
    facts.purchases.append(Bought(50, 1, days_ago(700), Decimal(1_000_000)))
    row = one_segment(facts).execute("SELECT amount FROM segment_products").fetchone()
    assert row is not None
    assert row[0] < 200


def test_a_first_year_is_counted_from_the_first_purchase() -> None:
    first = days_ago(1000)
    facts = Facts(accounts=2, products=1)
    facts.purchases = [
        Bought(1, 1, first, Decimal(100)),
        Bought(1, 1, first + timedelta(200), Decimal(50)),
        Bought(1, 1, first + timedelta(500), Decimal(9_999)),
    ]
    row = one_segment(facts).execute("SELECT amount FROM segment_products").fetchone()
    assert row == (Decimal(150),)


def test_accounts_without_any_product_have_no_whitespace_and_are_none_the_less() -> None:
    bought = [Bought(account=n, product=None, on=days_ago(30), amount=Decimal(90)) for n in (1, 2)]
    database = one_segment(Facts(accounts=3, products=0, purchases=bought))
    found = database.execute(
        "SELECT account_id, cells, whitespace FROM account_whitespace ORDER BY account_id"
    ).fetchall()
    assert found == [(1, 0, 0), (2, 0, 0), (3, 0, 0)]
