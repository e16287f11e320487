"""Deals whose products stand in a file of lines: won ones brought what their lines say."""

from pathlib import Path

from .staged import Suggested, suggested

FIRMS = ("Abel GmbH", "Birch AG", "Cedar KG", "Dorn SE", "Elm UG", "Fink e.K.")
STATES = ("Offen", "Gewonnen", "Verloren")
WON = [n for n in range(30) if n % 3 == 1]


def _deals(name: str) -> str:
    """Thirty deals without ids of their own, called by `name`, formatted with a firm and a number;
    the state says which are won, the phase doesn't."""
    told = ["Verkaufschance,Firma,Phase,Status,Umsatz,Abschlussdatum,Verkäufer\n"]
    told += [
        f"{name.format(firm=FIRMS[n % 6], n=n)},{FIRMS[n % 6]},{n % 4 + 1}-Schritt,{STATES[n % 3]},"
        f"{500 + 20 * n},2026-02-{1 + n % 28:02d},Anna Lang\n"
        for n in range(30)
    ]
    return "".join(told)


def _lines(name: str, *, without: int = 0, account: bool = False) -> str:
    """Two lines for each deal but the last ones."""
    told = [f"Zeilen-ID,{'Firma,' if account else ''}Verkaufschance,Produktname,Einzelpreis,"]
    told.append("Menge,Gesamtbetrag\n")
    for n in range(30 - without):
        for at in range(2):
            firm = f"{FIRMS[n % 6]}," if account else ""
            deal, price = name.format(firm=FIRMS[n % 6], n=n), (250 + 10 * n) / (1 + at)
            told.append(f"Z{n}-{at},{firm}{deal},Pumpe {(n + at) % 4},{price},{1 + at},")
            told.append(f"{250 + 10 * n}\n")
    return "".join(told)


def _bought(found: Suggested) -> float:
    tables = [table for table in found.mapping.tables if table.table == "purchases"]
    selects = " UNION ALL ".join(f"SELECT amount FROM ({found.select(one)})" for one in tables)
    row = found.connection.execute(f"SELECT sum(CAST(amount AS DOUBLE)) FROM ({selects})")
    return float((row.fetchone() or (0.0,))[0] or 0.0)


def test_lines_that_only_name_their_deal_are_its_lines(tmp_path: Path) -> None:
    name = "{firm} Vorhaben {n}"
    files = {"Chancen.csv": _deals(name), "Positionen.csv": _lines(name)}
    with suggested(tmp_path, files) as found:
        assert found.table("purchases").file == "Positionen.csv"
        assert "products" not in found.tables or found.table("products").file != "Chancen.csv"
        assert _bought(found) == sum(500 + 20 * n for n in WON), "the state tells what was won"


def test_deals_called_alike_are_told_apart_by_their_accounts(tmp_path: Path) -> None:
    files = {"Chancen.csv": _deals("Ausbau {n}")}
    files["Positionen.csv"] = _lines("Ausbau {n}", account=True)
    for n in range(30):
        alike = (f"Ausbau {n},", f"Ausbau {n // 6},")
        files = {file: text.replace(*alike) for file, text in files.items()}
    with suggested(tmp_path, files) as found:
        assert _bought(found) == sum(500 + 20 * n for n in WON)
        orders = {order for (order,) in found.rows("purchases", "order_id")}
    assert len(orders) == len(WON)


def test_a_won_deal_without_lines_brought_what_it_is_worth(tmp_path: Path) -> None:
    name = "{firm} Vorhaben {n}"
    files = {"Chancen.csv": _deals(name), "Positionen.csv": _lines(name, without=12)}
    with suggested(tmp_path, files) as found:
        assert _bought(found) == sum(500 + 20 * n for n in WON)
        assert "won deals without lines in Positionen.csv" in " ".join(found.doubts())


def test_rows_that_name_listed_products_again_are_no_products(tmp_path: Path) -> None:
    lines = _lines("Angebot {n}").replace("Verkaufschance", "Angebot")
    items = "Produktname,Produktnummer,Listenpreis\n"
    items += "".join(f"Pumpe {n},P-{n},{100 + n}.5\n" for n in range(4))
    files = {"Produkte.csv": items, "Angebotsprodukte.csv": lines, "Chancen.csv": _deals("V {n}")}
    with suggested(tmp_path, files) as found:
        assert found.table("products").file == "Produkte.csv"
        assert "Angebotsprodukte.csv" not in [t.file for t in found.mapping.tables]
        assert found.reason("Angebotsprodukte.csv") == "its rows only name those of Produkte.csv"


def test_lines_of_deals_beside_orders_are_not_sold_again(tmp_path: Path) -> None:
    name = "{firm} Vorhaben {n}"
    orders = "Bestellnummer,Bestelldatum,Firma,Produktname,Menge,Betrag\n"
    orders += "".join(
        f"B{n},2026-03-{1 + n:02d},{FIRMS[n % 6]},Pumpe {n % 4},1,{100 + n}.5\n" for n in range(28)
    )
    files = {"Bestellungen.csv": orders, "Chancen.csv": _deals(name)}
    with suggested(tmp_path, files | {"Positionen.csv": _lines(name)}) as found:
        assert found.table("purchases").file == "Bestellungen.csv"
        assert "those of deals" in found.reason("Positionen.csv")
