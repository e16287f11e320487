"""Sales that name a customer of one list or of another, and lists' rows that stand for nobody."""

from pathlib import Path

import pytest

from .staged import suggested

FIRMS = ("Abel", "Birch", "Cedar", "Dorn", "Elm", "Fir", "Gorse", "Hazel")
PEOPLE = ("Ana Ruiz", "Bo Lind", "Cem Kaya", "Dee Marsh", "Eva Novak", "Finn Berg", "Gus Hale")
SALES = "SalesKey,DealerKey,CustomerKey,ItemKey,SoldOnDate,Quantity,Net Amount"


def _star(nobody: str, *, first: int = 500, count: int = 80) -> dict[str, str]:
    """A star schema: each sale is a dealer's or a customer's, the other key says `nobody`."""
    row = f"{nobody},[Not Applicable],[Not Applicable]\n" if nobody else ""
    dealers = "".join(f"{n + 1},{name} Ltd,Ghent\n" for n, name in enumerate(FIRMS))
    customers = "".join(f"{first + n},{name},Turin\n" for n, name in enumerate(PEOPLE))
    items = "".join(f"{n + 1},Widget {n},Parts\n" for n in range(5))
    lines = [SALES]
    for n in range(count):
        who = f"{n % 8 + 1},{nobody}" if n % 3 else f"{nobody},{first + n % 7}"
        lines.append(f"{9000 + n},{who},{n % 5 + 1},2025-03-{n % 28 + 1:02d},{n % 4 + 1},{n}.5")
    return {
        "Dealer.csv": f"DealerKey,Dealer,City\n{row}{dealers}",
        "Customer.csv": f"CustomerKey,Customer Name,City\n{row}{customers}",
        "Item.csv": f"ItemKey,Item Name,Category\n{items}",
        "Sales.csv": "\n".join([*lines, ""]),
    }


@pytest.mark.parametrize("nobody", ["-1", "0", "", "N/A"])
def test_customers_of_both_lists_have_what_they_bought(tmp_path: Path, nobody: str) -> None:
    with suggested(tmp_path, _star(nobody)) as found:
        assert found.tables.count("accounts") == 2
        bought = [key for (key,) in found.rows("purchases", "account_id")]
        assert bought[:4] == ["500", "2", "3", "503"]
        listed = {
            key
            for table in found.mapping.tables
            if table.table == "accounts"
            for (key,) in found.connection.execute(
                f"SELECT account_id FROM ({found.select(table)})"
            ).fetchall()
        }
        assert len(listed) == 15
        assert set(bought) <= listed


def test_two_lists_that_number_alike_are_told_apart(tmp_path: Path) -> None:
    with suggested(tmp_path, _star("-1", first=1)) as found:
        bought = {key for (key,) in found.rows("purchases", "account_id")}
        assert len(bought) == 15
        marked = {key for key in bought if key and not key.isdigit()}
        assert {"customer-3"} <= marked or {"dealer-3"} <= marked


def test_a_ledgers_suppliers_are_no_customers(tmp_path: Path) -> None:
    files = _star("")
    files = {name.replace("Dealer", "Vendor"): text.replace("Dealer", "Vendor")
             for name, text in files.items()}  # fmt: skip
    with suggested(tmp_path, files) as found:
        assert found.columns("purchases")["account_id"] == "CustomerKey"


def test_a_sale_to_a_lists_placeholder_names_nobody(tmp_path: Path) -> None:
    files = _star("-1")
    del files["Dealer.csv"]
    sales = files["Sales.csv"].splitlines()
    cut = [",".join([cell for at, cell in enumerate(line.split(",")) if at != 1]) for line in sales]
    files["Sales.csv"] = "\n".join([*cut, ""])
    with suggested(tmp_path, files) as found:
        assert ("-1",) not in found.rows("accounts", "account_id")
        keys = found.rows("purchases", "account_id")
        assert ("-1",) not in keys
        assert (None,) in keys


def test_whom_a_list_calls_by_a_name_is_no_placeholder(tmp_path: Path) -> None:
    files = {
        "customers.csv": "Customer No,Customer Name,City\n0,Abel Ltd,Ghent\n1,Birch Ltd,Lyon\n"
    }
    with suggested(tmp_path, files) as found:
        assert ("0", "Abel Ltd") in found.rows("accounts", "account_id", "name")


def test_one_list_names_dealers_or_customers_in_two_columns(tmp_path: Path) -> None:
    lines = ["Invoice No,Invoice Date,Dealer,Customer,Item,Net Amount"]
    for n in range(60):
        who = f"{FIRMS[n % 8]} Ltd," if n % 2 else f",{PEOPLE[n % 7]}"
        lines.append(f"{n},2025-03-{n % 28 + 1:02d},{who},W{n % 4},{n}.5")
    with suggested(tmp_path, {"invoices.csv": "\n".join([*lines, ""])}) as found:
        keys = {key for (key,) in found.rows("purchases", "account_id")}
        assert {"Birch Ltd", "Ana Ruiz"} <= keys
        assert None not in keys


def test_the_names_of_a_list_of_articles_are_no_customers(tmp_path: Path) -> None:
    items = "".join(f"{n + 1},Widget {n},Parts\n" for n in range(5))
    lines = [f"{n},{n % 5 + 1},2025-03-{n % 28 + 1:02d},{n}.5" for n in range(60)]
    sales = "\n".join(["SalesKey,ItemKey,SoldOnDate,Net Amount", *lines, ""])
    files = {"Item.csv": f"ItemKey,Item Name,Category\n{items}", "Sales.csv": sales}
    with suggested(tmp_path, files) as found:
        assert found.tables == ["products"]
        assert "account_id" in found.reason("Sales.csv")
