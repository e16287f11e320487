"""Sums of lines against what columns tell of whole orders."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from groundplan.intake.tallying.agreeing import (
    agreement,
    expected,
    holds_its_total,
    is_repeated,
    near,
)
from groundplan.intake.tallying.contracts import OrderSum, Said, Way

CENTS = st.integers(100, 500_000)
SAID = Said(("Net", "Total"), ("Discount",), ("Percent",), ("Tax",), ("Freight",))


def _order(n: int, net: int, discount: int = 0, tax: int = 0, freight: int = 0) -> OrderSum:
    """Cents; the lines sum to the net amount and the discount."""
    lines = (net + discount) / 100
    told = {"Discount": discount / 100, "Tax": tax / 100, "Freight": freight / 100}
    told["Total"] = (net + tax + freight) / 100
    return OrderSum(f"O{n}", 2, lines, lines, told)


def _best(orders: Sequence[OrderSum], said: Said = SAID) -> tuple[Way, float]:
    found = agreement(orders, said)
    assert found is not None
    return found.way, found.share


@given(st.lists(CENTS, min_size=12, max_size=30), st.integers(5, 25), st.integers(0, 900))
def test_totals_with_tax_and_freight_agree_and_reduce_nothing(
    nets: list[int], rate: int, freight: int
) -> None:
    orders = [_order(n, net, tax=net * rate // 100, freight=freight) for n, net in enumerate(nets)]
    way, share = _best(orders)
    assert share == 1
    assert not way.reduces


@given(st.lists(CENTS, min_size=12, max_size=30), st.integers(5, 60))
def test_a_discount_of_orders_that_their_lines_lack_is_seen(nets: list[int], off: int) -> None:
    orders = [_order(n, net, discount=net * off // 100) for n, net in enumerate(nets)]
    way, share = _best(orders)
    assert (way.discount, share) == ("Discount", 1)


@given(st.lists(CENTS, min_size=12, max_size=30), st.integers(5, 60))
def test_a_total_before_the_discount_does_not_hide_it(nets: list[int], off: int) -> None:
    orders = [_order(n, net, discount=net * off // 100) for n, net in enumerate(nets)]
    both = [replace(o, told={**o.told, "Before": o.taken}) for o in orders]
    way, _ = _best(both, replace(SAID, totals=("Before", "Total")))
    assert way.reduces


@given(st.lists(st.integers(2_000, 500_000), min_size=12, max_size=30), st.integers(1, 90))
def test_a_discount_in_percent_leaves_what_the_total_says(nets: list[int], off: int) -> None:
    orders = [
        OrderSum(
            f"O{n}",
            1,
            net / 100,
            net / 100,
            {"Percent": float(off), "Total": net * (100 - off) / 10_000},
        )
        for n, net in enumerate(nets)
    ]
    way, share = _best(orders)
    assert (way.share, share) == ("Percent", 1)


@given(st.lists(CENTS, min_size=12, max_size=30, unique=True))
def test_lines_with_tax_give_way_to_the_net_amount(nets: list[int]) -> None:
    orders = [
        OrderSum(
            f"O{n}", 2, net * 1.2, net * 1.2, {"Net": net, "Tax": net * 0.2, "Total": net * 1.2}
        )
        for n, net in enumerate(nets)
    ]
    way, share = _best(orders)
    assert (way.total, way.net, share) == ("Total", "Net", 1)


@given(st.lists(CENTS, min_size=20, max_size=30), st.data())
def test_sums_that_have_nothing_to_do_with_totals_agree_in_no_way(
    nets: list[int], data: st.DataObject
) -> None:
    orders = [_order(n, net) for n, net in enumerate(nets)]
    times = data.draw(st.integers(2, 9))
    found = agreement(
        [replace(o, taken=times * o.taken, every=times * o.every) for o in orders], SAID
    )
    assert found is not None
    assert found.share < 0.1
    assert found.against is not None


def test_a_rate_of_tax_that_no_column_tells_explains_a_total() -> None:
    orders = [
        OrderSum(
            f"O{n}", 2, 10.0 * n, 10.0 * n, {"Total": round(10.0 * n * (1.19, 1.07)[n % 2], 2)}
        )
        for n in range(1, 40)
    ]
    assert _best(orders)[1] == 1


def test_lines_left_out_on_purpose_are_no_difference() -> None:
    orders = [OrderSum(f"O{n}", 3, 5.0, 10.0 + n, {"Total": 10.0 + n}) for n in range(20)]
    assert _best(orders)[1] == 1


def test_orders_that_tell_nothing_agree_with_nothing() -> None:
    assert agreement([OrderSum(f"O{n}", 1, 1.0, 1.0, {}) for n in range(20)], SAID) is None
    assert agreement([], SAID) is None


@given(st.integers(1, 50), CENTS, st.integers(0, 3))
def test_cents_of_rounding_are_no_difference(lines: int, cents: int, off: int) -> None:
    assert near(cents / 100, (cents + min(off, lines // 2)) / 100, lines)


def test_an_order_without_the_columns_of_a_way_is_not_asked() -> None:
    assert expected(OrderSum("O", 1, 1.0, 1.0, {"Tax": 1.0}), Way("Total", tax="Tax")) is None


@given(st.lists(st.tuples(CENTS, st.integers(2, 5)), min_size=8, max_size=20,
                unique_by=lambda told: told[0]))  # fmt: skip
def test_an_amount_that_all_lines_of_orders_share_is_the_orders(
    told: list[tuple[int, int]],
) -> None:
    assert is_repeated([[amount / 100] * lines for amount, lines in told])
    assert not is_repeated([[amount / 100, amount / 50] for amount, _ in told])


def test_lines_of_one_price_are_no_totals_of_orders() -> None:
    assert not is_repeated([[9.5, 9.5]] * 40)


@given(st.lists(st.lists(CENTS, min_size=2, max_size=4), min_size=8, max_size=20))
def test_a_line_that_sums_the_others_is_seen(orders: list[list[int]]) -> None:
    assert holds_its_total([[*map(float, cents), float(sum(cents))] for cents in orders])
    assert not holds_its_total([[*map(float, cents), 2.0 * sum(cents)] for cents in orders])


def test_a_discount_of_lines_is_surer_than_what_their_order_repeats_of_it() -> None:
    orders = [_order(n, 9_000 + n, discount=1_000) for n in range(12)]
    told = [replace(o, told={**o.told, "Line Discount": 10.0}) for o in orders]
    said = replace(
        SAID, discounts=("Discount", "Line Discount"), of_lines=frozenset(["Line Discount"])
    )
    assert _best(told, said)[0].discount == "Line Discount"


def test_a_rate_too_small_to_make_a_difference_takes_nothing_off() -> None:
    orders = [_order(n, 50_000 + n) for n in range(12)]
    told = [replace(o, told={**o.told, "Discount": 0.05}) for o in orders]
    assert not _best(told)[0].reduces


def test_a_total_that_lines_sum_to_as_they_are_is_told_beside_the_best_way() -> None:
    orders = [_order(n, 9_000 + n, discount=1_000) for n in range(12)]
    told = [replace(o, told={**o.told, "Net": o.taken}) for o in orders]
    found = agreement(told, SAID)
    assert found
    assert (found.way.discount, found.before) == ("Discount", "Net")
