"""Journals of bookings: sales stand in them with their tax, beside payments, wages and rent."""

from pathlib import Path

import pytest

from .staged import suggested


def _journal(contra: str, marks: tuple[str, str]) -> str:
    text = f"Boekdatum,Rekening,{contra},Bedrag,D/C,Factuurnummer,Klant\n"
    for n in range(40):
        accounts = (f"13{n % 7:02d}", "8000") if n % 3 else ("1100", f"13{n % 7:02d}")
        text += f"2026-03-{n % 28 + 1:02d},{','.join(accounts)},{100 + n}.50,{marks[n % 2]}"
        text += f",F{n // 2},Bakker {n % 7} BV\n"
    return text


@pytest.mark.parametrize(
    ("contra", "marks"),
    [
        ("Tegenrekening", ("D", "C")),
        ("Gegenkonto (ohne Schlüssel)", ("S", "H")),
        ("Contra Account", ("DR", "CR")),
    ],
)
def test_a_journal_is_not_taken_and_it_is_said_what_would_help(
    tmp_path: Path, contra: str, marks: tuple[str, str]
) -> None:
    with suggested(tmp_path, {"boekingen.csv": _journal(contra, marks)}) as found:
        assert found.tables == []
        assert "journal of bookings" in found.reason("boekingen.csv")


@pytest.mark.parametrize(
    ("contra", "marks"), [("Artikel", ("D", "C")), ("Tegenrekening", ("Online", "Winkel"))]
)
def test_sales_beside_a_mark_or_an_account_alone_are_taken(
    tmp_path: Path, contra: str, marks: tuple[str, str]
) -> None:
    with suggested(tmp_path, {"verkoop.csv": _journal(contra, marks)}) as found:
        assert "purchases" in found.tables


def test_a_journal_beside_a_list_of_customers_gives_their_rows_nothing(tmp_path: Path) -> None:
    buyers = "Klantnummer,Naam,Land,Krediet\n"
    buyers += "".join(f"13{n:02d},Bakker {n} BV,NL,{n}000.50\n" for n in range(7))
    files = {"boekingen.csv": _journal("Tegenrekening", ("D", "C")), "klanten.csv": buyers}
    with suggested(tmp_path, files) as found:
        assert found.tables == ["accounts"]
        assert found.table("accounts").joins == ()
