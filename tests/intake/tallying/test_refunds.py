"""Refunds that orders tell of: taken off the goods, at most all of them."""

from pathlib import Path

import pytest

from groundplan.intake.contracts import ColumnRule, Mapping, TableMapping
from groundplan.intake.mapping.compile import select_sql
from groundplan.intake.reading.staging import stage_files
from groundplan.intake.tallying.saying import role_of
from groundplan.intake.tallying.tally import tallied
from groundplan.intake.workspace import open_workspace

RULES = {
    "account_id": "Customer", "date": "Date", "amount": "Line", "order_id": "Order",
}  # fmt: skip
TABLE = TableMapping(
    "purchases", "shop.csv", {name: ColumnRule(column=told) for name, told in RULES.items()}
)
GOODS = 40


def _shop(refunds: dict[int, float]) -> str:
    """Orders of two lines of 10 and 30, with 10 % of tax on top and shipping of 5."""
    told = ["Order,Date,Customer,Line,Subtotal,Taxes,Shipping,Total,Refunded Amount\n"]
    for n in range(14):
        of_order = f"{GOODS + n}.00,{(GOODS + n) / 10:.2f},5.00,{(GOODS + n) * 1.1 + 5:.2f}"
        start = f"O{n},2025-03-{n + 1:02d},Acme {n % 3}"
        back = f"{refunds.get(n, 0):.2f}\n"
        told += [f"{start},{line}.00,{of_order},{back}" for line in (10, 30 + n)]
    return "".join(told)


def _left(folder: Path, refunds: dict[int, float]) -> tuple[dict[str, float], tuple[str, ...]]:
    """What is left of each order, and the notes."""
    (folder / "shop.csv").write_text(_shop(refunds))
    return _sums(folder)


def _sums(folder: Path) -> tuple[dict[str, float], tuple[str, ...]]:
    with open_workspace(folder / "work") as workspace:
        files = {f.name: f for f in stage_files([folder / "shop.csv"], workspace)}
        found = tallied(Mapping((TABLE,)), files, workspace.connection, mends=True)
        sql = select_sql(found.mapping.tables[0], files, workspace.connection).sql
        rows = workspace.connection.execute(
            f"SELECT order_id, sum(CAST(amount AS DOUBLE)) FROM ({sql}) GROUP BY 1"
        ).fetchall()
    return dict(rows), found.notes


def test_refunds_are_taken_off_without_their_tax(tmp_path: Path) -> None:
    left, notes = _left(tmp_path, {2: 11.0, 5: 22.0})
    assert left["O2"] == pytest.approx(GOODS + 2 - 10)
    assert left["O5"] == pytest.approx(GOODS + 5 - 20)
    assert left["O3"] == pytest.approx(GOODS + 3)
    assert notes == ("shop.csv: refunds of 2 orders (Refunded Amount) were taken off their lines.",)


def test_who_got_all_back_with_its_shipping_bought_nothing(tmp_path: Path) -> None:
    left, _ = _left(tmp_path, {2: (GOODS + 2) * 1.1 + 5})
    assert left["O2"] == 0


def test_a_column_of_refunds_without_any_changes_nothing(tmp_path: Path) -> None:
    left, notes = _left(tmp_path, {})
    assert left["O4"] == GOODS + 4
    assert notes == ()


@pytest.mark.parametrize("heading", ["Refund Date", "Refund Reason", "Qty Refunded"])
def test_what_is_told_beside_a_refund_is_no_amount_of_it(heading: str) -> None:
    assert role_of(heading) == ""


def test_what_was_given_back_as_a_whole_is_sure_where_no_column_tells_the_tax(
    tmp_path: Path,
) -> None:
    told = "Order,Date,Customer,Line,Grand Total,Total Refunded\n"
    for n in range(20):
        back = {2: f"{(GOODS + n) * 1.1:.2f}", 5: "11.00"}.get(n, "")
        total = f"{(GOODS + n) * 1.1:.2f}"
        told += f"O{n},2025-03-{n + 1:02d},Acme {n % 3},{GOODS + n}.00,{total},{back}\n"
    (tmp_path / "shop.csv").write_text(told)
    left, notes = _sums(tmp_path)
    assert (left["O2"], left["O5"]) == (0, GOODS + 5)
    assert any("refunds of parts of 1 orders are not taken off" in note for note in notes)
