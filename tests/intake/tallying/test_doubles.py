"""Lines that hold the total of their order, as results of searches in bookkeeping have them."""

from dataclasses import replace
from pathlib import Path

from groundplan.intake.contracts import ColumnRule, Mapping, TableMapping
from groundplan.intake.mapping.compile import select_sql
from groundplan.intake.reading.staging import stage_files
from groundplan.intake.tallying.contracts import Tally
from groundplan.intake.tallying.tally import tallied
from groundplan.intake.workspace import open_workspace

RULES = {
    "account_id": "Name", "product_id": "Item", "date": "Date", "amount": "Amount",
    "order_id": "Document",
}  # fmt: skip
TABLE = TableMapping(
    "purchases", "results.csv", {name: ColumnRule(column=told) for name, told in RULES.items()}
)


def _results(mark: str, item: str) -> str:
    told = ["Date,Document,Name,*,Item,Amount\n"]
    for n in range(24):
        lines = [10 + n, 21 + n, 3 * n + 1][: 1 + n % 3]
        sign = -1 if n % 6 == 5 else 1
        start = f"2025-03-{n + 1:02d},D{n},Acme {n % 4}"
        told.append(f"{start},{mark},{item},{sign * sum(lines)}.00\n")
        told += [f"{start},,W{at},{sign * line}.00\n" for at, line in enumerate(lines)]
    return "".join(told)


def _tally(
    folder: Path, text: str, *, mends: bool = True, table: TableMapping = TABLE
) -> tuple[Tally, int]:
    (folder / "results.csv").write_text(text)
    with open_workspace(folder / "work") as workspace:
        files = {f.name: f for f in stage_files([folder / "results.csv"], workspace)}
        found = tallied(Mapping((table,)), files, workspace.connection, mends=mends)
        sql = select_sql(found.mapping.tables[0], files, workspace.connection).sql
        rows = workspace.connection.execute(f"SELECT count(*) FROM ({sql})").fetchone()
    return found, rows[0] if rows else 0


def test_lines_that_a_mark_tells_to_be_totals_are_left_out(tmp_path: Path) -> None:
    found, rows = _tally(tmp_path, _results("*", ""))
    assert found.mapping.tables[0].skip == ("`*` in ('*')",)
    assert (rows, found.faults) == (8 * (1 + 2 + 3), ())
    assert found.notes == ("results.csv: lines are left out that hold their order's total.",)


def test_totals_that_only_lack_what_lines_have_are_left_out(tmp_path: Path) -> None:
    found, _ = _tally(tmp_path, _results("", ""))
    assert found.mapping.tables[0].skip == ("empty(Item)",)


def test_totals_that_no_column_tells_stop_the_import(tmp_path: Path) -> None:
    found, _ = _tally(tmp_path, _results("", "W1"))
    assert found.mapping.tables[0].skip == ()
    assert "orders would count twice" in found.faults[0]


def test_a_mapping_that_was_given_stays_as_it_is(tmp_path: Path) -> None:
    found, rows = _tally(tmp_path, _results("*", ""), mends=False)
    assert rows == 8 * (1 + 2 + 3) + 24
    assert "orders would count twice" in found.faults[0]


def test_lines_that_are_the_sum_of_others_by_chance_are_kept(tmp_path: Path) -> None:
    """Songs cost 0.99 or 1.99."""
    told = ["Date,Document,Name,*,Item,Amount\n"]
    for n in range(60):
        prices = ("1.99", "0.99", "0.99") if n % 3 == 0 else ("0.99",) * 3
        told += [
            f"2025-03-01,D{n},Acme {n % 4},,W{at},{price}\n" for at, price in enumerate(prices)
        ]
    found, rows = _tally(tmp_path, "".join(told))
    assert (found.mapping.tables[0].skip, found.faults, rows) == ((), (), 180)


def test_pieces_tell_a_total_that_has_freight_in_it_and_an_only_line_is_none(
    tmp_path: Path,
) -> None:
    told = "Date,Document,Name,Item,Pieces,Freight,Amount\n"
    for n in range(30):
        lines = [(1, 10 + n), (2, 21 + n), (1, 3 * n + 1)][: 1 + n % 3]
        start = f"2025-03-{n % 28 + 1:02d},D{n},Acme {n % 4}"
        if len(lines) > 1:
            pieces, total = (sum(each) for each in zip(*lines, strict=True))
            told += f"{start},,{pieces},5.00,{total + 5}.00\n"
        for at, (pieces, line) in enumerate(lines):
            told += f"{start},W{at},{pieces},{'5.00' if len(lines) == 1 else '0.00'},{line}.00\n"
    table = replace(TABLE, columns=TABLE.columns | {"quantity": ColumnRule(column="Pieces")})
    found, rows = _tally(tmp_path, told, table=table)
    assert found.mapping.tables[0].skip == ("empty(Item)",)
    assert rows == 10 * (1 + 2 + 3)
