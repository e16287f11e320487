"""Files that tell the totals of their own orders, against the amounts that are taken of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from groundplan.intake.contracts import (
    ColumnRule,
    Join,
    Mapping,
    StagedFile,
    TableMapping,
)
from groundplan.intake.mapping.compile import select_sql
from groundplan.intake.reading.staging import stage_files
from groundplan.intake.services import import_run
from groundplan.intake.tallying.contracts import Tally
from groundplan.intake.tallying.tally import tallied
from groundplan.intake.workspace import Workspace, open_workspace
from groundplan.kernel.errors import InvalidInput
from groundplan.people.contracts import SYSTEM

HEADER = "Order,Date,Customer,Item,Qty,Price,Line,Subtotal,Discount,Tax,Total\n"
ORDERS = 12
COLUMNS = {
    "account_id": ColumnRule(column="Customer"),
    "product_id": ColumnRule(column="Item"),
    "date": ColumnRule(column="Date"),
    "amount": ColumnRule(column="Line"),
    "quantity": ColumnRule(column="Qty"),
    "order_id": ColumnRule(column="Order"),
}
TABLE = TableMapping("purchases", "sales.csv", COLUMNS)


def _sales(*, off: float = 0.0, first_only: bool = False, wrong: int = 0) -> str:
    """Orders of two lines; `off` of the whole order, `wrong` orders have a total of nothing."""
    told = [HEADER]
    for n in range(ORDERS):
        lines = [(1 + n % 3, 10.0 + n), (2, 5.5 + n)]
        sum_ = sum(count * price for count, price in lines)
        left = sum_ * (1 - off)
        total = left * 1.2 + 7 * n if n < wrong else left * 1.2
        of_order = f"{left:.2f},{sum_ - left:.2f},{left * 0.2:.2f},{total:.2f}"
        for at, (count, price) in enumerate(lines):
            ending = ",,," if first_only and at else of_order
            told.append(
                f"O{n},2025-03-{n + 1:02d},Acme {n % 4},W{at},{count},{price},{count * price:.2f},"
                f"{ending}\n"
            )
    return "".join(told)


@contextmanager
def _staged(folder: Path, text: str) -> Iterator[tuple[Workspace, dict[str, StagedFile]]]:
    (folder / "sales.csv").write_text(text)
    with open_workspace(folder / "work") as workspace:
        files = stage_files([folder / "sales.csv"], workspace)
        yield workspace, {file.name: file for file in files}


def _tally(folder: Path, text: str, table: TableMapping = TABLE, *, mends: bool = True) -> Tally:
    with _staged(folder, text) as (workspace, files):
        return tallied(Mapping((table,)), files, workspace.connection, mends=mends)


def _amounts(folder: Path, text: str) -> float:
    with _staged(folder, text) as (workspace, files):
        told = tallied(Mapping((TABLE,)), files, workspace.connection, mends=True)
        sql = select_sql(told.mapping.tables[0], files, workspace.connection).sql
        row = workspace.connection.execute(
            f"SELECT sum(CAST(amount AS DOUBLE)) FROM ({sql})"
        ).fetchone()
    return float(row[0]) if row else 0.0


def _with_amount(rule: ColumnRule) -> TableMapping:
    return replace(TABLE, columns={**COLUMNS, "amount": rule})


def test_lines_that_sum_to_their_orders_total_are_left_as_they_are(tmp_path: Path) -> None:
    found = _tally(tmp_path, _sales())
    assert (found.notes, found.faults) == ((), ())
    assert found.mapping.tables == (TABLE,)


@pytest.mark.parametrize("first_only", [False, True])
def test_a_discount_of_the_order_is_taken_off_its_lines(tmp_path: Path, first_only: bool) -> None:
    whole, reduced = tmp_path / "whole", tmp_path / "reduced"
    whole.mkdir()
    reduced.mkdir()
    every = _amounts(whole, _sales(first_only=first_only))
    left = _amounts(reduced, _sales(off=0.1, first_only=first_only))
    assert left == pytest.approx(0.9 * every, abs=0.2)


def test_what_was_taken_off_is_told(tmp_path: Path) -> None:
    (note,) = _tally(tmp_path, _sales(off=0.1)).notes
    assert "before the orders' Discount in 100% of 12 orders" in note


def test_a_mapping_that_somebody_wrote_is_told_of_the_discount_but_kept(tmp_path: Path) -> None:
    found = _tally(tmp_path, _sales(off=0.1), mends=False)
    assert found.mapping.tables == (TABLE,)
    assert "were reduced" not in found.notes[0]


def test_the_orders_total_is_no_amount_of_a_line(tmp_path: Path) -> None:
    (fault,) = _tally(tmp_path, _sales(), _with_amount(ColumnRule(column="Total"))).faults
    assert "Total is the same on all lines of an order" in fault


def test_an_amount_that_misses_the_total_names_an_order(tmp_path: Path) -> None:
    table = _with_amount(ColumnRule(compute="Price * 3"))
    (fault,) = _tally(tmp_path, _sales(), table).faults
    assert "differ from Subtotal in 100% of 12 orders: order O" in fault


def _named(text: str) -> str:
    return text.replace("Subtotal,", "Subtotal EUR,").replace("Total\n", "Total EUR\n")


def _of_the_company(text: str) -> str:
    return text.replace("Subtotal,", "Company Subtotal,").replace("Total\n", "Company Total\n")


def _with_currencies(text: str) -> str:
    head, *lines = text.splitlines()
    told = (f"{line},{('EUR', 'USD')[n // 2 % 2]}" for n, line in enumerate(lines))
    return "\n".join([f"{head},Currency", *told, ""])


@pytest.mark.parametrize("foreign", [_named, _of_the_company, _with_currencies])
def test_a_total_that_may_be_in_another_currency_is_told_and_stops_nothing(
    tmp_path: Path, foreign: Callable[[str], str]
) -> None:
    table = _with_amount(ColumnRule(compute="Price * 3"))
    told = _tally(tmp_path, foreign(_sales()), table)
    assert told.faults == ()
    assert any("differ from" in note for note in told.notes)


def test_an_amount_far_from_price_times_quantity_is_a_fault(tmp_path: Path) -> None:
    told = ["Order,Date,Customer,Item,Qty,Unit Price,Line\n"]
    told += [
        f"O{n},2025-03-{n % 28 + 1:02d},Acme {n % 4},W,{n % 5 + 2},{n + 10}.5,{n % 7 + 1}.25\n"
        for n in range(40)
    ]
    (fault,) = _tally(tmp_path, "".join(told)).faults
    assert "Line is far from Unit Price times the quantity on 100% of the lines" in fault


def test_a_total_that_a_few_orders_miss_beside_one_that_all_have_stops_nothing(
    tmp_path: Path,
) -> None:
    assert _tally(tmp_path, _sales(wrong=5)).faults == ()


def test_a_discount_of_a_joined_header_is_taken_off(tmp_path: Path) -> None:
    lines, heads = ["Order,Item,Line\n"], ["Order,Date,Customer,Discount,Total\n"]
    for n in range(ORDERS):
        lines += [f"O{n},W{at},{10 + n + at}.00\n" for at in range(2)]
        heads.append(f"O{n},2025-03-{n + 1:02d},Acme,{n / 2:.2f},{21 + 2 * n - n / 2:.2f}\n")
    (tmp_path / "lines.csv").write_text("".join(lines))
    (tmp_path / "heads.csv").write_text("".join(heads))
    columns = {name: rule for name, rule in COLUMNS.items() if name != "quantity"}
    table = TableMapping(
        "purchases", "lines.csv", columns, joins=(Join("heads.csv", {"Order": "Order"}),)
    )
    with open_workspace(tmp_path / "work") as workspace:
        staged = stage_files([tmp_path / "lines.csv", tmp_path / "heads.csv"], workspace)
        files = {file.name: file for file in staged}
        found = tallied(Mapping((table,)), files, workspace.connection, mends=True)
        sql = select_sql(found.mapping.tables[0], files, workspace.connection).sql
        rows = workspace.connection.execute(
            f"SELECT sum(CAST(amount AS DOUBLE)) FROM ({sql}) GROUP BY order_id ORDER BY 1"
        ).fetchall()
    assert "heads.csv:Discount" in found.notes[0]
    told = [21 + 1.5 * n for n in range(ORDERS)]
    assert [row[0] for row in rows] == pytest.approx(told, abs=0.01)


@pytest.mark.django_db
class TestWholeImports:
    @pytest.fixture(autouse=True)
    def _home(self, tmp_path: Path, settings: Settings) -> None:
        settings.GROUNDPLAN_HOME = tmp_path / "home"

    def _doubled(self, folder: Path) -> Path:
        """A search's result, in which a line like the others holds what those sum to."""
        told = ["Date,Document Number,Type,Name,Item,Amount\n"]
        for n in range(20):
            start = f"2025-03-{n + 1:02d},INV{n},Invoice,Acme {n % 4}"
            told += [f"{start},W{n % 3 + 1},{2 * n + 31}.00\n", f"{start},W1,{n + 10}.00\n"]
            told.append(f"{start},W2,{n + 21}.00\n")
        path = folder / "results.csv"
        path.write_text("".join(told))
        return path

    def test_nothing_is_taken_without_a_mapping_where_orders_would_count_twice(
        self, tmp_path: Path
    ) -> None:
        with pytest.raises(InvalidInput, match="orders would count twice") as refused:
            import_run(viewer=SYSTEM, source="erp", paths=[self._doubled(tmp_path)])
        assert "--map" in refused.value.mend

    def test_a_mapping_that_says_the_same_is_taken_and_told(self, tmp_path: Path) -> None:
        rules = {
            "account_id": "Name", "date": "Date", "amount": "Amount", "order_id": "Document Number",
        }  # fmt: skip
        table = TableMapping(
            "purchases",
            "results.csv",
            {name: ColumnRule(column=column) for name, column in rules.items()},
        )
        report = import_run(
            viewer=SYSTEM,
            source="erp",
            paths=[self._doubled(tmp_path)],
            mapping=Mapping((table,)),
            dry_run=True,
        )
        assert report.tables["purchases"].accepted == 60
        assert any("would count twice" in note for note in report.notes)
