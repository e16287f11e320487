"""Credits without a minus, in files where something else has one."""

from decimal import Decimal
from pathlib import Path

import pytest

from .staged import suggested

FIRMS = ("Abeelen Bouw", "Berk Metaal", "Ceder Techniek", "Dorn Optiek", "Els Marine", "Fonk Hout")
WARES = (("W1", "Lamp", 20), ("W2", "Bureau", 150), ("W3", "Stoel", 75))
LINES = "Documenttype,Nummer,Datum,Klantnr,Klant,Artikelcode,Omschrijving,Aantal,Prijs,Bedrag"


def _sold(kinds: dict[str, int], count: int = 60) -> str:
    """`kinds` with the sign that each writes: most rows are of the first, each tenth of another."""
    first, *others = kinds
    rows = [LINES]
    for n in range(count):
        kind = others[n // 10 % len(others)] if n % 10 == 9 else first
        code, name, price = WARES[n % 3]
        sign, firm = kinds[kind], n % len(FIRMS)
        rows.append(
            f"{kind},{kind[:2].upper()}{n // 2},2025-{1 + n % 12:02d}-11,K{firm},{FIRMS[firm]},"
            f"{code},{name},{sign * 2},{price},{sign * 2 * price}"
        )
    return "\n".join(rows) + "\n"


def _taken_off(tmp_path: Path, kinds: dict[str, int]) -> str:
    with suggested(tmp_path, {"verkoopregels.csv": _sold(kinds)}) as found:
        return found.columns("purchases")["amount"]


@pytest.mark.parametrize("beside", ["Return", "Discount"])
def test_credits_without_a_minus_are_taken_off_though_other_kinds_have_one(
    tmp_path: Path, beside: str
) -> None:
    kinds = {"Factuur": 1, beside: -1, "Creditnota": 1}
    with suggested(tmp_path, {"verkoopregels.csv": _sold(kinds)}) as found:
        amount = found.columns("purchases")["amount"]
        told = found.rows("purchases", "amount")
    assert amount == "if(Documenttype in ('Creditnota'), 0 - (number(Bedrag)), number(Bedrag))"
    assert sum(Decimal(one or 0) < 0 for (one,) in told) == 6


@pytest.mark.parametrize(
    "kinds",
    [
        {"Factuur": 1, "Return": -1, "Creditnota": -1},
        {"Invoice": 1, "Credit Note": -1, "Credit Note Cancellation": 1},
    ],
)
def test_credits_that_have_a_minus_and_what_takes_them_back_stay_as_they_are(
    tmp_path: Path, kinds: dict[str, int]
) -> None:
    assert _taken_off(tmp_path, kinds) == "Bedrag"


def test_credits_have_no_minus_where_sales_are_booked_with_one(tmp_path: Path) -> None:
    text = _sold({"Factuur": -1, "Creditnota": 1})
    cells = [row.split(",") for row in text.splitlines()]
    booked = "\n".join(",".join((*row[:7], row[9])) for row in cells)
    with suggested(tmp_path, {"boekingen.csv": booked}) as found:
        assert found.columns("purchases")["amount"] == "Bedrag"


def test_a_price_times_a_quantity_with_a_minus_is_taken_off_already(tmp_path: Path) -> None:
    text = _sold({"Factuur": 1, "Creditnota": -1})
    priced = "\n".join(row.rpartition(",")[0] for row in text.splitlines())
    with suggested(tmp_path, {"verkoopregels.csv": priced}) as found:
        assert found.columns("purchases")["amount"] == "Prijs * Aantal"


def test_the_kinds_of_documents_may_stand_in_their_own_list(tmp_path: Path) -> None:
    kinds = ("Factuur", "Return", "Factuur", "Creditnota", "Factuur")
    heads, lines = (
        ["Nummer,Documenttype,Datum,Klant"],
        ["Nummer,Artikelcode,Omschrijving,Aantal,Bedrag"],
    )
    for n in range(40):
        kind = kinds[n % 5]
        heads.append(f"V{1000 + n},{kind},2025-{1 + n % 12:02d}-11,{FIRMS[n % 6]}")
        for code, name, price in WARES[: 1 + n % 3]:
            sign = -1 if kind == "Return" else 1
            lines.append(f"V{1000 + n},{code},{name},{sign * 2},{sign * 2 * price}")
    files = {"Documenten.csv": "\n".join(heads), "Regels.csv": "\n".join(lines)}
    with suggested(tmp_path, files) as found:
        amount = found.columns("purchases")["amount"]
    assert amount == "if(Documenttype in ('Creditnota'), 0 - (number(Bedrag)), number(Bedrag))"


def test_a_file_of_credits_is_taken_off_though_a_reduction_in_it_has_a_minus(
    tmp_path: Path,
) -> None:
    text = _sold({"Factuur": 1, "Korting": -1}).replace("Documenttype,", "Regel,")
    with suggested(tmp_path, {"Creditnota regels.csv": text}) as found:
        assert found.columns("purchases")["amount"] == "0 - (number(Bedrag))"
