"""What several files of one system tell together: sales twice, keys beside codes, people."""

from pathlib import Path

from .staged import suggested

PRICES = (12.5, 3.25, 7.75)


def _files(orders: str = "OrderID", *, taxed: bool = False) -> dict[str, str]:
    """Orders of two lines each, invoiced one by one."""
    heads = [f"InvoiceID,CustomerID,{orders},InvoiceDate\n"]
    ordered = ["OrderID,CustomerID,OrderDate\n"]
    invoice_lines = [
        "InvoiceLineID,InvoiceID,StockItemID,Quantity,UnitPrice,TaxAmount,Extended Price\n"
    ]
    order_lines = ["OrderLineID,OrderID,StockItemID,Quantity,UnitPrice\n"]
    paid = ["TransactionID,CustomerID,InvoiceID,TransactionDate,Amount\n"]
    for n in range(40):
        order, item, quantity = n // 2 + 1, n % 3, 1 + n % 4
        price, day = PRICES[item], f"2025-{1 + order % 9:02d}-{1 + order:02d}"
        net = price * quantity
        tax = round(net * 0.2, 2) if taxed else 0.0
        if n % 2:
            heads.append(f"{order + 500},{order % 7 + 1},{order},{day}\n")
            ordered.append(f"{order},{order % 7 + 1},{day}\n")
            paid.append(f"{order},{order % 7 + 1},{order + 500},{day},{90 + order}.00\n")
        line = f"{item + 70},{quantity},{price}"
        invoice_lines.append(f"{n + 1},{order + 500},{line},{tax},{net + tax:.2f}\n")
        order_lines.append(f"{n + 1},{order},{line}\n")
    return {
        "Invoices.csv": "".join(heads), "InvoiceLines.csv": "".join(invoice_lines),
        "Orders.csv": "".join(ordered), "OrderLines.csv": "".join(order_lines),
        "CustomerTransactions.csv": "".join(paid),
    }  # fmt: skip


def test_orders_and_sums_beside_the_lines_of_their_invoices_count_once(tmp_path: Path) -> None:
    with suggested(tmp_path, _files()) as found:
        assert found.table("purchases").file == "InvoiceLines.csv"
        told = "its sales are those that InvoiceLines.csv tells"
        assert found.reason("OrderLines.csv") == told
        assert found.reason("CustomerTransactions.csv") == told


def test_lines_have_their_day_from_the_one_header_they_have(tmp_path: Path) -> None:
    with suggested(tmp_path, _files()) as found:
        (join,) = found.table("purchases").joins
        assert (join.file, join.on) == ("Invoices.csv", {"InvoiceID": "InvoiceID"})


def test_a_line_with_its_tax_is_price_times_quantity(tmp_path: Path) -> None:
    with suggested(tmp_path, _files(taxed=True)) as found:
        assert found.columns("purchases")["amount"] == "UnitPrice * Quantity"


def test_people_who_buy_for_one_company_are_called_by_their_own_names(tmp_path: Path) -> None:
    told = ["CustomerKey,GivenName,Surname,Company,State,CountryFull\n"]
    told += [f"{900 + n},Ann{n},Lee{n},Firm {n % 4},NY,USA\n" for n in range(40)]
    with suggested(tmp_path, {"customer.csv": "".join(told)}) as found:
        assert found.rows("accounts", "name")[0] == ("Ann0 Lee0",)


def test_a_buyer_of_two_names_is_called_by_both(tmp_path: Path) -> None:
    buyer = "Customer Id,Customer Fname,Customer Lname,Customer Email"
    told = [f"Order Id,order date,{buyer},Product Name,Quantity,Sales\n"]
    for n in range(60):
        who = n // 2 % 9
        line = f"Pump {n % 5},{1 + n % 3},{n + 2.5}"
        told.append(
            f"{n // 2},2025-01-{1 + n // 2},{20 + who},Ann{who},Lee{who},XXXXXXXXX,{line}\n"
        )
    with suggested(tmp_path, {"supply.csv": "".join(told)}) as found:
        assert found.columns("purchases")["account_id"] == "Customer Id"
        assert found.rows("accounts", "name")[0] == ("Ann0 Lee0",)


def _deals() -> dict[str, str]:
    deals = ["Record ID,Deal Name,Deal Stage,Close Date,Amount,Associated Company,Is Closed Won\n"]
    money = "Unit price,Discount percentage,Net price"
    lines = [f"Record ID,Name,SKU,Quantity,{money},Product ID,Associated Deal IDs\n"]
    for n in range(30):
        won = n % 2 == 0
        sum_ = 0.0
        for at in range(2):
            item, quantity, off = (n + at) % 3, 1 + n % 4, 10 if n % 3 == 0 else 0
            net = PRICES[item] * quantity * (100 - off) / 100
            sum_ += net
            lines.append(
                f"6{n}{at},Pump {item},HS-{item},{quantity},{PRICES[item]},{off or ''},{net:.3f},"
                f"88{item},24{n}\n"
            )
        stage = "Closed Won" if won else "Qualified"
        told = f"24{n},Deal {n},{stage},2025-03-{1 + n:02d},{sum_:.3f},Firm {n % 6} Ltd"
        deals.append(f"{told},{'true' if won else 'false'}\n")
    items = "Record ID,Name,SKU,Unit price\n" + "".join(
        f"88{at},Pump {at},HS-{at},{price}\n" for at, price in enumerate(PRICES)
    )
    return {"deals.csv": "".join(deals), "line-items.csv": "".join(lines), "products.csv": items}


def test_lines_of_deals_name_products_as_their_list_is_keyed(tmp_path: Path) -> None:
    with suggested(tmp_path, _deals()) as found:
        keys = {found.columns("products")["product_id"], found.columns("purchases")["product_id"]}
        assert keys in ({"Record ID", "Product ID"}, {"SKU"})


def test_a_discount_that_most_lines_leave_empty_is_seen_in_lines_of_deals(tmp_path: Path) -> None:
    with suggested(tmp_path, _deals()) as found:
        assert found.columns("purchases")["amount"] == "Net price"
