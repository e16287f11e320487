"""What exports of shops, ledgers and CRMs mean at the first try, by what their values say."""

from collections.abc import Callable
from pathlib import Path

from .staged import suggested

FIRMS = ("Abel Works", "Birch Foods", "Cedar Tools", "Dorn Optics", "Elm Marine", "Fir Hotels")
PEOPLE = ("Anna Berg", "David Cole", "Maria Diaz", "Peter Egan", "Laura Fox", "Simon Gray")
WARES = (("W1", "Lamp", 20), ("W2", "Desk", 150), ("W3", "Chair", 75))


def _file(columns: str, row: Callable[[int], str], count: int = 48) -> str:
    return "\n".join([columns, *(row(n) for n in range(count))]) + "\n"


def _day(n: int) -> str:
    return f"2024-{1 + n % 12:02d}-{1 + n % 27:02d}"


def test_a_state_of_lines_is_no_buyer_and_a_buyers_address_no_seller(tmp_path: Path) -> None:
    def row(n: int) -> str:
        order, first = n // 2, n % 2 == 0
        firm = FIRMS[order % 6] if first else ""
        paid = "paid" if first else ""
        state = "pending" if order % 5 == 0 else "fulfilled"
        ware = WARES[n % 3]
        return (
            f"#{1000 + order},buy@{order % 6}.example,{paid},{_day(order)},2,{ware[1]},"
            f"{ware[2]},{ware[0]},{state},{firm}"
        )

    columns = (
        "Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem price,"
        "Lineitem sku,Lineitem fulfillment status,Billing Company"
    )
    with suggested(tmp_path, {"orders_export.csv": _file(columns, row)}) as found:
        assert {name for (name,) in found.rows("purchases", "account_id")} == set(FIRMS)
        assert "accounts" not in found.tables


def test_an_account_of_the_ledger_with_one_value_is_no_customers_key(tmp_path: Path) -> None:
    text = _file(
        "ContactName,InvoiceNumber,InvoiceDate,Description,Quantity,UnitAmount,LineAmount,AccountCode",
        lambda n: (
            f"{FIRMS[n % 6]},INV-{n // 2},{_day(n // 2)},{WARES[n % 3][1]},{1 + n % 4},"
            f"{WARES[n % 3][2]},{(1 + n % 4) * WARES[n % 3][2]},200"
        ),
    )
    with suggested(tmp_path, {"SalesInvoices.csv": text}) as found:
        assert found.columns("purchases")["account_id"] == "ContactName"


def test_paid_and_due_are_no_amount_and_its_tax_though_they_sum_to_a_total(tmp_path: Path) -> None:
    def row(n: int) -> str:
        total = 2 * WARES[n % 3][2]
        net = total * (0.9 if n % 4 == 0 else 1)
        gross, discount = net * 1.15, 10 if n % 4 == 0 else ""
        paid, due = (0, gross) if n % 7 == 0 else (gross, 0)
        return (
            f"{FIRMS[n % 6]},INV-{n},{_day(n)},{gross:.2f},{paid:.2f},{due:.2f},"
            f"{WARES[n % 3][1]},2,{WARES[n % 3][2]},{discount},{net:.2f}"
        )

    columns = (
        "ContactName,InvoiceNumber,InvoiceDate,Total,InvoiceAmountPaid,InvoiceAmountDue,"
        "Description,Quantity,UnitAmount,Discount,LineAmount"
    )
    with suggested(tmp_path, {"SalesInvoices.csv": _file(columns, row)}) as found:
        assert found.columns("purchases")["amount"] == "LineAmount"


def test_a_company_is_the_customer_and_not_whose_card_paid(tmp_path: Path) -> None:
    text = _file(
        "id,Created date (UTC),Amount,Currency,Description,Status,Card Name,Customer ID,"
        "Customer Description",
        lambda n: (
            f"ch_{n:05d},{_day(n)} 10:00:00,{20 + n}.50,usd,Subscription update,Paid,"
            f"{PEOPLE[n % 6]},cus_{n % 6}x,{FIRMS[n % 6]}"
        ),
    )
    with suggested(tmp_path, {"payments.csv": text}) as found:
        assert found.columns("accounts")["name"] == "Customer Description"
        assert "product_id" not in found.columns("purchases")


def test_names_that_come_and_go_with_a_customer_are_no_keys(tmp_path: Path) -> None:
    text = _file(
        "Order Number,Order Date,First Name,Company,SKU,Item Name,Quantity,Item Cost",
        lambda n: (
            f"{500 + n // 2},{_day(n // 2)},{PEOPLE[n // 2 % 6].split()[0]},"
            f"{FIRMS[n // 2 % 6]} Ltd,{WARES[n % 3][0]},{WARES[n % 3][1]},1,{WARES[n % 3][2]}"
        ),
    )
    with suggested(tmp_path, {"orders.csv": text}) as found:
        assert found.columns("purchases")["account_id"] == "Company"


DEALS = "Opportunity ID,Opportunity Name,Account Name,Stage,Close Date,Amount,Product Name"


def _deal(n: int, product: str) -> str:
    stage = ("Closed Won", "Closed Lost", "Proposal")[n % 3]
    return f"006{n:04d},Deal {n},{FIRMS[n % 6]},{stage},{_day(n)},170,{product}"


def test_rows_of_one_deal_are_its_products_and_count_once(tmp_path: Path) -> None:
    lines = [
        f"{_deal(n, name)},{worth}"
        for n in range(12)
        for name, worth in (("Lamp", 20), ("Desk", 150))
    ]
    text = "\n".join([f"{DEALS},Total Price", *lines]) + "\n"
    with suggested(tmp_path, {"report.csv": text}) as found:
        assert found.table("opportunities").distinct
        assert found.columns("opportunities")["opportunity_id"] == "Opportunity ID"
        assert found.columns("opportunities")["amount"] == "Amount"
        rows = found.rows("purchases", "product_id", "amount")
        assert rows == [("Lamp", "20"), ("Desk", "150")] * 4
        assert "a deal's rows are its products" in found.doubts()[-1]


def test_products_listed_in_a_cell_share_what_a_won_deal_brought(tmp_path: Path) -> None:
    cells = ("Lamp", "Desk; Lamp", "Chair", "Desk", "Chair; Desk; Lamp")
    text = "\n".join([DEALS, *(_deal(n, cells[n % 5]) for n in range(30))]) + "\n"
    with suggested(tmp_path, {"deals.csv": text}) as found:
        tables = [table for table in found.mapping.tables if table.table == "purchases"]
        assert len(tables) == 3
        rows = [
            row
            for table in tables
            for row in found.connection.execute(
                f"SELECT product_id, amount FROM ({found.select(table)})"
            ).fetchall()
        ]
        assert {name for name, _ in rows} == {"Lamp", "Desk", "Chair"}
        assert round(sum(float(amount) for _, amount in rows), 2) == 10 * 170
        assert found.rows("opportunities", "product_id")[1] == ("Desk",)
        assert found.doubts()[-2:] == [
            "deals.csv: purchases that list several products: each has an equal share.",
            "deals.csv: opportunities that list several products: the first counts.",
        ]


def test_commas_within_names_list_nothing(tmp_path: Path) -> None:
    names = ("Lamp, large", "Desk, oak", "Chair")
    text = "\n".join([DEALS, *(_deal(n, f'"{names[n % 3]}"') for n in range(30))]) + "\n"
    with suggested(tmp_path, {"deals.csv": text}) as found:
        assert found.tables == ["opportunities"]
        assert found.columns("opportunities")["product_id"] == "Product Name"


def test_a_ledger_of_stock_counts_with_its_sales(tmp_path: Path) -> None:
    customers = "No.,Name,City\n" + "".join(f"{100 + n},{f},Ulm\n" for n, f in enumerate(FIRMS))

    def row(n: int) -> str:
        kind, who, worth = ("Sale", 100 + n % 6, 50) if n % 4 else ("Purchase", 900 + n % 3, 0)
        return f"{_day(n)},{kind},D{n},{WARES[n % 3][0]},{who},{1 + n % 5},{worth}"

    text = _file(
        "Posting Date,Entry Type,Document No.,Item No.,Source No.,Quantity,Sales Amount (Actual)",
        row,
    )
    files = {"Customers.csv": customers, "Item Ledger Entries.csv": text}
    with suggested(tmp_path, files) as found:
        rows = found.rows("purchases", "account_id", "amount")
        assert len(rows) == 36
        assert {amount for _, amount in rows} == {"50"}


def test_the_only_day_of_an_orders_head_is_its_lines_and_a_lists_only_text_its_names(
    tmp_path: Path,
) -> None:
    heads = _file(
        "Verkaufsbeleg,Stichtag,VArt,Auftraggeber",
        lambda n: f"{4500 + n},{1 + n % 27:02d}.03.2024,TA,{7000 + n % 6}",
        24,
    )
    lines = _file(
        "Verkaufsbeleg,Position,Material,Auftragsmenge,Nettowert",
        lambda n: f'{4500 + n // 2},{10 * (1 + n % 2)},{WARES[n % 3][0]},"2,000","1.{100 + n},00-"',
    )
    names = "Material,Spr.,Kurztext\n" + "".join(f"{k},DE,{v} aus Eiche\n" for k, v, _ in WARES)
    with suggested(tmp_path, {"VBAK.csv": heads, "VBAP.csv": lines, "MAKT.csv": names}) as found:
        assert found.columns("purchases")["date"] == "Stichtag"
        assert found.columns("products")["name"] == "Kurztext"
        assert found.columns("purchases")["amount"] == "Nettowert"


def test_a_price_that_grows_with_the_quantity_is_the_lines(tmp_path: Path) -> None:
    def text(of_the_line: bool) -> str:
        def row(n: int) -> str:
            quantity, price = 1 + n % 5, WARES[n % 3][2]
            told = price * quantity if of_the_line else price
            return f"{n // 2},{_day(n // 2)},{FIRMS[n % 6]},{WARES[n % 3][0]},{quantity},{told}"

        return _file(
            "amazon-order-id,purchase-date,buyer-company-name,sku,quantity,item-price", row
        )

    with suggested(tmp_path, {"orders.txt": text(of_the_line=True)}) as found:
        assert found.columns("purchases")["amount"] == "item-price"
    other = tmp_path / "units"
    other.mkdir()
    with suggested(other, {"orders.txt": text(of_the_line=False)}) as found:
        assert found.columns("purchases")["amount"] == "`item-price` * quantity"


def test_a_column_as_it_is_is_not_said_to_be_made_from_others(tmp_path: Path) -> None:
    def row(n: int) -> str:
        return f"K{n},{FIRMS[n % 6]} {n},{PEOPLE[n % 6]},Buyer,+43 1 {n}"

    people = _file("CustomerID,CompanyName,ContactName,ContactTitle,Phone", row, 12)
    with suggested(tmp_path, {"customers.csv": people}) as found:
        contacts = next(one for one in found.suggestions if one.table == "contacts")
        told = {one.column: one.because for one in contacts.columns if one.rule}
        assert found.columns("contacts")["contact_id"] == "CustomerID"
        assert told["contact_id"] == "the column that fits best"
