"""Exports whose rows mean something only with their neighbours, their heading or another file."""

from pathlib import Path

import pytest
from tests.intake.suggest import ledger_exports as exports
from tests.intake.suggest.staged import suggested

from groundplan.intake.suggest.headings.scales import scale_of, without_scale


def test_lines_take_the_customer_written_above_them_and_totals_are_left_out(
    tmp_path: Path,
) -> None:
    with suggested(tmp_path, exports.GROUPED) as found:
        assert found.rows("purchases", "account_id", "product_id", "amount") == [
            ("Acme Ltd", "WID-001", "$20.00"),
            ("Acme Ltd", "WID-002", "$1,000.00"),
            ("Birch GmbH", "WID-001", "$30.00"),
            ("Birch GmbH", "WID-001", "$10.00"),
        ]


def test_a_report_may_group_by_a_column_without_a_heading(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.NAMELESS_GROUPS) as found:
        assert found.rows("purchases", "account_id", "product_id", "amount") == [
            ("Acme Ltd", "Repair", "20.00"),
            ("Acme Ltd", "Repair", "-10.00"),
            ("Birch GmbH", "Repair", "30.00"),
            ("Birch GmbH", "Paint", "50.00"),
        ]


def test_an_order_written_on_its_first_line_counts_for_all_and_its_total_once(
    tmp_path: Path,
) -> None:
    with suggested(tmp_path, exports.ORDER_ON_FIRST_LINE) as found:
        assert found.rows("purchases", "account_id", "product_id", "amount", "order_id") == [
            ("Acme Ltd", "Desk", "20.00", "S00001"),
            ("Acme Ltd", "Chair", "50.00", "S00001"),
            ("Birch GmbH", "Chair", "50.00", "S00002"),
            ("Acme Ltd", "Desk", "30.00", "S00003"),
            ("Acme Ltd", "Chair", "50.00", "S00003"),
        ]
        assert found.columns("accounts")["owner"] == "Salesperson"


def test_a_credit_note_without_a_minus_is_taken_off(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.CREDIT_NOTES) as found:
        rows = found.rows("purchases", "account_id", "amount")
        assert [(account, float(amount or 0)) for account, amount in rows] == [
            ("ACME01", 100.0),
            ("ACME01", -30.0),
            ("BIRCH02", 50.0),
        ]


def test_a_heading_in_thousands_multiplies(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.IN_THOUSANDS) as found:
        rows = found.rows("purchases", "account_id", "amount")
        assert [(account, float(amount or 0)) for account, amount in rows] == [
            ("00001", 12_500.0),
            ("00002", 3_000.0),
            ("00001", 7_000.0),
        ]


def test_lines_of_won_deals_are_purchases_and_no_products(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.DEAL_LINES) as found:
        assert found.table("opportunities").file == "Opportunity.csv"
        rows = found.rows("purchases", "account_id", "product_id", "date", "amount")
        assert rows == [
            ("001AAAAAAAAAAAAAA1", "01tAAAAAAAAAAAAAA1", "2026-01-31", "20"),
            ("001AAAAAAAAAAAAAA1", "01tAAAAAAAAAAAAAA2", "2026-01-31", "50"),
        ]


def test_the_first_of_several_keys_in_a_cell_is_meant(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.SEVERAL_KEYS) as found:
        assert found.rows("opportunities", "account_id") == [("8001",), ("8002",), ("8002",)]


def test_customers_without_a_company_are_called_like_the_person(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.PEOPLE_AS_CUSTOMERS) as found:
        assert found.rows("accounts", "account_id", "name", "owner") == [
            ("1", "Acme Ltd", "3"),
            ("2", "Kim White", "3"),
            ("3", "Lu Grey", "4"),
        ]


def test_lines_of_an_order_cancelled_in_its_head_are_left_out(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.VOID_HEADS) as found:
        rows = found.rows("purchases", "account_id", "product_id", "amount")
        assert [(account, product, float(amount or 0)) for account, product, amount in rows] == [
            ("103", "S10_1", 300.0),
            ("103", "S10_2", 100.0),
            ("112", "S10_2", 50.0),
        ]


def test_products_told_by_lines_of_deals_are_found_without_a_file_of_their_own(
    tmp_path: Path,
) -> None:
    with suggested(tmp_path, exports.DEAL_LINES) as found:
        assert found.rows("products", "product_id", "name") == [
            ("01tAAAAAAAAAAAAAA1", "One Desk"),
            ("01tAAAAAAAAAAAAAA2", "One Chair"),
        ]


@pytest.mark.parametrize(
    ("heading", "scale"),
    [
        ("Revenue (M USD)", 1_000_000),
        ("revenue_in_millions", 1_000_000),
        ("Umsatz (Mio. EUR)", 1_000_000),
        ("Chiffre d'affaires (k€)", 1_000),
        ("Umsatz TEUR", 1_000),
        ("Sales ('000)", 1_000),
        ("Net sales in thousands", 1_000),
        ("Amount", 1),
        ("Revenue 2000", 1),
        ("MRR (USD)", 1),
        ("Total M2", 1),
    ],
)
def test_a_heading_tells_its_scale(heading: str, scale: int) -> None:
    assert scale_of(heading) == scale


def test_a_heading_without_its_scale_keeps_its_word() -> None:
    assert without_scale("Revenue (M USD)").split()[0] == "Revenue"
    assert without_scale("Thousands") == "Thousands"
