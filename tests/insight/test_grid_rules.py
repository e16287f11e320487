"""What a cell of the whitespace grid is, and what several become together."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.insight.grid import shade
from groundplan.insight.grid.contracts import Cell, Estimate, Marks, State
from groundplan.insight.grid.painting import Painter, together
from groundplan.insight.grid.rules import SELLABLE, cell_in, rolled, state_of, total

STATES: tuple[State, ...] = (
    "owned",
    "open",
    "competitor",
    "in_house",
    "not_applicable",
    "whitespace",
)
PAIR = (7, 1)


def estimate(expected: str = "100") -> Estimate:
    return Estimate(0.5, Decimal(200), Decimal(expected), 40, 10, 30, 6)


def test_what_is_owned_is_owned_though_a_renewal_is_open() -> None:
    marks = Marks(owned={PAIR}, open={PAIR}, positions={PAIR: "competitor"})
    assert state_of(PAIR, marks) == "owned"


def test_an_open_opportunity_counts_before_the_competitor_it_is_to_displace() -> None:
    assert state_of(PAIR, Marks(open={PAIR}, positions={PAIR: "competitor"})) == "open"


def test_a_pair_that_nothing_is_known_of_is_whitespace() -> None:
    assert cell_in(state_of(PAIR, Marks()), estimate()) == Cell("whitespace", Decimal(100), 0)


@pytest.mark.parametrize("position", ["in_house", "not_applicable"])
def test_nothing_is_expected_where_nothing_can_be_sold(position: State) -> None:
    assert cell_in(state_of(PAIR, Marks(positions={PAIR: position})), estimate()).expected == 0


def test_a_product_that_no_look_alike_says_anything_about_expects_nothing() -> None:
    assert cell_in(state_of(PAIR, Marks()), None).expected == 0


def test_a_family_with_something_left_to_sell_shows_that_and_how_much_it_owns() -> None:
    cells = [Cell("owned", owned=1), Cell("whitespace", Decimal(5)), Cell("competitor", Decimal(9))]
    assert rolled(cells) == Cell("whitespace", Decimal(5), owned=1, of=3)


cells = st.builds(
    Cell,
    st.sampled_from(STATES),
    st.decimals(0, 10**6, places=4),
    st.integers(0, 1),
)


@given(st.lists(cells, min_size=1))
def test_putting_cells_together_keeps_their_whitespace(several: list[Cell]) -> None:
    assert total([rolled(several)], "whitespace") == total(several, "whitespace")
    assert rolled(several).of == len(several)


@given(st.data())
def test_the_painter_paints_what_cell_by_cell_reading_gives(data: st.DataObject) -> None:
    accounts, products = range(1, 6), range(10, 18)
    pairs = st.sets(st.tuples(st.sampled_from(accounts), st.sampled_from(products)))
    taken: list[State] = ["competitor", "in_house", "not_applicable"]
    positions = st.dictionaries(
        st.tuples(st.sampled_from(accounts), st.sampled_from(products)), st.sampled_from(taken)
    )
    marks = Marks(data.draw(pairs), data.draw(pairs), data.draw(positions))
    estimates = {
        segment: {product: estimate(str(segment * product)) for product in products}
        for segment in (1, 2)
    }
    painter = Painter([(product,) for product in products], marks, estimates)
    for account in accounts:
        segment = account % 3 or None
        known = estimates.get(segment or 0, {})
        expected = tuple(cell_in(state_of((account, p), marks), known.get(p)) for p in products)
        assert painter.row(account, segment) == expected


def test_a_painter_by_category_rolls_the_products_of_each() -> None:
    marks = Marks(owned={(1, 10)})
    estimates = {1: {10: estimate("3"), 11: estimate("4"), 12: estimate("5")}}
    row = Painter([(10, 11), (12,)], marks, estimates).row(1, 1)
    assert row == (
        Cell("whitespace", Decimal(4), owned=1, of=2),
        Cell("whitespace", Decimal(5)),
    )


def test_divisions_together_sum_what_each_has_left() -> None:
    estimates = {1: {10: estimate("3")}, 2: {10: estimate("8")}}
    painter = Painter([(10,)], Marks(), estimates)
    assert together([painter.row(1, 1), painter.row(2, 2)]) == (
        Cell("whitespace", Decimal(11), of=2),
    )


def test_the_tint_grows_with_the_value() -> None:
    shades = [shade(Decimal(value), Decimal(100)) for value in (0, 9, 10, 33, 34, 100)]
    assert shades == [1, 1, 2, 2, 3, 3]


def test_only_two_states_leave_something_to_sell() -> None:
    assert set(STATES) - set(SELLABLE) == {"owned", "open", "in_house", "not_applicable"}
