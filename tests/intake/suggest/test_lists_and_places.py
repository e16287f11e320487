"""Lists that are told by what refers to them, in whatever language, and buyers that are places."""

from pathlib import Path

import pytest

from .staged import suggested

FIRMS = [f"{name} {form}" for name in ("Abel", "Birch", "Cedar", "Dorn", "Elm", "Fern", "Gale")
         for form in ("GmbH", "Ltd")]  # fmt: skip


def _tax(n: int) -> int:
    return 5250000000 + 7351 * n


def _sales(header: str, row: str, count: int = 42) -> str:
    told = [
        row.format(
            n=n, order=n // 2, k=n % 14, firm=FIRMS[n // 2 % 14], tax=_tax(n // 2 % 14),
            day=f"2025-{1 + n // 4:02d}-{1 + n // 2:02d}", p=n % 3, amount=f"{10 + n}.{n:02d}",
        )
        for n in range(count)
    ]  # fmt: skip
    return "\n".join([header, *told, ""])


def _list(header: str, row: str) -> str:
    told = [row.format(n=n, firm=firm, tax=_tax(n)) for n, firm in enumerate(FIRMS)]
    return "\n".join([header, *told, ""])


def test_a_key_that_two_customers_share_by_mistake_is_still_the_key(tmp_path: Path) -> None:
    lines = _list("Kundennummer,Firmenname", "{n:04d},{firm}").replace("0006,", "0005,")
    sales = _sales(
        "Auftragsnummer,Kundennummer,Auftragsdatum,Betrag", "{order},{k:04d},{day},{amount}"
    )
    with suggested(tmp_path, {"kunden.csv": lines, "auftraege.csv": sales}) as found:
        assert found.columns("accounts")["account_id"] == "Kundennummer"


@pytest.mark.parametrize(
    "file", ["kontrahenci.csv", "klienci.csv", "clientes.csv", "zakaznici.csv", "xq.csv"]
)
@pytest.mark.parametrize("heading", ["Nome/Razão Social", "Nazwa", "Qwb"])
def test_a_list_that_orders_name_is_one_of_accounts(
    tmp_path: Path, file: str, heading: str
) -> None:
    files = {
        "vendas.csv": _sales(
            "Número do Pedido,Cliente,Data da Venda,Valor Total", "{order},{firm},{day},{amount}"
        ),
        file: _list(f"Kod,{heading},NIP,Miasto", "K{n:03d},{firm},{tax},Gdynia"),
    }
    with suggested(tmp_path, files) as found:
        assert found.table("accounts").file == file
        rows = found.rows("accounts", "name")
        assert [name for (name,) in rows] == FIRMS
        bought = found.table("purchases")
        assert bought.columns["account_id"].column == "Cliente"
        assert (
            bought.match_by_name == ("account_id",)
            or found.columns("accounts")["account_id"] == heading
        )


def test_a_number_that_only_stands_in_a_list_is_no_key_of_orders(tmp_path: Path) -> None:
    files = {
        "sprzedaz.csv": _sales(
            "Numer dokumentu,Kontrahent,NIP,Data,Nazwa towaru,Wartość netto",
            "FS/{order},{firm},{tax},{day},Wares {p},{amount}",
        ),
        "kontrahenci.csv": _list("Kod,Nazwa,NIP", "K{n:03d},{firm},{tax}"),
    }
    with suggested(tmp_path, files) as found:
        key = found.columns("accounts")["account_id"]
        bought = found.table("purchases")
        by_name = bought.match_by_name == ("account_id",)
        assert bought.columns["account_id"].column == ("Kontrahent" if by_name else key)


def test_a_list_is_matched_by_the_only_key_that_orders_hold(tmp_path: Path) -> None:
    files = {
        "sprzedaz.csv": _sales(
            "Numer dokumentu,NIP,Data,Nazwa towaru,Wartość netto",
            "FS/{order},{tax},{day},Wares {p},{amount}",
        ),
        "kontrahenci.csv": _list("Kod,Nazwa,NIP", "K{n:03d},{firm},{tax}"),
    }
    with suggested(tmp_path, files) as found:
        assert found.columns("accounts")["account_id"] == "NIP"
        assert found.columns("purchases")["account_id"] == "NIP"


@pytest.mark.parametrize("place", ["Store", "Dealer", "Pharmacy", "Outlet"])
def test_sales_without_a_customer_are_those_of_the_places_they_go_to(
    tmp_path: Path, place: str
) -> None:
    text = _sales(
        f"Invoice,Date,{place} Number,{place} Name,Vendor Name,Item Number,Item,Amount",
        "I{n},{day},22{k:02d},{place} {k},Brand {p},10{p},Wares {p},{amount}".replace(
            "{place}", place
        ),
    )
    with suggested(tmp_path, {"sales.csv": text}) as found:
        assert found.columns("purchases")["account_id"] == f"{place} Number"
        assert found.columns("accounts")["name"] == f"{place} Name"


def test_a_store_beside_a_customer_is_where_somebody_bought(tmp_path: Path) -> None:
    text = _sales(
        "Invoice,Date,Store Number,Store Name,Customer,Item,Amount",
        "I{n},{day},22{p},Store {p},{firm},Wares {p},{amount}",
    )
    with suggested(tmp_path, {"sales.csv": text}) as found:
        assert found.columns("purchases")["account_id"] == "Customer"


def test_the_end_of_a_path_says_what_a_column_is(tmp_path: Path) -> None:
    text = _sales(
        "Number,Partner/Customer,Date,Invoice lines/Product,Invoice lines/Amount",
        "I{n},{firm},{day},Wares {p},{amount}",
    )
    with suggested(tmp_path, {"sales.csv": text}) as found:
        assert found.columns("purchases")["amount"] == "Invoice lines/Amount"
        assert found.columns("purchases")["product_id"] == "Invoice lines/Product"
