"""Files that use our own names are taken at their word."""

from pathlib import Path

import pytest
from tests.intake.suggest.staged import suggested

LINES = "account_id,product_id,date,amount\nA1,P1,not a date,much\nA2,P2,2025-01-05,12.5\n"


def test_our_own_names_make_a_file_that_table_whatever_its_values(tmp_path: Path) -> None:
    with suggested(tmp_path, {"things.csv": LINES}) as found:
        columns = found.columns("purchases")
        assert {name: columns[name] for name in ("account_id", "product_id", "date", "amount")} == {
            "account_id": "account_id",
            "product_id": "product_id",
            "date": "date",
            "amount": "amount",
        }


@pytest.mark.parametrize(
    ("heading", "table"),
    [
        ("contact_id,account_id,name", "contacts"),
        ("account_id,product_id,position,amount", "competitor_positions"),
        ("account_id,date,kind", "interactions"),
        ("lead_id,name,date", "leads"),
    ],
)
def test_the_table_that_requires_most_is_meant(tmp_path: Path, heading: str, table: str) -> None:
    row = ",".join("?" for _ in heading.split(","))
    with suggested(tmp_path, {"odd.csv": f"{heading}\n{row}\n"}) as found:
        assert table in found.tables
