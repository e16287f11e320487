"""Registers with a row above each document's lines, sheets that overlap, and lists that several
files make together."""

from pathlib import Path

from .staged import suggested

FIRMS = ("Abel Works", "Birch Foods", "Cedar Tools", "Dorn Optics", "Elm Marine", "Fir Hotels")
WARES = (("Lamp", 20), ("Desk", 150), ("Chair", 75))


def _register(*, sums: bool = True) -> str:
    told = ["Date,Particulars,Voucher No.,Quantity,Rate,Value,Gross Total\n"]
    for n in range(12):
        lines = [(*WARES[(n + at) % 3], 1 + at) for at in range(1 + n % 3)]
        value = sum(price * many for _, price, many in lines) + (0 if sums else 1 + n)
        quantity = sum(many for *_, many in lines) + (0 if sums else 1)
        told.append(f"2025-03-{n + 1:02d},{FIRMS[n % 6]},S-{n},{quantity},,{value},{2 * value}\n")
        told += [f",{ware},,{many},{price},{price * many},\n" for ware, price, many in lines]
    return "".join(told)


def test_lines_below_a_documents_own_row_have_its_day_number_and_customer(tmp_path: Path) -> None:
    with suggested(tmp_path, {"register.csv": _register()}) as found:
        columns = found.columns("purchases")
        rows = found.rows("purchases", "account_id", "product_id", "date", "order_id", "amount")
    assert columns["account_id"] == "Group"
    assert len(rows) == 24
    assert rows[1] == ("Birch Foods", "Desk", "2025-03-02", "S-1", "150")


def test_rows_that_do_not_sum_up_those_below_are_lines_themselves(tmp_path: Path) -> None:
    with suggested(tmp_path, {"register.csv": _register(sums=False)}) as found:
        assert "Group" not in found.files["register.csv"].columns


def _sheet(orders: range, price: int = 20) -> str:
    told = "Invoice,Date,Customer,Item,Quantity,Amount\n"
    for n in orders:
        for ware, _ in WARES[: 1 + n % 3]:
            told += (
                f"I{n},2025-{1 + n % 9:02d}-11,{FIRMS[n % 6]},{ware},{1 + n % 4},{price + n}.5\n"
            )
    return told


def test_orders_that_two_files_tell_line_by_line_count_once(tmp_path: Path) -> None:
    files = {"sales_2024.csv": _sheet(range(20)), "sales_2025.csv": _sheet(range(15, 40))}
    with suggested(tmp_path, files) as found:
        tables = [table for table in found.mapping.tables if table.table == "purchases"]
        rows = found.connection.execute(
            " UNION ALL ".join(f"SELECT order_id FROM ({found.select(one)})" for one in tables)
        ).fetchall()
        assert any("count once" in told for told in found.doubts())
        assert not any("won deals" in told for told in found.doubts())
    assert len(rows) == sum(1 + n % 3 for n in range(40))


def test_orders_of_one_number_but_other_lines_all_count(tmp_path: Path) -> None:
    files = {"sales_2024.csv": _sheet(range(20)), "sales_2025.csv": _sheet(range(15, 40), 30)}
    with suggested(tmp_path, files) as found:
        assert all(not table.joins for table in found.mapping.tables)


def test_customers_of_deals_alone_are_listed_beside_those_of_orders(tmp_path: Path) -> None:
    orders = "Invoice,Date,Customer,Salesperson,Item,Amount\n"
    deals = "Opportunity,Customer,Stage,Amount,Close Date\n"
    for n in range(40):
        orders += f"I{n},2025-01-{n % 28 + 1:02d},{FIRMS[n % 3]},Anna Berg,Lamp,{n}.5\n"
        deals += f"Deal {n},{FIRMS[n % 6]},{('Won', 'Lost', 'New')[n % 3]},{n}.5,2025-02-11\n"
    with suggested(tmp_path, {"orders.csv": orders, "deals.csv": deals}) as found:
        lists = [table.file for table in found.mapping.tables if table.table == "accounts"]
    assert sorted(lists) == ["deals.csv", "orders.csv"]


def test_a_list_of_numbers_ends_without_their_sum(tmp_path: Path) -> None:
    text = "Client,CA HT\n" + "".join(f"{firm},{10 + at}.5\n" for at, firm in enumerate(FIRMS))
    total = sum(10.5 + at for at in range(len(FIRMS)))
    for last, rows in ((f"Total général,{total}", 6), ("Total Foods,12.5", 7)):
        folder = tmp_path / str(rows)
        folder.mkdir()
        with suggested(folder, {"clients.csv": f"{text}{last}\n"}) as found:
            assert found.files["clients.csv"].rows == rows


def test_a_list_of_customers_is_told_by_whom_orders_were_sold_to(tmp_path: Path) -> None:
    listed = "Customer,Country Key,Name 1,City\n"
    listed += "".join(f"{100_210 + 13 * at},US,{firm},Kiel\n" for at, firm in enumerate(FIRMS))
    orders = "Sales Document,Created On,Sold-to Party,Material,Net Value\n"
    for n in range(40):
        orders += (
            f"{4_500 + n // 2},2025-01-{n // 2 + 1:02d},{100_210 + 13 * (n // 2 % 6)},M{n % 3}"
        )
        orders += f",{n}.5\n"
    with suggested(tmp_path, {"kna1.csv": listed, "vbak.csv": orders}) as found:
        assert found.columns("accounts")["account_id"] == "Customer"
        assert found.columns("accounts")["name"] == "Name 1"


def test_lines_that_only_name_what_others_number_list_nothing(tmp_path: Path) -> None:
    sold = "Document No.,Date,Customer,Item No.,Description,Quantity,Amount\n"
    back = "Document No.,Date,Customer,Description,Quantity,Amount\n"
    for n in range(40):
        start, (ware, price) = f"D{n},2025-01-{n % 28 + 1:02d},{FIRMS[n % 6]}", WARES[n % 3]
        sold += f"{start},19{n % 3:02d}-S,{ware},2,{2 * price}\n"
        back += f"C{start},{ware},1,{price}\n"
    files = {"sales invoice lines.csv": sold, "sales credit memo lines.csv": back}
    with suggested(tmp_path, files) as found:
        lists = [table.file for table in found.mapping.tables if table.table == "products"]
    assert lists == ["sales invoice lines.csv"]
