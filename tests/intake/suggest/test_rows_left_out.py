"""Which rows count, which are taken off, and what things are called under odd headings."""

from collections.abc import Callable
from pathlib import Path

import pytest

from .staged import suggested

FIRMS = ("Abel Works", "Birch Foods", "Cedar Tools", "Dorn Optics", "Elm Marine", "Fir Hotels")
WARES = (("W1", "Lamp", 20), ("W2", "Desk", 150), ("W3", "Chair", 75))
LINES = "Invoice No,Date,A/C Ref,Name,Stock Code,Description,Quantity,Unit Price,Net Amount"


def _file(columns: str, row: Callable[[int], str], count: int = 48) -> str:
    return "\n".join([columns, *(row(n) for n in range(count))]) + "\n"


def _day(n: int) -> str:
    return f"2024-{1 + n % 12:02d}-{1 + n % 27:02d}"


def _line(n: int) -> str:
    code, name, price = WARES[n % 3]
    who = n // 2 % 6
    return f"{n // 2},{_day(n // 2)},ACC{who},{FIRMS[who]},{code},{name},2,{price},{2 * price}"


def test_a_credit_note_is_told_among_other_words(tmp_path: Path) -> None:
    kinds = ("Product Invoice", "Product Credit Note")
    text = _file(f"{LINES},Type", lambda n: f"{_line(n)},{kinds[n % 8 == 0]}")
    with suggested(tmp_path, {"invoices.csv": text}) as found:
        amount = found.columns("purchases")["amount"]
    assert amount.startswith("if(Type in ('Product Credit Note'), 0 - ")


def test_a_flag_leaves_out_what_was_struck(tmp_path: Path) -> None:
    text = _file(f"{LINES},Makulerad", lambda n: f"{_line(n)},{('Nej', 'Ja')[n % 8 == 0]}")
    with suggested(tmp_path, {"invoices.csv": text}) as found:
        assert found.table("purchases").skip == ("Makulerad",)
        assert len(found.rows("purchases", "amount")) == 42


def test_a_day_of_cancelling_leaves_out_its_order(tmp_path: Path) -> None:
    text = _file(f"{LINES},Cancelled at", lambda n: f"{_line(n)},{_day(n) if n % 8 == 0 else ''}")
    with suggested(tmp_path, {"invoices.csv": text}) as found:
        assert len(found.rows("purchases", "amount")) == 42


def test_how_many_were_refunded_is_no_flag(tmp_path: Path) -> None:
    text = _file(f"{LINES},Qty. Refunded", lambda n: f"{_line(n)},{int(n % 8 == 0)}")
    with suggested(tmp_path, {"invoices.csv": text}) as found:
        assert found.table("purchases").skip == ()


def test_lines_of_orders_that_have_a_state_are_no_deals(tmp_path: Path) -> None:
    columns = "Order #,Order Date,Order Status,Company,SKU,Product Name,Qty. Ordered,Price,Total"

    def row(n: int) -> str:
        code, name, price = WARES[n % 3]
        state = "canceled" if n % 16 < 2 else "complete"
        day = f"Nov {1 + n // 2 % 27}, 2023, 2:15:42 AM"
        firm = FIRMS[n // 2 % 6]
        return f'{9000 + n // 2},"{day}",{state},{firm},{code},{name},2,{price},{2 * price}'

    with suggested(tmp_path, {"order_items.csv": _file(columns, row)}) as found:
        assert "opportunities" not in found.tables
        assert found.columns("purchases")["date"] == "Order Date"
        assert len(found.rows("purchases", "amount")) == 42


def test_a_group_of_products_stands_in_where_no_product_is_told(tmp_path: Path) -> None:
    text = _file(
        "Customer,Date,Product group,Amount",
        lambda n: f"{FIRMS[n % 6]},{_day(n)},{('Lamps', 'Desks')[n % 2]},{10 + n}",
    )
    with suggested(tmp_path, {"sales.csv": text}) as found:
        assert found.columns("purchases")["product_id"] == "Product group"


def test_an_orders_head_names_its_customer_under_any_heading(tmp_path: Path) -> None:
    heads = _file(
        "OrderID,OrderDate,CustomerID,Besteller XY,ShipCity",
        lambda n: f"{n},{_day(n)},C{n % 6},{FIRMS[n % 6]},{('Ulm', 'Bonn', 'Kiel')[n % 3]}",
        24,
    )
    lines = _file(
        "OrderID,ProductID,UnitPrice,Quantity",
        lambda n: f"{n // 2},{WARES[n % 3][0]},{WARES[n % 3][2]},2",
    )
    with suggested(tmp_path, {"orders.csv": heads, "order_details.csv": lines}) as found:
        assert set(found.rows("accounts", "account_id", "name")) == {
            (f"C{n}", firm) for n, firm in enumerate(FIRMS)
        }


def test_where_its_goods_go_is_no_customers_name(tmp_path: Path) -> None:
    text = _file(
        "OrderID,OrderDate,CustomerID,ProductID,Amount,ShipCity",
        lambda n: (
            f"{n // 2},{_day(n // 2)},C{n // 2 % 6},W{n % 3},{10 + n},Bad {FIRMS[n // 2 % 6][:3]}"
        ),
    )
    with suggested(tmp_path, {"orders.csv": text}) as found:
        assert "accounts" not in found.tables


def test_customers_that_only_refer_to_people_are_called_like_them(tmp_path: Path) -> None:
    people = "BusinessEntityID,PersonType,FirstName,LastName,EmailPromotion\n" + "".join(
        f"{1700 + n},IN,{('Anna', 'David', 'Maria')[n % 3]},Berg{n},0\n" for n in range(12)
    )
    customers = "CustomerID,PersonID,AccountNumber\n" + "".join(
        f"{11000 + n},{1700 + n},AW000{11000 + n}\n" for n in range(12)
    )
    heads = _file(
        "SalesOrderID,OrderDate,CustomerID", lambda n: f"{43000 + n},{_day(n)},{11000 + n % 12}", 24
    )
    lines = _file(
        "SalesOrderID,SalesOrderDetailID,OrderQty,ProductID,UnitPrice,LineTotal",
        lambda n: f"{43000 + n // 2},{n},2,{700 + n % 5},{20 + n % 5},{2 * (20 + n % 5)}",
    )
    files = {
        "Person.Person.csv": people,
        "Sales.Customer.csv": customers,
        "Sales.SalesOrderHeader.csv": heads,
        "Sales.SalesOrderDetail.csv": lines,
    }
    with suggested(tmp_path, files) as found:
        assert found.rows("accounts", "account_id", "name")[0] == ("11000", "Anna Berg0")


def test_a_file_of_credit_memos_is_taken_off(tmp_path: Path) -> None:
    files = {
        "Posted Sales Invoice Lines.csv": _file(LINES, _line),
        "Posted Sales Cr. Memo Lines.csv": _file(LINES, lambda n: _line(n + 60), 12),
    }
    with suggested(tmp_path, files) as found:
        amounts = {
            table.file: table.columns["amount"].compute or table.columns["amount"].column
            for table in found.mapping.tables
            if table.table == "purchases"
        }
    assert amounts == {
        "Posted Sales Invoice Lines.csv": "Net Amount",
        "Posted Sales Cr. Memo Lines.csv": "0 - (number(`Net Amount`))",
    }


def test_a_short_word_for_credit_is_told_among_others(tmp_path: Path) -> None:
    kinds = ("Facture", "Facture d'avoir")
    text = _file(f"{LINES},Type pièce", lambda n: f"{_line(n)},{kinds[n % 8 == 0]}")
    with suggested(tmp_path, {"ventes.csv": text}) as found:
        assert "Facture d'avoir" in found.columns("purchases")["amount"]


def test_a_discount_is_not_what_is_left_though_both_sum_to_the_price(tmp_path: Path) -> None:
    def row(n: int) -> str:
        price, quantity = WARES[n % 3][2], 1 + n % 7
        less = round(price * quantity * 0.1, 2) if n % 4 == 0 else 0
        who = n // 2 % 6
        return (
            f"INV-{n // 2},C{who},{FIRMS[who]},{_day(n // 2)},{WARES[n % 3][1]},{price},"
            f"{quantity},{less},{price * quantity - less:.2f}"
        )

    columns = (
        "Invoice Number,Customer Id,Customer Company,Invoice Date,Line Item Description,"
        "Line Item Unit Amount,Line Item Quantity,Line Item Discount Amount,Line Item Amount"
    )
    with suggested(tmp_path, {"Invoices.csv": _file(columns, row)}) as found:
        assert found.columns("purchases")["amount"] == "Line Item Amount"


def _left_in(tmp_path: Path, states: tuple[str, ...]) -> int:
    text = _file(f"{LINES},Status", lambda n: f"{_line(n)},{states[n // 2 % len(states)]}")
    with suggested(tmp_path, {"orders.csv": text}) as found:
        return len(found.rows("purchases", "amount"))


def test_orders_whose_payment_or_checkout_failed_are_left_out(tmp_path: Path) -> None:
    states = ("Shipped", "Declined", "Awaiting Pickup", "Incomplete")
    assert _left_in(tmp_path, states) == 24


def test_incomplete_orders_may_be_delivered_in_part(tmp_path: Path) -> None:
    assert _left_in(tmp_path, ("Complete", "Incomplete", "Cancelled")) == 32


@pytest.mark.parametrize(("draft", "left"), [("(PROV{n})", 40), ("Entwurf {n}", 40), ("/", 40)])
def test_a_document_that_has_no_number_yet_is_not_sold(
    tmp_path: Path, draft: str, left: int
) -> None:
    def row(n: int) -> str:
        order, rest = _line(n).split(",", 1)
        return f"{draft.format(n=n // 2) if n % 12 < 2 else 'INV' + order},{rest}"

    with suggested(tmp_path, {"invoices.csv": _file(LINES, row)}) as found:
        assert len(found.rows("purchases", "amount")) == left
        assert any("rows are left out where" in told for told in found.doubts())


def test_numbers_that_all_begin_alike_are_no_drafts(tmp_path: Path) -> None:
    text = _file(LINES, lambda n: f"Draft{_line(n)}")
    with suggested(tmp_path, {"invoices.csv": text}) as found:
        assert found.table("purchases").skip == ()


@pytest.mark.parametrize(("kinds", "left"), [(("Invoice", "Credit Note"), 48), (("Invoice",), 36)])
def test_what_was_refunded_counts_where_credit_notes_take_it_back(
    tmp_path: Path, kinds: tuple[str, ...], left: int
) -> None:
    def row(n: int) -> str:
        return (
            f"{_line(n)},{kinds[n % 8 == 0 and len(kinds) > 1]},{('Paid', 'Refunded')[n % 4 == 0]}"
        )

    with suggested(tmp_path, {"invoices.csv": _file(f"{LINES},Type,Status", row)}) as found:
        assert len(found.rows("purchases", "amount")) == left


def test_freight_in_a_lines_total_is_no_part_of_what_was_sold(tmp_path: Path) -> None:
    def row(n: int) -> str:
        code, name, price = WARES[n % 3]
        freight = (0, 4.5)[n % 2]
        return (
            f"{n},{_day(n)},{FIRMS[n % 6]},{code},{name},2,{price},{freight},{2 * price + freight}"
        )

    columns = "Order,Date,Customer,SKU,Item,Quantity,Unit Price,Shipping,Total Price"
    with suggested(tmp_path, {"orders.csv": _file(columns, row)}) as found:
        assert found.columns("purchases")["amount"] == "`Unit Price` * Quantity"
