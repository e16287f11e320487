"""Whose order it is where the customer's key names many or nobody."""

from pathlib import Path

import pytest

from .staged import suggested

PEOPLE = ("Ana Ruiz", "Bo Lind", "Cem Kaya", "Dee Marsh", "Eva Novak", "Finn Berg", "Gus Hale")
HEAD = "Order No,Order Date,Customer No,Customer Name,{mail}Item,Net Amount"


def _orders(guest: str, *, mail: str = "Customer E-Mail", count: int = 60) -> str:
    """Every third order is a guest's: the key says `guest`, the name who it was."""
    lines = [HEAD.format(mail=f"{mail}," if mail else "")]
    for n in range(count):
        name = PEOPLE[n % 7]
        who = f"{guest},Guest {n % 12}" if n % 3 == 0 else f"{2000 + n % 7},{name}"
        address = f"{who.split(',')[1].replace(' ', '.').lower()}@example.com," if mail else ""
        lines.append(f"{n + 1},2025-03-{n % 28 + 1:02d},{who},{address}W{n % 4},{n}.5")
    return "\n".join([*lines, ""])


@pytest.mark.parametrize("guest", ["0", "-1", "GUEST", "n/a", "Gast", "#"])
def test_guests_are_told_apart_by_their_addresses(tmp_path: Path, guest: str) -> None:
    with suggested(tmp_path, {"orders.csv": _orders(guest)}) as found:
        keys = {key for (key,) in found.rows("purchases", "account_id")}
        assert {"guest.0@example.com", "guest.3@example.com", "2001"} <= keys
        assert guest not in keys
        accounts = found.rows("accounts", "account_id", "name")
        assert ("guest.0@example.com", "Guest 0") in accounts
        assert ("2001", "Bo Lind") in accounts
        assert any(f"where `Customer No` in ({guest!r})" in told for told in found.doubts())


def test_guests_without_an_address_are_told_apart_by_their_names(tmp_path: Path) -> None:
    with suggested(tmp_path, {"orders.csv": _orders("0", mail="")}) as found:
        assert ("Guest 3", "Guest 3") in found.rows("accounts", "account_id", "name")


def test_orders_without_a_key_are_those_of_whom_they_name(tmp_path: Path) -> None:
    with suggested(tmp_path, {"orders.csv": _orders("")}) as found:
        assert ("guest.0@example.com",) in found.rows("purchases", "account_id")
        assert (None,) not in found.rows("purchases", "account_id")


def test_guests_are_no_customers_of_the_list(tmp_path: Path) -> None:
    """Shops list those who registered: the others become accounts by their orders."""
    listed = [
        "Customer No,Customer Name,City",
        *(f"{2000 + n},{PEOPLE[n]},Ghent" for n in range(7)),
    ]
    files = {"customers.csv": "\n".join([*listed, ""]), "orders.csv": _orders("0")}
    with suggested(tmp_path, files) as found:
        assert found.tables.count("accounts") == 2
        (more,) = (one for one in found.mapping.tables
                   if one.table == "accounts" and one.file == "orders.csv")  # fmt: skip
        rows = found.connection.execute(f"SELECT account_id FROM ({found.select(more)})").fetchall()
        assert {key for (key,) in rows} == {f"guest.{n}@example.com" for n in (0, 3, 6, 9)}


def test_the_number_of_sundry_customers_is_that_of_many(tmp_path: Path) -> None:
    """Ledgers keep one number for whoever buys once."""
    text = _orders("99999").replace("Guest ", "Passer-by ")
    names = [line for line in text.splitlines() if "99999" in line]
    for n, line in enumerate(names):
        text = text.replace(line, line.replace("Passer-by", f"Passer-by {n}"))
    with suggested(tmp_path, {"orders.csv": text.replace("Customer E-Mail", "Branch")}) as found:
        keys = {key for (key,) in found.rows("purchases", "account_id")}
        assert "99999" not in keys
        assert len(keys) == 7 + 20


def test_a_customer_for_whom_several_people_order_is_one(tmp_path: Path) -> None:
    lines = ["Order No,Order Date,Customer No,Customer Name,Item,Net Amount"]
    for n in range(90):
        who = f"2000,{PEOPLE[n % 6]} {n % 12}" if n % 2 else f"{2001 + n % 7},{PEOPLE[n % 7]}"
        lines.append(f"{n + 1},2025-03-{n % 28 + 1:02d},{who},W{n % 4},{n}.5")
    with suggested(tmp_path, {"orders.csv": "\n".join([*lines, ""])}) as found:
        assert found.columns("purchases")["account_id"] == "Customer No"
