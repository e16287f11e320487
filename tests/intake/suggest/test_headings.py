"""What headings say that all headings of a file have in common, and what files are called."""

import pytest

from groundplan.intake.reading.months import month_and_measure
from groundplan.intake.suggest.headings.naming import named
from groundplan.intake.suggest.headings.shared_prefixes import shared_prefix, subject_of
from groundplan.intake.suggest.matching.people import share_of_people


@pytest.mark.parametrize(
    ("columns", "shared"),
    [
        (("SDDOCO", "SDAN8", "SDTRDJ", "SDAEXP"), "SD"),
        (("o_orderkey", "o_custkey", "o_orderdate", "o_comment"), "o_"),
        (("customer_id", "customer_city", "customer_state", "customer_zip"), ""),
        (("ORDER", "ORIGIN", "ORGAN", "Date"), ""),
        (("SDDOCO", "SDAN8"), ""),
    ],
)
def test_letters_of_a_table_are_told_from_words(columns: tuple[str, ...], shared: str) -> None:
    assert shared_prefix(columns) == shared


@pytest.mark.parametrize(
    ("file", "subject"),
    [
        ("Sales Analysis.xlsx#Customers", "Customers"),
        ("Sales.OrderLines.csv", "OrderLines"),
        ("orders.csv.gz", "orders"),
        ("Deals 12.03.2024.csv", "Deals 12.03.2024"),
    ],
)
def test_a_file_is_called_without_its_kind_and_its_workbook(file: str, subject: str) -> None:
    assert subject_of(file) == subject


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("Jan 2024 Qty", ("2024-01-01", "Qty")),
        ("Revenue (Mar 2024)", ("2024-03-01", "Revenue")),
        ("2024-05 Umsatz", ("2024-05-01", "Umsatz")),
        ("2024 Juni", ("2024-06-01", "")),
        ("01/07/2024", ("2024-07-01", "")),
        ("Marketing spend", ("", "")),
        ("Sales", ("", "")),
    ],
)
def test_a_heading_tells_its_month_and_what_is_measured(
    heading: str, told: tuple[str, str]
) -> None:
    assert month_and_measure(heading) == told


def test_people_are_told_from_wares_and_places() -> None:
    assert share_of_people(["Ada Moreau", "Conti, Bruno", "Emma van Dyk"]) == 1
    assert share_of_people(["Valve DN25", "Chair Oslo", "Contract Sent", "Ada"]) == 0


@pytest.mark.parametrize(
    ("table", "heading", "part"),
    [
        ("opportunities", "Estimated Value (LCY)", "amount"),
        ("opportunities", "Geschätzter Wert (MW)", "amount"),
        ("opportunities", "Valeur estimée (DS)", "amount"),
        ("opportunities", "Verkäufercode", "owner"),
        ("purchases", "Montant (DS)", "amount"),
        ("products", "Artikelkategoriencode", "category"),
        ("accounts", "Code pays/région", "country"),
    ],
)
def test_sums_in_the_books_own_currency_and_codes_are_what_they_are_of(
    table: str, heading: str, part: str
) -> None:
    told = named(table, heading)
    assert max(told, key=lambda one: told[one]) == part
    assert told[part] >= 0.7


def test_a_sum_without_a_currencys_mark_is_meant_before_one_with_it() -> None:
    assert named("purchases", "Amount")["amount"] > named("purchases", "Amount (LCY)")["amount"]
