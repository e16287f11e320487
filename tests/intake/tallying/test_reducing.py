"""What is taken off lines of an order whose own columns tell it, each of its line's."""

from pathlib import Path

import pytest

from groundplan.intake.contracts import ColumnRule, Mapping, TableMapping
from groundplan.intake.mapping.compile import select_sql
from groundplan.intake.reading.staging import stage_files
from groundplan.intake.tallying.tally import tallied
from groundplan.intake.workspace import open_workspace

HEADER = (
    "Bill,Day,Buyer,Item,Pieces,Line,Line Rebate,Line VAT,Net,Rebate,Shipping,Total incl. VAT\n"
)
COLUMNS = {
    "account_id": ColumnRule(column="Buyer"),
    "product_id": ColumnRule(column="Item"),
    "date": ColumnRule(column="Day"),
    "amount": ColumnRule(column="Line"),
    "order_id": ColumnRule(column="Bill"),
}


def _bills(*, of_lines: float = 0.0, of_bill: float = 0.0, gross: bool = False) -> str:
    """Twelve bills of two lines with a share taken off every second line, and off every bill."""
    told = [HEADER]
    for n in range(12):
        amounts = [40.0 + 3 * n, 25.0 + n]
        off = [amounts[0] * of_lines, 0.0]
        net = sum(amounts) - sum(off)
        rebate = net * of_bill
        taxes = [(one - less) * (1 - of_bill) * 0.2 for one, less in zip(amounts, off, strict=True)]
        shipping = 0 if gross else n % 2 * 5
        total = net - rebate + sum(taxes) + shipping
        for at in range(2):
            line = amounts[at] + (taxes[at] if gross else 0.0)
            whole = f"{net:.2f},{rebate:.2f},{shipping},{total:.2f}"
            told.append(
                f"B{n},2026-04-{n + 1:02d},Abel {n % 3},W{at},1,{line:.2f},{off[at]:.2f},"
                f"{taxes[at]:.2f},{whole}\n"
            )
    return "".join(told)


def _taken(folder: Path, text: str) -> tuple[list[float], tuple[str, ...]]:
    """The amounts of the first bill's lines as they are taken, and what is said of them."""
    (folder / "bills.csv").write_text(text)
    with open_workspace(folder / "work") as workspace:
        files = {f.name: f for f in stage_files([folder / "bills.csv"], workspace)}
        mapping = Mapping((TableMapping("purchases", "bills.csv", COLUMNS),))
        found = tallied(mapping, files, workspace.connection, mends=True)
        sql = select_sql(found.mapping.tables[0], files, workspace.connection).sql
        rows = workspace.connection.execute(
            f"SELECT CAST(amount AS DOUBLE) FROM ({sql}) ORDER BY _line LIMIT 2"
        ).fetchall()
    return [amount for (amount,) in rows], found.notes


def test_what_a_line_tells_to_be_off_is_taken_off_that_line_alone(tmp_path: Path) -> None:
    amounts, notes = _taken(tmp_path, _bills(of_lines=0.25))
    assert amounts == pytest.approx([30, 25])
    assert "before the lines' Line Rebate" in notes[0]


def test_what_the_bill_takes_off_is_shared_where_only_lines_tell_their_tax(tmp_path: Path) -> None:
    amounts, notes = _taken(tmp_path, _bills(of_bill=0.1))
    assert amounts == pytest.approx([36, 22.5], abs=0.01)
    assert "before the orders' Rebate" in notes[0]


def test_tax_that_each_line_has_in_it_is_taken_off_it(tmp_path: Path) -> None:
    amounts, notes = _taken(tmp_path, _bills(gross=True))
    assert amounts == pytest.approx([40, 25], abs=0.01)
    assert "include tax" in notes[0]


def test_lines_that_their_bills_sum_to_stay_whatever_else_they_tell(tmp_path: Path) -> None:
    amounts, notes = _taken(tmp_path, _bills())
    assert amounts == [40, 25]
    assert notes == ()
