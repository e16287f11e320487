"""Lines that lack nothing beside the list of their documents, which alone tells more of them."""

from pathlib import Path

import pytest

from .staged import suggested

FIRMS = ("Abel GmbH", "Birke AG", "Cedar SA", "Dorn KG", "Elm Inc")


def _billing(*, of_all: bool = True, state: str = "Status") -> dict[str, str]:
    """Thirty invoices of subscriptions, each fifth struck out, and credits of ten, which were paid
    out; the list of invoices has those `of_all` lines or of every third."""
    heads = f"Rechnungsnr,Kunde,Rechnungsdatum,{state},Zwischensumme,Steuer,Gesamt\n"
    lines = "Rechnungsnr,Positionsnr,Kunde,Leistung von,Leistung bis,Artikel,Menge,Einzelpreis"
    lines += ",Betrag\n"
    given = "Gutschriftnr,Rechnungsnr,Kunde,Datum,Status,Gesamt\n"
    credited = "Gutschriftnr,Positionsnr,Rechnungsnr,Artikel,Menge,Einzelpreis,Betrag\n"
    for n in range(30):
        own, firm = f"RE-{700 + n}", FIRMS[n % 5]
        sums = [(1 + (n + at) % 3) * (20 + n + at) for at in range(2)]
        for at, sum_ in enumerate(sums):
            count = 1 + (n + at) % 3
            lines += f"{own},p{n}-{at},{firm},2026-01-{n % 28 + 1:02d},2026-02-{n % 28 + 1:02d}"
            lines += f",Tarif {(n + at) % 4},{count},{20 + n + at},{sum_}\n"
        now = "storniert" if n % 5 == 4 else "bezahlt"
        if of_all or n % 3 == 0:
            heads += f"{own},{firm},2026-03-{n % 28 + 1:02d},{now},{sum(sums)},0,{sum(sums)}\n"
        if n % 3 == 1:
            given += f"GU-{n},{own},{firm},2026-05-{n % 28 + 1:02d},erstattet,{sums[0]}\n"
            credited += f"GU-{n},g{n},{own},Tarif {n % 4},{1 + n % 3},{20 + n},{sums[0]}\n"
    return {
        "Rechnungen.csv": heads, "Rechnungspositionen.csv": lines,
        "Gutschriften.csv": given, "Gutschriftspositionen.csv": credited,
    }  # fmt: skip


@pytest.mark.parametrize("state", ["Status", "State", "Verlauf"])
def test_the_list_of_invoices_tells_which_lines_are_struck_out_and_their_day(
    tmp_path: Path, state: str
) -> None:
    with suggested(tmp_path, _billing(state=state)) as found:
        (table,) = (t for t in found.mapping.tables if t.file == "Rechnungspositionen.csv"
                    and t.table == "purchases")  # fmt: skip
        assert table.columns["date"].column == "Rechnungsdatum"
        rows = found.connection.execute(f"SELECT order_id FROM ({found.select(table)})").fetchall()
        assert len(rows) == 48


def test_lines_of_credits_are_of_the_credit_that_they_belong_to_and_not_of_its_invoice(
    tmp_path: Path,
) -> None:
    with suggested(tmp_path, _billing()) as found:
        (table,) = (t for t in found.mapping.tables if t.file == "Gutschriftspositionen.csv"
                    and t.table == "purchases")  # fmt: skip
        assert table.joins[0].file == "Gutschriften.csv"
        assert table.columns["date"].column == "Datum"
        assert table.columns["order_id"].column == "Gutschriftnr"
        assert not table.skip
        fed = {t.file for t in found.mapping.tables if t.table == "purchases"}
        assert fed == {"Rechnungspositionen.csv", "Gutschriftspositionen.csv"}


def test_a_column_that_a_header_adds_is_not_said_to_be_an_earlier_file(tmp_path: Path) -> None:
    files = _billing()
    with suggested(tmp_path, files) as found:
        assert not any("count once" in told for told in found.doubts())


def test_lines_whose_document_is_not_listed_are_kept(tmp_path: Path) -> None:
    with suggested(tmp_path, _billing(of_all=False)) as found:
        (table,) = (t for t in found.mapping.tables if t.file == "Rechnungspositionen.csv"
                    and t.table == "purchases")  # fmt: skip
        rows = found.connection.execute(f"SELECT amount FROM ({found.select(table)})").fetchall()
        assert len(rows) == 60


@pytest.mark.parametrize(("due", "taken"), [("0", 24), ("90", 30), ("", 24)])
def test_an_invoice_that_waits_while_nothing_is_owed_is_not_sent_yet(
    tmp_path: Path, due: str, taken: int
) -> None:
    text = "Facture,Client,Date,Etat,Article,Montant,Montant payé,Solde dû\n"
    for n in range(30):
        paid = ("Payée", "90", "0") if n % 2 else ("Ouverte", "0", "90")
        state = ("En attente", "0", due) if n % 5 == 4 else paid
        text += f"F{n},{FIRMS[n % 5]},2026-03-{n % 28 + 1:02d},{state[0]},Tarif {n % 4},90"
        text += f",{state[1]},{state[2]}\n"
    with suggested(tmp_path, {"factures.csv": text}) as found:
        assert len(found.rows("purchases", "order_id")) == taken
