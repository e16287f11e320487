"""What files are and what their amounts are in, told by values where headings don't."""

from pathlib import Path

import pytest
from tests.intake.suggest.staged import suggested

from groundplan.intake.suggest.values.evidence import Evidence

LINES = "Invoice,Date,Customer,Product,{}\n"


def _orders(tmp_path: Path, amount: str, cells: list[str]) -> dict[str, str]:
    rows = "".join(
        f"I{at},2025-01-{at + 10},C{at % 3} Ltd,P{at % 2},{cell}\n" for at, cell in enumerate(cells)
    )
    with suggested(tmp_path, {"orders.csv": LINES.format(amount) + rows}) as found:
        return found.columns("purchases")


def test_the_currency_is_the_one_that_the_heading_names(tmp_path: Path) -> None:
    assert _orders(tmp_path, "Amount CHF", ["5.50", "6.50", "7.50"])["currency"] == "=CHF"


def test_the_currency_is_read_from_signs_in_the_cells(tmp_path: Path) -> None:
    told = _orders(tmp_path, "Amount", ["€ 5.50", "$6.50", "£7.50"])
    assert "currency(Amount)" in told["currency"]


def test_dollars_alone_may_be_any_countrys(tmp_path: Path) -> None:
    assert "currency" not in _orders(tmp_path, "Amount", ["$5.50", "$6.50", "$7.50"])


def test_a_column_for_each_currency_makes_one_amount(tmp_path: Path) -> None:
    told = _orders(tmp_path, "Amount EUR,Amount USD", ["5.50,", ",6.50", "7.50,"])
    assert "coalesce" in told["amount"]
    assert "'USD'" in told["currency"]


def test_a_won_deal_counts_with_what_it_brought(tmp_path: Path) -> None:
    deals = "Topic,Account,Status,Est. Revenue,Actual Revenue,Est. Close Date\n" + "".join(
        f"T{at},A{at},{state},10{at},20{at},2025-02-1{at}\n"
        for at, state in enumerate(["Open", "Won", "Lost"])
    )
    with suggested(tmp_path, {"opportunities.csv": deals}) as found:
        assert "'Won'" in found.columns("opportunities")["amount"]


def test_deals_find_their_company_through_a_list_of_pairs(tmp_path: Path) -> None:
    deals = "Record ID,Deal Name,Deal Stage,Amount,Close Date\n" + "".join(
        f"90{at},D{at},Closed Won,10,2025-01-1{at}\n" for at in range(9)
    )
    pairs = "Deal ID,Company ID\n" + "".join(f"90{at},70{at % 3}\n" for at in range(9))
    companies = "Record ID,Company name\n700,Acme\n701,Birch\n702,Cedar\n"
    files = {"deals.csv": deals, "deal_company.csv": pairs, "companies.csv": companies}
    with suggested(tmp_path, files) as found:
        assert found.columns("opportunities")["account_id"] == "Company ID"


@pytest.mark.parametrize(
    ("text", "share"),
    [("Jan-{:02d}-25", 1), ("January {}, 2025", 1), ("2025. 01. {:02d}.", 1),
     ("2025年1月{}日", 1), ("3rd January 20{:02d}", 1), ("INV-{:02d}-2025", 0), ("Pump-{}-25", 0)],
)  # fmt: skip
def test_days_are_told_from_numbers_of_documents(tmp_path: Path, text: str, share: int) -> None:
    lines = "".join(f'"{text.format(10 + n)}",W{n}\n' for n in range(12))
    with suggested(tmp_path, {"things.csv": f"When,What\n{lines}"}) as found:
        profiles = Evidence(found.connection, list(found.files.values())).profiles
    assert profiles["things.csv"]["When"].share("dates") == share
