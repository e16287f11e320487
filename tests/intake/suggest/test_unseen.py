"""Exports of systems that no vocabulary was written for."""

from datetime import date, timedelta
from pathlib import Path

from .staged import suggested

NAMES = ("Abel GmbH", "Birch Ltd", "Cedar AG", "Dorn SA", "Elm Inc")


def _lines(columns: str, row: str, *, count: int = 40) -> str:
    """`row` is formatted with n, k (0 to 4), p (0 to 2), name, day and its ordinal."""
    told = [columns]
    for n in range(count):
        day = date(2023, 11, 20) + timedelta(3 * n)
        ordinal = f"{day.year - 1900}{day:%j}"
        told.append(row.format(n=n, k=n % 5, p=n % 3, name=NAMES[n % 5], day=day, ordinal=ordinal))
    return "\n".join(told) + "\n"


def test_days_of_the_year_are_dates(tmp_path: Path) -> None:
    text = _lines("Customer No,Item,Booked,Amount", "C{k},W{p},{ordinal},{n}.50")
    with suggested(tmp_path, {"orders.csv": text}) as found:
        assert found.columns("purchases")["date"] == "Booked"


def test_order_numbers_are_no_days_of_the_year(tmp_path: Path) -> None:
    text = _lines("Customer No,Item,Booked,Amount", "C{k},W{p},1240{n:02d},{n}.50")
    with suggested(tmp_path, {"sales.csv": text}) as found:
        assert found.mapping.tables == ()


def test_the_titles_tell_the_currency(tmp_path: Path) -> None:
    text = _lines("Date,Invoice,Customer,Item,Amount", "{day},I{n},{name},W{p},{n}.50")
    titles = "Demo Limited\nSales by Customer\nAll amounts in GBP\n\n"
    with suggested(tmp_path, {"sales.csv": titles + text}) as found:
        assert found.columns("purchases")["currency"] == "=GBP"


def test_titles_of_two_currencies_tell_none(tmp_path: Path) -> None:
    text = _lines("Date,Invoice,Customer,Item,Amount", "{day},I{n},{name},W{p},{n}.50")
    with suggested(tmp_path, {"sales.csv": "Sales in GBP and EUR\n\n" + text}) as found:
        assert "currency" not in found.columns("purchases")


def test_months_of_several_measures_become_rows_of_all_of_them(tmp_path: Path) -> None:
    text = ",,Jan 2024,,Feb 2024,,Mar 2024,\nCustomer,Item" + 3 * ",Qty,Revenue" + "\n"
    text += "".join(f"{name},W1,1,10.5,,,3,{at}.5\n" for at, name in enumerate(NAMES))
    with suggested(tmp_path, {"sales.csv": text}) as found:
        rows = found.rows("purchases", "date", "quantity", "amount")
    assert len(rows) == 2 * len(NAMES)
    assert rows[-1] == ("2024-03-01", "3", "4.5")


def test_months_may_be_days_of_a_workbook(tmp_path: Path) -> None:
    text = "Customer,2024-01-01,2024-02-01,2024-03-01\n"
    text += "".join(f"{name},1.5,2.5,{at}.5\n" for at, name in enumerate(NAMES))
    with suggested(tmp_path, {"sales.csv": text}) as found:
        assert len(found.rows("purchases", "date")) == 3 * len(NAMES)


def test_numbers_of_other_sheets_tell_who_bought(tmp_path: Path) -> None:
    orders = _lines("Order,Date,Customer Name Index,Amount", "O{n},{day},{k},{n}.5")
    customers = "Customer Index,Customer Names\n"
    customers += "".join(f"{at},{name}\n" for at, name in enumerate(NAMES))
    files = {"orders.csv": orders, "customers.csv": customers}
    with suggested(tmp_path, files) as found:
        assert found.columns("purchases")["account_id"] == "Customer Name Index"


def test_what_is_known_tells_who_bought(tmp_path: Path) -> None:
    text = _lines("qaa,Order Date,Amount", "{name},{day},{n}.5", count=9)
    known = {"accounts": {f"A{at}": name for at, name in enumerate(NAMES)}}
    with suggested(tmp_path, {"orders.csv": text}) as found:
        assert found.mapping.tables == ()
    (tmp_path / "again").mkdir()
    with suggested(tmp_path / "again", {"orders.csv": text}, known) as found:
        assert found.columns("purchases")["account_id"] == "qaa"


def test_few_peoples_names_are_those_who_sell(tmp_path: Path) -> None:
    who = ("Ada Moreau", "Bruno Conti", "Clara Ortiz")
    text = "Id,Deal Name,Company,Stage,Value,qaa,qab\n"
    text += "".join(
        f"{n},D{n},{NAMES[n % 5]},{('Won', 'Lost', 'Talks')[n % 3]},{n}.5,{who[n % 3]},Emma {n}\n"
        for n in range(30)
    )
    with suggested(tmp_path, {"deals.csv": text}) as found:
        assert found.columns("opportunities")["owner"] == "qaa"


def test_the_key_of_a_list_is_no_number_of_a_line(tmp_path: Path) -> None:
    orders = _lines("order_id,customer_id,order_date", "{n},{k},{day}")
    lines = "order_id,item_id,product_id,quantity,list_price\n"
    lines += "".join(f"{n // 2},{n % 2 + 1},{n % 3 + 1},2,{n}.5\n" for n in range(80))
    products = "product_id,product_name,list_price\n1,Pump,2.5\n2,Valve,3.5\n3,Hose,4.5\n"
    files = {"orders.csv": orders, "order_items.csv": lines, "products.csv": products}
    with suggested(tmp_path, files) as found:
        assert found.columns("purchases")["product_id"] == "product_id"
        assert found.columns("purchases")["amount"] == "list_price * quantity"


def test_lines_of_deals_count_once_their_deal_is_won(tmp_path: Path) -> None:
    deals = "ID,Opportunity Name,Account Name,Sales Stage,Likely,Expected Close Date\n"
    lines = "ID,Opportunity ID,Account Name,Product,Total Amount,Sales Stage,Probability\n"
    for n in range(30):
        stage = ("Won", "Lost", "Talks")[n % 3]
        deals += f"D{n},Deal {n},{NAMES[n % 5]},{stage},20,2025-01-{n % 28 + 1:02d}\n"
        for line in range(2):
            lines += f"L{n}{line},D{n},{NAMES[n % 5]},W{line},10,{stage},50\n"
    files = {"Opportunities.csv": deals, "RevenueLineItems.csv": lines}
    with suggested(tmp_path, files) as found:
        assert found.tables.count("opportunities") == 1
        assert len(found.table("purchases").skip) == 1
        assert found.columns("opportunities")["product_id"] == "RevenueLineItems.csv#1:Product"
        assert any("while it is open it counts once, with the first" in n for n in found.doubts())


def test_the_ledgers_account_is_no_customer(tmp_path: Path) -> None:
    text = _lines("Date,Document Number,Name,Item,Account,Amount",
                  "{day},I{n},{k} {name},W{p},4000 Sales,{n}.5")  # fmt: skip
    with suggested(tmp_path, {"transactions.csv": text}) as found:
        assert found.columns("purchases")["account_id"] == "Name"


def test_meetings_are_no_deals(tmp_path: Path) -> None:
    text = _lines("ID,Name,Status,Date Start,Date End,Account",
                  "M{n},Talk {n},Held,{day} 09:00:00,{day} 10:00:00,{name}")  # fmt: skip
    with suggested(tmp_path, {"Meeting.csv": text}) as found:
        assert "opportunities" not in found.tables


def test_months_planned_and_actual_count_as_they_were(tmp_path: Path) -> None:
    text = "Kunde" + "".join(f",Q{at} Ist,Q{at} Plan" for at in range(1, 5)) + "\n"
    text += "".join(f"{name}" + 4 * ",1.5,9.5" + "\n" for name in NAMES)
    with suggested(tmp_path, {"Umsatz 2024.csv": text}) as found:
        assert {row[0] for row in found.rows("purchases", "amount")} == {"1.5"}


def test_doubtful_files_of_the_same_columns_are_taken_together(tmp_path: Path) -> None:
    columns = "Kunde,Artikel,Q1 {0},Q2 {0},Q3 {0},Q4 {0}\n"
    files = {
        f"{year}.csv": columns.format(year)
        + "".join(f"{name},Lampe {n},1.5,,{n}.5,2.5\n" for n, name in enumerate(NAMES, 1))
        for year in (2023, 2024)
    }
    with suggested(tmp_path, files) as found:
        assert [table.file for table in found.mapping.tables if table.table == "purchases"] == [
            "2023.csv",
            "2024.csv",
        ]
