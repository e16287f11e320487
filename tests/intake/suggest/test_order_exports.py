"""Exports of orders and invoices are recognised without a mapping."""

from pathlib import Path

import pytest
from tests.intake.suggest import order_exports as exports
from tests.intake.suggest.staged import suggested


def test_sap_lines_get_customer_and_date_from_their_head(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.SAP) as found:
        assert found.tables == ["accounts", "products", "purchases"]
        columns = found.columns("purchases")
        assert columns["account_id"] == "KUNNR"
        assert columns["product_id"] == "MATNR"
        assert columns["date"] == "AUDAT"
        assert columns["amount"] == "NETWR"
        assert columns["quantity"] == "KWMENG"
        assert columns["currency"] == "WAERK"
        assert columns["order_id"] == "VBELN"
        assert found.table("purchases").decimal == ",", "a quantity of 2,000 is two"
        assert found.columns("products") == {
            "product_id": "MATNR",
            "name": "ARKTX",
            "category": "MATKL",
        }
        assert found.columns("accounts")["country"] == "LAND1"


def test_a_shopify_order_is_filled_down_from_its_first_line(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.SHOPIFY) as found:
        assert found.rows("purchases", "account_id", "product_id", "amount", "order_id") == [
            ("Acme Ltd", "MUG-B", "20", "#1001"),
            ("Acme Ltd", "TRAY-O", "50", "#1001"),
            ("Birch GmbH", "TRAY-O", "50", "#1002"),
        ]
        assert found.columns("products")["name"] == "Lineitem name"


def test_cancelled_woocommerce_orders_are_left_out(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.WOOCOMMERCE) as found:
        columns = ("account_id", "product_id", "amount", "order_id")
        assert found.rows("purchases", *columns) == [
            ("Acme Ltd", "MUG-B", "20", "101"),
            ("Acme Ltd", "TRAY-O", "50", "101"),
            ("Birch GmbH", "MUG-B", "20", "103"),
        ]


def test_totals_of_a_quickbooks_report_are_no_purchases(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.QUICKBOOKS) as found:
        columns = ("account_id", "product_id", "amount")
        assert found.rows("purchases", *columns) == [
            ("Acme Ltd", "Service", "300.00"),
            ("Acme Ltd", "Seal", "25.00"),
            ("Birch GmbH", "Service", "150.00"),
            ("Birch GmbH", "Seal", "-5.00"),
        ]


def test_lines_of_an_online_shop_are_price_times_quantity(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.ONLINE_SHOP) as found:
        columns = found.columns("purchases")
        assert columns["account_id"] == "CustomerID"
        assert columns["product_id"] == "StockCode"
        assert columns["date"] == "InvoiceDate"
        assert columns["amount"] == "UnitPrice * Quantity"
        assert columns["order_id"] == "InvoiceNo"
        assert found.columns("products")["name"] == "Description"
        assert found.columns("accounts")["country"] == "Country"


def test_one_list_of_sales_makes_accounts_products_and_purchases(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.SUPERSTORE) as found:
        assert found.columns("accounts") == {
            "account_id": "Customer ID",
            "name": "Customer Name",
            "country": "Country",
            "region": "State",
            "segment": "Segment",
        }
        assert found.columns("products") == {
            "product_id": "Product ID",
            "name": "Product Name",
            "category": "Category",
        }
        purchases = found.columns("purchases")
        assert purchases["amount"] == "Sales", "the line's own total, discounted already"
        assert purchases["date"] == "Order Date"
        assert len(found.rows("accounts", "account_id")) == 3


def test_german_headings_and_numbers_are_read(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.GERMAN) as found:
        purchases = found.columns("purchases")
        assert purchases["account_id"] == "Kundennr"
        assert purchases["product_id"] == "Artikelnr"
        assert purchases["date"] == "Belegdatum"
        assert purchases["amount"] == "Nettobetrag"
        assert purchases["currency"] == "Währung"
        assert found.columns("accounts")["name"] == "Kundenname"
        assert found.columns("products")["category"] == "Warengruppe"


def test_french_headings_are_read(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.FRENCH) as found:
        purchases = found.columns("purchases")
        assert purchases["account_id"] == "Code client"
        assert purchases["date"] == "Date facture"
        assert purchases["amount"] == "Montant HT"
        assert purchases["order_id"] == "N° facture"
        assert found.columns("accounts")["name"] == "Raison sociale"


def test_a_list_without_any_id_uses_names(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.DISTRIBUTOR) as found:
        assert found.columns("purchases") == {
            "account_id": "Dealer",
            "product_id": "Item",
            "date": "Month",
            "amount": "Net Sales USD",
            "currency": "=USD",
            "quantity": "Units",
        }


HEADER = "OrderNo,CustomerNo,OrderDate,OrderTotal\n1,C1,2025-01-01,30\n2,C2,2025-01-02,40\n"
LINES = "OrderNo,Sku,Qty,Price\n1,S1,1,10\n1,S2,2,10\n2,S1,4,10\n"


def test_a_header_with_totals_is_not_counted_beside_its_lines(tmp_path: Path) -> None:
    with suggested(tmp_path, {"orders.csv": HEADER, "order_lines.csv": LINES}) as found:
        assert [table.file for table in found.mapping.tables if table.table == "purchases"] == [
            "order_lines.csv"
        ]
        assert found.rows("purchases", "account_id", "amount") == [
            ("C1", "10"),
            ("C1", "20"),
            ("C2", "40"),
        ]


def test_a_header_alone_is_purchases_without_products(tmp_path: Path) -> None:
    with suggested(tmp_path, {"orders.csv": HEADER}) as found:
        assert found.rows("purchases", "account_id", "amount") == [("C1", "30"), ("C2", "40")]


@pytest.mark.parametrize(
    ("discount", "values", "less"),
    [
        ("Discount", ("0.1", "0", "0.25"), " * (1 - coalesce(number(Discount), 0))"),
        ("Discount %", ("10", "0", "25"), " * (1 - coalesce(number(`Discount %`), 0) / 100)"),
        ("Line discount", ("10.50", "0", "250"), " - coalesce(number(`Line discount`), 0)"),
    ],
)  # fmt: skip
def test_a_discount_is_read_as_share_percent_or_amount(
    tmp_path: Path, discount: str, values: tuple[str, ...], less: str
) -> None:
    rows = "".join(
        f"{at},C{at},P1,2025-01-0{at},100,2,{value}\n" for at, value in enumerate(values, start=1)
    )
    head = f"Invoice,Customer,Product,Date,UnitPrice,Quantity,{discount}\n"
    with suggested(tmp_path, {"invoices.csv": head + rows}) as found:
        assert found.columns("purchases")["amount"] == "UnitPrice * Quantity" + less


def test_a_category_is_looked_up_through_its_key(tmp_path: Path) -> None:
    files = {
        "products.csv": "ProductID,ProductName,CategoryID\n1,Chai,1\n2,Chang,1\n3,Syrup,2\n",
        "categories.csv": "CategoryID,CategoryName\n1,Drinks\n2,Sauces\n",
    }
    with suggested(tmp_path, files) as found:
        assert found.rows("products", "name", "category") == [
            ("Chai", "Drinks"),
            ("Chang", "Drinks"),
            ("Syrup", "Sauces"),
        ]


def test_numbers_that_lie_in_each_other_by_chance_are_no_join(tmp_path: Path) -> None:
    files = {
        "invoices.csv": "Customer,Item,Date,Amount,Rack\nAcme,X,2025-01-01,5,1\n"
        "Birch,Y,2025-01-02,6,2\n",
        "weather.csv": "Station,Rain\n1,1.5\n2,2.5\n",
    }
    with suggested(tmp_path, files) as found:
        assert found.table("purchases").joins == ()


def test_the_only_dates_of_an_order_file_are_its_dates(tmp_path: Path) -> None:
    text = "Customer,Item,Wann,Amount\nAcme,X1,2025-01-01,5\nBirch,Y2,2025-01-02,6\n"
    with suggested(tmp_path, {"sales.csv": text}) as found:
        assert found.columns("purchases")["date"] == "Wann"
