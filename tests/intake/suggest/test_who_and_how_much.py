"""Which of several companies bought, and which of several amounts is a line's."""

from pathlib import Path

import pytest

from .staged import suggested

NAMES = ("Abel GmbH", "Birch Ltd", "Cedar AG", "Dorn SA", "Elm Inc")
SELLERS = ("Norrland Ltd", "Vantaa Inc", "Oulu AG")


def _sold(columns: str, row: str, *, count: int = 40) -> str:
    told = [
        row.format(n=n, day=n % 28 + 1, name=NAMES[n % 5], other=SELLERS[n % 3])
        for n in range(count)
    ]
    return "\n".join((columns, *told)) + "\n"


@pytest.mark.parametrize("through", ["Reseller", "Distributor", "Händler"])
def test_whom_it_was_sold_through_is_not_who_bought_it(tmp_path: Path, through: str) -> None:
    columns = f"{through},Customer Name,Sold On,Item,Amount"
    text = _sold(columns, "{other},{name},2025-01-{day:02d},W{n},{n}.5")
    with suggested(tmp_path, {"sales.csv": text}) as found:
        assert found.columns("purchases")["account_id"] == "Customer Name"


def test_the_code_of_a_distributor_is_no_customers(tmp_path: Path) -> None:
    columns = "Distributor Code,Customer,Invoice Date,Item,Amount"
    text = _sold(columns, "V-{n},{name},2025-01-{day:02d},W{n},{n}.5")
    with suggested(tmp_path, {"sales.csv": text}) as found:
        assert found.columns("purchases")["account_id"] == "Customer"


def test_who_sells_on_is_who_buys_where_nobody_else_does(tmp_path: Path) -> None:
    text = _sold("Dealer,Invoice Date,Item,Amount", "{other},2025-01-{day:02d},W{n},{n}.5")
    with suggested(tmp_path, {"sales.csv": text}) as found:
        assert found.columns("purchases")["account_id"] == "Dealer"


def _itemised(sign: int, *, back: bool = True) -> str:
    """Orders of three lines whose sum stands on the first only, the first few given back."""
    text = "Partner,Invoice Date,Number,Lines/Product,Lines/Quantity,Lines/Booked,Net Amount\n"
    for n in range(30):
        turn = -1 if n < 4 and back else 1
        sums = [turn * (12 + n + line) for line in range(3)]
        for line, each in enumerate(sums):
            head = f"{NAMES[n % 5]},2025-01-{n % 28 + 1:02d},INV{n}" if not line else ",,"
            text += f"{head},W{line},{line + 1},{sign * each}"
            text += f",{sum(sums) if not line else ''}\n"
    return text


def test_what_an_order_tells_once_is_not_its_first_lines(tmp_path: Path) -> None:
    with suggested(tmp_path, {"invoices.csv": _itemised(1)}) as found:
        assert found.columns("purchases")["amount"] == "Lines/Booked"
        assert len(found.rows("purchases", "amount")) == 90


def test_sales_that_a_ledger_books_with_a_minus_are_sales(tmp_path: Path) -> None:
    with suggested(tmp_path, {"invoices.csv": _itemised(-1)}) as found:
        amounts = [float(str(amount)) for (amount,) in found.rows("purchases", "amount")]
    assert amounts[0] == -12
    assert amounts[-1] == 43


def test_what_is_given_back_in_a_file_of_refunds_stays_minus(tmp_path: Path) -> None:
    with suggested(tmp_path, {"refunds.csv": _itemised(-1, back=False)}) as found:
        amounts = [float(str(amount)) for (amount,) in found.rows("purchases", "amount")]
    assert max(amounts) < 0


def test_discounts_of_lines_that_sum_to_the_orders_are_no_amounts(tmp_path: Path) -> None:
    text = "Number,Invoice Date,Customer,Item,Quantity,Unit Price,Line Rebate,Rebate,Subtotal\n"
    for n in range(60):
        head = n % 2 == 0
        told = f"{n % 4 + 3}.5,{50 + n}" if head else ","
        rebate = (n % 4 + 3.5) - 1 if head else 1
        text += f"R{n // 2},2025-01-{n // 2 % 28 + 1:02d},{NAMES[n // 2 % 5]},W{n % 7}"
        text += f",{n % 3 + 1},{20 + n % 7},{rebate},{told}\n"
    with suggested(tmp_path, {"orders.csv": text}) as found:
        assert "Rebate" not in found.columns("purchases")["amount"].split("`")
        assert found.columns("purchases")["amount"] == "`Unit Price` * Quantity"
