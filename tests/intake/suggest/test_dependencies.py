"""Columns known by their values and by the words of other languages, not by our headings."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from groundplan.intake.reading.months import month_of
from groundplan.intake.suggest.headings.languages import translated
from groundplan.intake.suggest.headings.naming import named, words

from .staged import suggested

FIRMS = ("Abel GmbH", "Birch Ltd", "Cedar AG", "Dorn SA", "Elm Inc")
WARES = ("Pump", "Valve", "Motor")


def _lines(*, tax: float = 0.2) -> list[tuple[str, ...]]:
    """Forty orders of two lines: number, day, firm's key and name, ware, count, price, sums."""
    rows: list[tuple[str, ...]] = []
    for order in range(40):
        firm = order % 5
        for line in range(2):
            count, price = 2 + (order + line) % 5, 10 + order + 0.5 * line
            net = count * price
            sums = (f"{net * (1 + tax):.2f}", f"{net * tax:.2f}", f"{net:.2f}")
            ware = WARES[(order * 2 + line) % 3]
            day = f"2025-0{1 + order % 9}-{10 + order % 15}"
            own = (f"X{order:03d}", day, f"K{firm}", FIRMS[firm], ware, str(count), f"{price:.2f}")
            rows.append((*own, *sums))
    return rows


def _csv(header: str, rows: Sequence[tuple[str, ...]]) -> str:
    return "\n".join([header, *(",".join(row) for row in rows)])


def test_columns_with_headings_of_no_language_are_told_by_their_values(tmp_path: Path) -> None:
    header = "qaa,qab,qac,qad,qae,qaf,qag,qah,qai,qaj"
    with suggested(tmp_path, {"lista.csv": _csv(header, _lines())}) as found:
        lines = found.columns("purchases")
    assert (lines["order_id"], lines["date"], lines["account_id"]) == ("qaa", "qab", "qac")
    assert lines["product_id"] == "qae"
    assert (lines["quantity"], lines["amount"]) == ("qaf", "qaj")


def test_the_amount_is_the_one_that_tax_is_added_to(tmp_path: Path) -> None:
    header = "Order,Date,Customer No,Customer,Item,Qty,Price,Total,Tax,Sum"
    with suggested(tmp_path, {"orders.csv": _csv(header, _lines())}) as found:
        assert found.columns("purchases")["amount"] == "Sum"


def test_costs_and_profits_are_no_amount_without_tax(tmp_path: Path) -> None:
    rows = [(*row[:5], row[9], f"{at * 3 + 1}", "") for at, row in enumerate(_lines())]
    rows = [(*r[:7], f"{float(r[5]) - float(r[6]):.2f}") for r in rows]
    header = "Order,Date,Customer No,Customer,Item,Sales,Costs,Profit"
    with suggested(tmp_path, {"orders.csv": _csv(header, rows)}) as found:
        assert found.columns("purchases")["amount"] == "Sales"


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("Fakturadatum", "date"),
        ("Kundnummer", "account_id"),
        ("Varenavn", "product.name"),
        ("Beløp ekskl. mva", "amount"),
        ("Wartość netto", "amount"),
        ("Ilość", "quantity"),
        ("Preço Unitário", "unit_price"),
        ("得意先コード", "account_id"),
        ("Количество", "quantity"),
    ],
)
def test_headings_are_understood_word_by_word(heading: str, part: str) -> None:
    assert named("purchases", heading).get(part, 0.0) > 0.7


def test_compounds_are_taken_apart_and_other_words_left() -> None:
    assert translated(words("Rechnungsdatum")) == ("invoice", "date")
    assert translated(words("Xylophon")) == ("xylophon",)


def test_a_status_that_tells_won_from_lost_makes_the_stage(tmp_path: Path) -> None:
    states = ("OPEN", "WON", "LOST")
    rows = [
        (str(at), f"Deal {at}", FIRMS[at % 5], states[at % 3], "Quote", f"{1000 + 7 * at}.50")
        for at in range(30)
    ]
    header = "RecordId,OpportunityName,Organization,CurrentState,Stage,OpportunityValue"
    with suggested(tmp_path, {"opportunities.csv": _csv(header, rows)}) as found:
        stage = found.table("opportunities").columns["stage"]
        assert "CurrentState" in stage.compute
        assert found.mapping.stages["LOST"].outcome == "lost"


@pytest.mark.parametrize(
    ("heading", "year", "day"),
    [
        ("Jan-24", "", "2024-01-01"),
        ("2024-11", "", "2024-11-01"),
        ("11/2024", "", "2024-11-01"),
        ("Q3 2024", "", "2024-07-01"),
        ("févr.", "2025", "2025-02-01"),
        ("März 2025", "", "2025-03-01"),
        ("juil.", "2024", "2024-07-01"),
        ("Mar", "", ""),
        ("Market", "2024", ""),
        ("12", "2024", ""),
    ],
)
def test_headings_name_months(heading: str, year: str, day: str) -> None:
    assert month_of(heading, year) == day


def test_months_as_columns_become_purchases(tmp_path: Path) -> None:
    rows = [(f"C{at}", FIRMS[at % 5], "5.50", "", "1,000.00".replace(",", "")) for at in range(8)]
    text = _csv("Customer No,Customer,Jan-24,Feb-24,Mar-24", [*rows, ("Total", "", "44", "", "8")])
    with suggested(tmp_path, {"sales.csv": text}) as found:
        lines = found.columns("purchases")
        assert (lines["date"], lines["amount"]) == ("Date", "Amount")
        (relation,) = [file.relation for file in found.files.values()]
        count = found.connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
    assert count == (16,)
