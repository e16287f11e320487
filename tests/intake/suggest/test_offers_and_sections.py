"""Exports of ERP systems: offers that were sent, section lines, days hoped for beside real ones."""

from pathlib import Path

import pytest

from groundplan.intake.suggest.documents.kinds import offers_among

from .staged import suggested

FIRMS = ("Abel GmbH", "Birch AG", "Cedar KG", "Dorn GmbH", "Elm SE")
HEAD = "Auftragsnummer;Auftragsdatum;Kunde;Status;Zeile/Artikel;Zeile/Menge;Zeile/Zwischensumme"


@pytest.mark.parametrize(
    "state",
    ["Quotation Sent", "Devis envoyé", "Angebot gesendet", "Presupuesto enviado",
     "Offerte verzonden", "Preventivo inviato", "Orçamento expirado"],
)  # fmt: skip
def test_an_offer_that_was_sent_is_an_offer(state: str) -> None:
    assert offers_among([state, "Auftrag"]) == [state]


@pytest.mark.parametrize(
    "state", ["Quote accepted", "Devis signé", "Angebot bestätigt", "Offerte goedgekeurd", "Offen"]
)
def test_an_offer_that_was_taken_is_an_order(state: str) -> None:
    assert offers_among([state, "Storniert"]) == []


def _auftraege() -> str:
    """Every fifth order is an offer; every third begins with a line that only heads a section."""
    lines = [HEAD]
    for n in range(40):
        state = "Angebot gesendet" if n % 5 == 0 else "Verkaufsauftrag"
        head = f"S{n:04d};2025-03-{n % 28 + 1:02d};{FIRMS[n % 5]};{state}"
        if n % 3 == 0:
            lines.append(f"{head};;0;0")
        lines += [f"{head};Ware {(n + at) % 6};{at + 1};{(at + 1) * 12},50" for at in range(2)]
    return "\n".join([*lines, ""])


def test_neither_offers_nor_sections_are_sales(tmp_path: Path) -> None:
    with suggested(tmp_path, {"Verkaufsauftrag.csv": _auftraege()}) as found:
        rows = found.rows("purchases", "product_id", "amount")
        assert len(rows) == 2 * 32
        assert all(product and amount for product, amount in rows)


def test_gifts_that_name_an_article_stay(tmp_path: Path) -> None:
    text = _auftraege().replace("12,50", "0")
    with suggested(tmp_path, {"Verkaufsauftrag.csv": text}) as found:
        assert ("0",) in found.rows("purchases", "amount")


@pytest.mark.parametrize(
    ("hoped", "real", "worth"),
    [
        ("Expected Closing", "Closing Date", "Expected Revenue"),
        ("Cierre esperado", "Fecha de cierre", "Ingreso esperado"),
        ("Clôture prévue", "Date de clôture", "Revenu espéré"),
        ("Fechamento esperado", "Data de fechamento", "Receita esperada"),
        ("Chiusura prevista", "Data di chiusura", "Ricavi previsti"),
    ],
)
def test_deals_close_when_they_did_not_when_they_were_to(
    tmp_path: Path, hoped: str, real: str, worth: str
) -> None:
    """Either is filled for about half of the deals: how many tells nothing."""
    lines = [f"Opportunity,Customer,{worth},Stage,{hoped},{real},Created on"]
    for n in range(60):
        stage = ("Won", "Lost", "Proposal", "New")[n % 4]
        begun, day = f"2025-01-{n % 28 + 1:02d}", f"2025-06-{n % 28 + 1:02d}"
        days = f",{day}" if n % 4 < 2 else f"{day},"
        lines.append(f"Deal {n},{FIRMS[n % 5]},{n}500,{stage},{days},{begun}")
    with suggested(tmp_path, {"pipeline.csv": "\n".join([*lines, ""])}) as found:
        columns = found.columns("opportunities")
        assert columns["close_on"] == hoped
        assert columns["closed_on"] == real
        assert columns["amount"] == worth
