"""Totals that an order's lines repeat: what a line brought is its price times its quantity."""

from pathlib import Path

import pytest

from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.suggest.orders.order_totals import repeated_on_lines
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.tallying.saying import role_of

from .staged import suggested

FIRMS = ("Abel GmbH", "Birch Ltd", "Cedar AG", "Dorn SA", "Elm Inc", "Fir LLC")
PEOPLE = ("Anna Black", "Peter White", "Maria Brown", "Paul Green", "Laura Grey", "Mark Blue")


def _shop(price: str = "Item Cost", total: str = "Order Total") -> str:
    """150 orders of two lines, their sums on both; some have a coupon, some were given back."""
    text = f"Order Number,Order Date,Company,Cart Discount,Order Subtotal,Order Refund,{total}"
    text += f",SKU,Qty,{price},Discount Tax\n"
    for order in range(150):
        lines = [
            (f"W{(order + at) % 7}", 1 + (order + at) % 4, 5.5 + (3 * order + at) % 8)
            for at in (0, 1)
        ]
        whole = sum(count * cost for _, count, cost in lines)
        less, tax = (5, 0) if order % 8 == 3 else (0, "")
        back = whole if order % 24 == 3 else 0
        day = f"2025-03-{order % 28 + 1:02d}"
        for ware, count, cost in lines:
            text += f"{order},{day},{FIRMS[order % 6]},{less},{whole},{back},{whole * 1.2:.2f}"
            text += f",{ware},{count},{cost},{tax}\n"
    return text


@pytest.mark.parametrize(
    ("price", "total"),
    [("Item's Price", "Total"), ("Unit Price", "Amount"), ("Item Cost", "Order Total")],
)
def test_a_total_that_lines_repeat_gives_way_to_price_times_quantity(
    tmp_path: Path, price: str, total: str
) -> None:
    with suggested(tmp_path, {"orders.csv": _shop(price, total)}) as found:
        assert found.columns("purchases")["amount"] == f"`{price}` * Qty"


def test_what_lines_repeat_is_told_from_what_lines_say(tmp_path: Path) -> None:
    with suggested(tmp_path, {"orders.csv": _shop()}) as found:
        told = repeated_on_lines(
            "orders.csv", Evidence(found.connection, list(found.files.values()))
        )
    assert {"Order Subtotal", "Order Total"} <= told
    assert not told & {"Qty", "Item Cost"}


def test_a_repeated_total_stays_where_no_price_is_told(tmp_path: Path) -> None:
    text = "Order Number,Order Date,Company,SKU,Qty,Order Total\n"
    for at in range(60):
        order = at // 2
        text += f"{order},2025-03-{order % 28 + 1:02d},{FIRMS[order % 6]},W{at % 7},{at % 4 + 1}"
        text += f",{order * 3.5 + 20}\n"
    with suggested(tmp_path, {"orders.csv": text}) as found:
        assert found.columns("purchases")["amount"] == "Order Total", "the tally refuses it"


def test_people_who_order_for_a_company_are_no_customers_beside_it(tmp_path: Path) -> None:
    text = "Order Number,Order Date,Billing Customer,Billing Company Name,SKU,Qty,Unit Price\n"
    for at in range(60):
        person = at // 2 % 6
        firm = FIRMS[person // 2] if at % 20 > 1 else ""
        text += (
            f"{at // 2},2025-03-{at // 2 % 28 + 1:02d},{PEOPLE[person]},{firm},W{at % 7},2,9.5\n"
        )
    with suggested(tmp_path, {"orders.csv": text}) as found:
        assert found.columns("purchases")["account_id"] == (
            "coalesce(`Billing Company Name`, `Billing Customer`)"
        )


@pytest.mark.parametrize("heading", ["Total after refund", "Amount before refunds"])
def test_what_is_left_after_refunds_is_no_refund(heading: str) -> None:
    assert role_of(heading) == ""


def test_whose_something_is_says_nothing_of_what_it_is() -> None:
    assert words("Item's Price") == words("Item Price")
    assert words("Buyer’s Email") == ("buyer", "email")
