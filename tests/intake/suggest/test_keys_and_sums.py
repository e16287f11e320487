"""Columns of numbers: which are keys of other lists, and which calculate a line's amount."""

from pathlib import Path

import pytest

from .staged import suggested

NAMES = ("Abel GmbH", "Birch Ltd", "Cedar AG", "Dorn SA", "Elm Inc")


def _invoices(count: int = 60) -> str:
    """Keys of fifteen digits beside sums of a few hundred, as systems of books write them."""
    told = "Invoice Date,Document ID,Buyer ID,Customer Name,Item Name,Quantity,Rate,Discount Amount"
    told += ",Item Total,Invoice Total\n"
    for n in range(count):
        quantity, less = n % 4 + 1, n % 3 * 0.5
        document, buyer = 90_000 + n // 2 * 7, 20_000 + n % 5 * 13
        told += f"2025-03-{n % 28 + 1:02d},7100000000{document},7100000000{buyer}"
        told += f",{NAMES[n % 5]},W{n % 7},{quantity},{20.25 + n % 7},{less}"
        told += f",{quantity * (20.25 + n % 7) - less:.2f},{900 + n // 2}\n"
    return told


def test_keys_of_many_digits_are_no_sums(tmp_path: Path) -> None:
    with suggested(tmp_path, {"invoices.csv": _invoices()}) as found:
        assert found.columns("purchases")["amount"] == "Item Total"
        assert found.columns("purchases")["account_id"] == "Buyer ID"


def test_a_discount_is_not_what_parts_two_keys(tmp_path: Path) -> None:
    text = "Booked On,qaa,qab,Customer Name,Item Name,Discount,Amount\n"
    for n in range(60):
        keys = f"7100000000{90_000 + n // 2 * 7},7100000000{20_000 + n // 3}"
        text += f"2025-03-{n % 28 + 1:02d},{keys}"
        text += f",{NAMES[n % 5]},W{n % 7},{n % 3 * 0.5},{20.25 + n % 7}\n"
    with suggested(tmp_path, {"invoices.csv": text}) as found:
        assert found.columns("purchases")["amount"] == "Amount"


def test_keys_of_many_digits_refer_to_a_list_whatever_they_are_called(tmp_path: Path) -> None:
    firms = "Vantage ID,Name,Industry\n"
    firms += "".join(f"{45_100_000 + 13 * n},Firm {n} Ltd,Farming\n" for n in range(20))
    deals = "Vantage ID,Name,Company Id,Stage,Value,Close Date\n"
    deals += "".join(
        f"{23_300_000 + 3 * n},Deal {n},{45_100_000 + 13 * (n % 20)},"
        f"{('Won', 'Lost', 'Talks')[n % 3]},{n}.5,2025-01-{n % 28 + 1:02d}\n"
        for n in range(40)
    )
    with suggested(tmp_path, {"firms.csv": firms, "deals.csv": deals}) as found:
        assert found.columns("accounts")["account_id"] == "Vantage ID"
        assert found.columns("opportunities")["account_id"] == "Company Id"
        assert not found.table("opportunities").match_by_name


def test_a_list_of_companies_is_that_of_a_company(tmp_path: Path) -> None:
    firms = "qaa,Name,Industry\n" + "".join(f"{n},Firm {n} Ltd,Farming\n" for n in range(20))
    deals = "Id,Name,Company Id,Stage,Value,Close Date\n"
    deals += "".join(
        f"{n},Deal {n},{n % 20},Won,{n}.5,2025-01-{n % 28 + 1:02d}\n" for n in range(40)
    )
    files = {"companies.csv": firms, "deals.csv": deals}
    with suggested(tmp_path, files) as found:
        assert found.columns("accounts")["account_id"] == "qaa"


def test_numbers_on_end_refer_to_nothing_by_chance(tmp_path: Path) -> None:
    items = "Code,Name,Category\n"
    items += "".join(f"{4_000_000 + n},Ware {n},Tools\n" for n in range(40))
    orders = "Order Date,Voucher,Customer Name,Amount\n"
    orders += "".join(
        f"2025-01-{n % 28 + 1:02d},{4_000_000 + n},{NAMES[n % 5]},{n}.5\n" for n in range(30)
    )
    with suggested(tmp_path, {"products.csv": items, "orders.csv": orders}) as found:
        assert "product_id" not in found.columns("purchases")


def test_what_is_measured_may_have_fractions_where_its_price_has_none(tmp_path: Path) -> None:
    text = "Date,Customer Name,Product,Quantity,Price,Sales\n"
    for n in range(40):
        text += f"2025-01-{n % 28 + 1:02d},{NAMES[n % 5]},W{n % 6},{n + 0.5},{200 + n % 6}"
        text += f",{(n + 0.5) * (200 + n % 6)}\n"
    with suggested(tmp_path, {"sales.csv": text}) as found:
        assert found.columns("purchases")["quantity"] == "Quantity"


def test_what_a_unit_cost_is_no_price_beside_one(tmp_path: Path) -> None:
    text = "Order Date,Customer Name,Product,Order Quantity,Unit Cost,Unit Price,Discount Applied\n"
    for n in range(40):
        text += f"2025-01-{n % 28 + 1:02d},{NAMES[n % 5]},W{n % 6},{n % 5 + 1},{9.5 + n},{20.5 + n}"
        text += f",{n % 4 * 0.05:.2f}\n"
    with suggested(tmp_path, {"orders.csv": text}) as found:
        rule = found.columns("purchases")["amount"]
    assert rule == (
        "`Unit Price` * `Order Quantity` * (1 - coalesce(number(`Discount Applied`), 0))"
    )


def test_freight_with_tax_in_it_is_no_tax_that_makes_a_total(tmp_path: Path) -> None:
    text = "Order No,Order Date,Customer Name,Subtotal (inc tax),Subtotal (ex tax),Tax Sum"
    text += ",Freight (inc tax),Freight (ex tax),Order Total (inc tax),Order Total (ex tax)\n"
    for n in range(40):
        net, freight = 110.5 + 37 * n % 400, (6, 12)[n % 2]
        tax = net * (0.07, 0.19)[n % 2]
        text += f"{n + 300},2025-03-{n % 28 + 1:02d},{NAMES[n % 5]},{net + tax:.2f},{net}"
        text += f",{tax:.2f},{freight},{freight},{net + tax + freight:.2f},{net + freight}\n"
    with suggested(tmp_path, {"orders.csv": text}) as found:
        assert found.columns("purchases")["amount"] == "Subtotal (ex tax)"


@pytest.mark.parametrize(
    ("street", "after"), [("Bairro Comprador", "Complemento Comprador"), ("Rua", "CEP")]
)
def test_the_number_of_a_house_is_no_customers_number(
    tmp_path: Path, street: str, after: str
) -> None:
    text = f"Pedido,Nome Comprador,Data,{street},Número Comprador,{after},Produto,Valor Total\n"
    text += "".join(
        f"{n // 2},{NAMES[n // 2 % 5]},2025-03-{n // 2 + 1:02d},X,{300 + n // 2 % 5},Y,W{n},{n}.5\n"
        for n in range(48)
    )
    with suggested(tmp_path, {"pedidos.csv": text}) as found:
        assert found.columns("purchases")["account_id"] == "Nome Comprador"


def test_a_rate_of_tax_times_a_rate_of_exchange_is_no_amount(tmp_path: Path) -> None:
    text = (
        "Bill Date,Bill No,Client,Article,FX Rate,Units,Unit Price,Levy,Levy %,Line Sum,Bill Sum\n"
    )
    for n in range(60):
        units, price = n % 4 + 2, 20.25 + n % 7
        rate, levy = (
            ("86.45", ",") if n % 10 == 0 else ("1.0", f"VAT{7 + n % 2 * 12},{7 + n % 2 * 12}")
        )
        text += f"2025-03-{n % 28 + 1:02d},B{n // 2},{NAMES[n % 5]},W{n % 7},{rate},{units},{price}"
        text += f",{levy},{units * price:.2f},{900 + n // 2}\n"
    with suggested(tmp_path, {"bills.csv": text}) as found:
        assert found.columns("purchases")["amount"] == "Line Sum"
        assert found.columns("purchases")["quantity"] == "Units"
