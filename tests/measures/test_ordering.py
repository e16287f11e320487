"""The order of whitespace against plain Python, and what must hold whatever the facts."""

import json
import random
from dataclasses import asdict
from decimal import Decimal

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundplan.engine.owned import Owned, day_number, read_owned
from groundplan.measures.ordering import OrderChoice, Recipe, learn, order_whitespace
from groundplan.measures.ordering.choose import climbed
from groundplan.measures.ordering.holdings import blocks_of, read_products
from groundplan.measures.ordering.judging import judge, leaders, ndcg_of
from groundplan.measures.ordering.weights import cosine, count_pairs, ease

from .facts import AS_OF, Bought, Facts, connection, days_ago
from .test_whitespace import one_segment

pairs = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 6)), max_size=40)


def owners(found: list[tuple[int, int]], accounts: int = 8, products: int = 6) -> Facts:
    bought = [
        Bought(account, product, days_ago(900 - 10 * place), Decimal(100))
        for place, (account, product) in enumerate(found)
    ]
    return Facts(accounts=accounts, products=products, purchases=bought)


def ordered(facts: Facts) -> duckdb.DuckDBPyConnection:
    database = one_segment(facts)
    order_whitespace(database, read_owned(database), as_of=AS_OF)
    return database


def learned(facts: Facts, before: OrderChoice | None = None) -> OrderChoice:
    database = connection(facts)
    return learn(database, read_owned(database), as_of=AS_OF, before=before)[1]


def inverse(matrix: list[list[float]]) -> list[list[float]]:
    """Gauss and Jordan, by hand."""
    size = len(matrix)
    rows = [[*row, *(float(i == j) for j in range(size))] for i, row in enumerate(matrix)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for k in range(size):
            if k != i:
                rows[k] = [a - rows[k][i] * b for a, b in zip(rows[k], rows[i], strict=True)]
    return [row[size:] for row in rows]


@given(pairs)
@settings(max_examples=15, deadline=None)
def test_weights_agree_with_ridge_regressions_done_by_hand(found: list[tuple[int, int]]) -> None:
    database = connection(owners(found))
    products = read_products(database)
    gram = count_pairs(blocks_of(read_owned(database)), products, day_number(AS_OF)).groups[0]
    held = set(found)
    counted = [
        [float(sum((a, i) in held and (a, j) in held for a in range(1, 9))) for j in range(1, 7)]
        for i in range(1, 7)
    ]
    assert gram.tolist() == counted
    # EASE is, product by product, the ridge regression of its owners on those of all others.
    weights = ease(gram, 2.0)
    for j in range(6):
        others = [i for i in range(6) if i != j]
        part = [[counted[i][k] + 2.0 * (i == k) for k in others] for i in others]
        solved = inverse(part)
        for place, i in enumerate(others):
            by_hand = sum(solved[place][n] * counted[k][j] for n, k in enumerate(others))
            assert weights[i, j] == pytest.approx(by_hand, abs=1e-5)
        assert weights[j, j] == 0
    for i in range(6):
        for j in range(6):
            length = (counted[i][i] * counted[j][j]) ** 0.5
            wanted = counted[i][j] / length if length and i != j else 0.0
            assert cosine(gram)[i, j] == pytest.approx(wanted, abs=1e-6)


def test_the_worked_example_of_the_specification() -> None:
    """Three accounts own 1 and 2, one owns 1 alone, two own 3: who owns 1 is led to 2."""
    found = [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2), (4, 1), (5, 3), (6, 3)]
    weights = ease(np.array([[4.0, 3, 0], [3, 3, 0], [0, 0, 2]]), 1.0)
    assert weights[0, 1] == pytest.approx(0.6)
    assert weights[1, 0] == pytest.approx(0.75)
    assert weights[2].tolist() == [0, 0, 0]
    database = ordered(owners(found, accounts=6, products=3))
    first = database.execute(
        "SELECT product_id FROM whitespace_top WHERE account_id = 4 ORDER BY rank"
    ).fetchall()
    assert first == [(2,), (3,)]
    because = database.execute(
        "SELECT because_id FROM product_reasons WHERE product_id = 2"
    ).fetchall()
    assert because == [(1,)]


@given(pairs)
@settings(max_examples=10, deadline=None)
def test_only_what_is_free_is_ordered_and_worth_what_its_segment_says(
    found: list[tuple[int, int]],
) -> None:
    facts = owners(found)
    facts.open = [(1, 1), (2, 3)]
    database = ordered(facts)
    rows = database.execute(
        "SELECT t.account_id, t.product_id, t.rank, t.expected = p.expected FROM whitespace_top t"
        " JOIN segment_products p ON p.product_id = t.product_id AND p.segment_id = 1"
    ).fetchall()
    blocked = {*found, *facts.open}
    for account in range(1, 9):
        mine = sorted((rank, product) for one, product, rank, _ in rows if one == account)
        free = [p for p in range(1, 7) if (account, p) not in blocked]
        assert [rank for rank, _ in mine] == list(range(1, min(5, len(free)) + 1))
        assert {product for _, product in mine} <= set(free)
    assert all(same for *_, same in rows)


@given(pairs, st.randoms(use_true_random=False))
@settings(max_examples=6, deadline=None)
def test_the_order_of_the_facts_does_not_matter(
    found: list[tuple[int, int]], chance: random.Random
) -> None:
    facts = owners(found)
    first = ordered(facts).execute("FROM whitespace_top ORDER BY ALL").fetchall()
    chance.shuffle(facts.purchases)
    assert ordered(facts).execute("FROM whitespace_top ORDER BY ALL").fetchall() == first


def test_an_account_without_purchases_keeps_the_order_of_its_segment() -> None:
    facts = owners([(1, 1), (1, 2), (2, 1), (3, 3)])
    before = (
        one_segment(facts).execute("FROM segment_top WHERE account_id = 8 ORDER BY rank").fetchall()
    )
    after = (
        ordered(facts).execute("FROM whitespace_top WHERE account_id = 8 ORDER BY rank").fetchall()
    )
    assert after == before
    assert after


@pytest.mark.parametrize(
    "facts", [Facts(), Facts(accounts=1), Facts(products=1), owners([(1, 1)], 1, 1)]
)
def test_nothing_bought_or_nothing_left_is_no_error(facts: Facts) -> None:
    database = ordered(facts)
    assert database.execute("SELECT COUNT(*) FROM product_reasons").fetchone() == (0,)


def test_too_few_accounts_leave_the_usual_recipe() -> None:
    choice = learned(owners([(1, 1), (2, 2)]))
    assert choice.recipe == Recipe()
    assert choice.tried == 0


def test_of_recipes_that_seem_better_the_surest_is_taken_not_the_luckiest() -> None:
    """Of many rivals that differ by chance, the one that gained most has the largest error."""
    start, sure, lucky = Recipe(), Recipe(cosine=0.75), Recipe(cosine=1.0)
    even = np.tile([-1.0, 1.0], 500)
    found = {start: np.full(1000, 0.18), sure: 0.182 + 0.03 * even, lucky: 0.1825 + 0.065 * even}
    worse = np.full(1000, 0.1)
    assert climbed(lambda recipe: found.get(recipe, worse), start) == sure
    # Alone, the lucky one would have been taken: it is better by more than its error.
    assert climbed(lambda recipe: {**found, sure: worse}.get(recipe, worse), start) == lucky


def test_what_was_archived_since_is_in_no_block_nor_is_who_bought_nothing_else() -> None:
    owned = Owned(
        products=np.array([70, 90]),
        accounts=np.array([3, 5, 8]),
        starts=np.array([0, 2, 3, 5]),
        product=np.array([-1, 1, -1, 0, 1]),
        first=np.array([10, 20, 10, 30, 40]),
        first_year=np.zeros(5, np.int64),
    )
    [block] = blocks_of(owned)
    assert block.accounts.tolist() == [3, 8]
    assert block.held(before=35).tolist() == [[0, 1], [1, 0]]


def test_figures_agree_with_a_count_by_hand() -> None:
    scores = np.array([[9.0, 8, 7, 6, 5, 4, 3]])
    bought = np.array([[False, True, False, False, False, False, True]])
    free = np.array([[True, True, False, True, True, True, True]])
    found = judge(scores, free, bought)
    discount = 1 / np.log2(3)
    assert found.hit[0] == 1
    assert found.recall[0] == 0.5
    assert found.ndcg[0] == pytest.approx(discount / (1 + discount))
    assert found.precision[0] == pytest.approx((1 / 2 + 2 / 6) / 2)


def test_equal_scores_go_by_product() -> None:
    best = leaders(np.zeros((2, 9), np.float32), np.ones((2, 9), np.bool_))
    assert best.tolist() == [[0, 1, 2, 3, 4]] * 2


@given(st.integers(1, 9), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_leaders_and_their_ndcg_agree_with_sorting_everything(products: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    shape = (12, products)
    scores = chance.integers(-3, 4, shape).astype(np.float32)
    free, bought = chance.random(shape) < 0.7, chance.random(shape) < 0.4
    for row, found in enumerate(leaders(scores, free).tolist()):
        wanted = sorted(np.flatnonzero(free[row]).tolist(), key=lambda one: -scores[row, one])
        assert [one for one in found if one >= 0] == wanted[:5]
    by_all = judge(scores, free, bought).ndcg
    counted = (bought & free).any(axis=1)
    assert ndcg_of(scores, free, bought)[counted] == pytest.approx(by_all[counted])


def test_a_recipe_stands_until_what_it_was_chosen_on_has_changed() -> None:
    found = [(account, product) for account in range(1, 9) for product in (1, 2, 3)]
    first = learned(owners(found))
    unlikely = OrderChoice(Recipe(ridge=7.0), 1, 0.5, 0.1, 9, first.basis)
    kept = OrderChoice.of_json(json.loads(json.dumps(asdict(unlikely))))
    assert learned(owners(found), kept) == unlikely
    fewer, another_product = owners(found[:-4]), owners(found, products=7)
    for changed in (fewer, another_product):
        assert learned(changed, kept).recipe == Recipe()
    nothing_known = OrderChoice.of_json({**asdict(unlikely), "basis": None})
    assert learned(owners(found), nothing_known) == first
