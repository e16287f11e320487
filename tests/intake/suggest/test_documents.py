"""Documents that are no sales, states and voids that other files tell, and lines of brackets."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from groundplan.intake.suggest.documents.kinds import beside_sales, credits_among, offers_among
from groundplan.intake.suggest.documents.states import is_void

from .staged import suggested

FIRMS = ("Abel GmbH", "Birch Ltd", "Cedar AG", "Dorn SA", "Elm Inc")
WARES = (("W-1", "Pump", 12.5), ("W-2", "Valve", 3.25), ("W-3", "Hose", 7.75))


def _lines(columns: str, row: str, *, states: Sequence[str] = ("",), count: int = 60) -> str:
    """Lines of orders of two: `row` is formatted with what an order and a line have."""
    told = [columns]
    for n in range(count):
        order, (code, ware, price) = n // 2, WARES[n % 3]
        quantity = 1 + n % 6
        told.append(
            row.format(
                n=n, order=order, day=f"2025-{1 + order % 9:02d}-{1 + order % 28:02d}",
                firm=FIRMS[order % 5], who=order % 5, code=code, ware=ware, price=price,
                quantity=quantity, amount=round(price * quantity, 2), at=n % 3 + 1,
                state=states[order % len(states)],
            )
        )  # fmt: skip
    return "\n".join(told) + "\n"


ORDERS = "Order,Date,Customer,Item,Quantity,Unit Price,Amount,Status"
ORDER = "S{order},{day},{firm},{ware},{quantity},{price},{amount},{state}"


def test_offers_are_no_purchases(tmp_path: Path) -> None:
    text = _lines(ORDERS, ORDER, states=("Sales Order", "Sales Order", "Quotation"))
    with suggested(tmp_path, {"orders.csv": text}) as found:
        assert found.table("purchases").skip == ("Status in ('Quotation')",)
        assert "orders.csv: rows are left out where Status in ('Quotation')." in found.doubts()


def test_payments_offers_and_orders_beside_invoices_count_no_second_time(tmp_path: Path) -> None:
    kinds = ("Invoice", "Sales Order", "Payment", "Estimate", "Credit Note")
    text = _lines(ORDERS.replace("Status", "Document Type"), ORDER, states=kinds)
    with suggested(tmp_path, {"documents.csv": text}) as found:
        (test,) = found.table("purchases").skip
        rows = found.rows("purchases", "amount")
    assert all(kind in test for kind in ("Sales Order", "Payment", "Estimate"))
    assert len(rows) == 2 * 60 // 5


def test_codes_of_one_language_tell_offers_and_credits() -> None:
    assert beside_sales(["RE", "GU", "AN"]) == ["AN"]
    assert credits_among(["RE", "GU", "AN"]) == ["GU"]
    assert beside_sales(["FA", "AV", "DE"]) == ["DE"]


def test_an_audit_trails_receipts_and_purchases_are_no_sales() -> None:
    kinds = ["SI", "SR", "PI", "SC", "JC", "JD"]
    assert sorted(beside_sales(kinds)) == ["JC", "JD", "PI", "SR"]
    assert credits_among(kinds) == ["SC"]
    assert (beside_sales(["SI", "SR"]), credits_among(["SI", "SR"])) == ([], ["SR"])


def test_how_an_order_was_paid_is_no_kind_of_document() -> None:
    assert beside_sales(["DEBIT", "CASH", "PAYMENT", "TRANSFER"]) == []
    assert beside_sales(["Invoice", "Payment"]) == ["Payment"]


@pytest.mark.parametrize("kinds", [["AN", "BX"], ["RE", "ZZ", "AN"], ["AN", "GU"]])
def test_codes_of_which_one_is_unknown_or_none_an_invoice_tell_nothing(kinds: list[str]) -> None:
    assert beside_sales(kinds) == []


def test_a_state_behind_a_colon_is_void() -> None:
    assert is_void("Invoice : Voided")
    assert not is_void("Invoice : Open")


@pytest.mark.parametrize("kinds", [["Order", "Return"], ["Invoice"], ["Payment"], []])
def test_kinds_of_sales_alone_leave_nothing_out(kinds: list[str]) -> None:
    assert beside_sales(kinds) == []


@pytest.mark.parametrize(
    ("kinds", "gone"),
    [
        (["Rechnung", "Auftragsbestätigung", "Gutschrift"], ["Auftragsbestätigung"]),
        (["Factura", "Presupuesto", "Albarán"], ["Presupuesto", "Albarán"]),
        (["Order", "Quote"], ["Quote"]),
    ],
)
def test_documents_are_told_in_other_languages(kinds: list[str], gone: list[str]) -> None:
    assert sorted(beside_sales(kinds)) == sorted(gone)


def test_an_offer_is_told_by_its_whole_name() -> None:
    assert offers_among(["Quotation Sent", "Special offer sold"]) == ["Quotation Sent"]


def test_a_first_letter_tells_an_offer_only_beside_invoices_and_among_its_like() -> None:
    assert offers_among(["I", "Q"]) == ["Q"]
    assert sorted(beside_sales(["I", "O", "Q"])) == ["O", "Q"]
    assert offers_among(["Q", "P"]) == offers_among(["Q", "O"]) == []
    assert beside_sales(["I", "O"]) == beside_sales(["I", "C"]) == []


def test_a_state_of_one_letter_leaves_out_what_is_only_quoted(tmp_path: Path) -> None:
    lines = _lines(
        "Invoice Number,Invoice Date,Customer,Item Code,Item,Qty,Amount,Invoice Status",
        "{order},{day},{firm},{code},{ware},{quantity},{amount},{state}",
        states=("I", "I", "I", "Q"),
    )
    with suggested(tmp_path, {"sales.csv": lines}) as found:
        assert found.table("purchases").skip == ("`Invoice Status` in ('Q')",)


def test_states_are_looked_up_in_the_list_that_names_them(tmp_path: Path) -> None:
    heads = "id_order,id_customer,current_state,date_add\n" + "".join(
        f"{n},{n % 5},{(4, 5, 6)[n % 3]},2025-03-{n % 28 + 1:02d}\n" for n in range(30)
    )
    lines = _lines(
        "id_detail,id_order,product_id,product_name,product_quantity,unit_price,total_price",
        "{n},{order},{at},{ware},{quantity},{price},{amount}",
    )
    files = {
        "orders.csv": heads,
        "order_detail.csv": lines,
        "order_state_lang.csv": "id_order_state,name\n4,Expédié\n5,Livré\n6,Annulé\n",
        "customer.csv": "id_customer,company\n"
        + "".join(f"{at},{firm}\n" for at, firm in enumerate(FIRMS)),
    }
    with suggested(tmp_path, files) as found:
        assert found.table("purchases").skip == ("current_state in ('6')",)


def test_a_header_says_that_its_order_is_void(tmp_path: Path) -> None:
    void = (*("N",) * 18, "Y", "C")
    heads = "DocEntry,DocNum,CANCELED,DocDate,CardCode,CardName\n" + "".join(
        f"{300 + n},{900 + n},{void[n % 20]},202503{n % 28 + 1:02d},C{n % 5},{FIRMS[n % 5]}\n"
        for n in range(40)
    )
    lines = "DocEntry,LineNum,ItemCode,Dscription,Quantity,Price,LineTotal\n" + "".join(
        f"{300 + n // 2},{n % 2},{WARES[n % 3][0]},{WARES[n % 3][1]},{1 + n % 6},"
        f"{WARES[n % 3][2]},{WARES[n % 3][2] * (1 + n % 6)}\n"
        for n in range(80)
    )
    with suggested(tmp_path, {"OINV.csv": heads, "INV1.csv": lines}) as found:
        assert len(found.rows("purchases", "amount")) == 72
        assert found.columns("purchases")["order_id"] == "DocEntry"


def test_documents_that_were_not_posted_are_left_out(tmp_path: Path) -> None:
    text = _lines(ORDERS.replace("Status", "Posted"), ORDER, states=("yes", "yes", "no"))
    with suggested(tmp_path, {"sales.csv": text}) as found:
        assert found.table("purchases").skip == ("Posted in ('no')",)


def test_brackets_that_all_columns_of_lines_end_with_say_nothing(tmp_path: Path) -> None:
    text = _lines(
        "ID,Customer,Date,Item (Items),Item Name (Items),Quantity (Items),Rate (Items),"
        "Amount (Items)",
        "INV-{order},{firm},{day},{code},{ware},{quantity},{price},{amount}",
    )
    with suggested(tmp_path, {"Sales Invoice.csv": text}) as found:
        told = found.columns("purchases")
        names = found.columns("products")
    assert told["product_id"] == "Item (Items)"
    assert told["amount"] == "Amount (Items)"
    assert names["name"] == "Item Name (Items)"


def test_a_list_is_keyed_by_ids_where_others_tell_ids_and_names(tmp_path: Path) -> None:
    accounts = "Name,ID,Industry,Member of\n" + "".join(
        f"{firm},aa-{at},Retail,{FIRMS[0] if at == 3 else ''}\n" for at, firm in enumerate(FIRMS)
    )
    deals = "Name,ID,Amount,Sales Stage,Close Date,Account Name,Account ID\n" + "".join(
        f"Deal {n},d-{n},{n}.5,{('Closed Won', 'Prospecting')[n % 2]},2025-03-{n % 28 + 1:02d},"
        f"{FIRMS[n % 5]},aa-{n % 5}\n"
        for n in range(40)
    )
    with suggested(tmp_path, {"Accounts.csv": accounts, "Opportunities.csv": deals}) as found:
        assert found.columns("accounts")["account_id"] == "ID"
        assert found.columns("opportunities")["account_id"] == "Account ID"


def test_discounts_with_a_minus_are_added(tmp_path: Path) -> None:
    text = _lines(
        "Invoice Date,Reference,Customer,Item Code,Quantity,Unit Price (ex),Discount (ex)",
        "{day},I{order},{firm},{code},{quantity},{price},-{quantity}.5",
    )
    with suggested(tmp_path, {"detail.csv": text}) as found:
        amount = found.columns("purchases")["amount"]
    assert amount.endswith("+ coalesce(number(`Discount (ex)`), 0)")


def test_documents_in_russian_that_were_not_posted_are_left_out(tmp_path: Path) -> None:
    text = _lines(
        "Дата,Номер,Проведен,Контрагент,Номенклатура,Количество,Цена,Сумма",
        "{day},УТ-{order},{state},{firm},{ware},{quantity},{price},{amount}",
        states=("Да", "Да", "Нет"),
    )
    with suggested(tmp_path, {"Реализация.csv": text}) as found:
        assert found.table("purchases").skip == ("Проведен in ('Нет')",)


@pytest.mark.parametrize(("beside", "amount"), [(False, "Amount"), (True, "0 - (number(Amount))")])
def test_a_file_of_orders_and_returns_is_no_credit_but_beside_the_orders(
    tmp_path: Path, beside: bool, amount: str
) -> None:
    files = {"SOPOrderReturn.csv": _lines(ORDERS, ORDER)}
    if beside:
        files["SOPOrder.csv"] = _lines(ORDERS, ORDER)
    with suggested(tmp_path, files) as found:
        rules = {table.file: table.columns["amount"] for table in found.mapping.tables
                 if table.table == "purchases"}  # fmt: skip
    told = rules["SOPOrderReturn.csv"]
    assert (told.compute or told.column) == amount


def test_a_state_that_some_orders_are_cancelled_in_is_no_region(tmp_path: Path) -> None:
    text = _lines(
        ORDERS.replace("Status", "State"), ORDER, states=("Closed", "Closed", "Cancelled")
    )
    with suggested(tmp_path, {"orders.csv": text}) as found:
        assert found.table("purchases").skip == ("State in ('Cancelled')",)


def test_the_orders_value_gives_way_to_what_its_lines_say(tmp_path: Path) -> None:
    text = _lines(
        "No.,Date,Company,Lines SKU,Lines Article,Lines Ordered,Lines Net price,Totals Order value",
        "{order},{day},{firm},{code},{ware},{quantity},{price},9{order}.5",
    )
    with suggested(tmp_path, {"orders.csv": text}) as found:
        assert found.columns("purchases")["amount"] == "`Lines Net price` * `Lines Ordered`"


def test_the_codes_of_sap_tell_returns_among_orders() -> None:
    assert credits_among(["OR", "CR", "RE"]) == ["CR", "RE"]
    assert beside_sales(["TA", "AG", "RE"]) == ["AG"]
    assert credits_among(["F2", "S1"]) == ["S1"]


@pytest.mark.parametrize(
    ("heading", "told", "left"),
    [
        ("Rejection Status", ("A", "A", "C"), 40),
        ("Reason for rejection", ("", "", "Too late"), 40),
        ("Overall Status", ("A", "A", "C"), 60),
    ],
)
def test_what_was_rejected_is_not_sold(
    tmp_path: Path, heading: str, told: tuple[str, ...], left: int
) -> None:
    text = _lines(ORDERS.replace("Status", heading), ORDER, states=told)
    with suggested(tmp_path, {"orders.csv": text}) as found:
        assert len(found.rows("purchases", "amount")) == left
