"""Totals that reports print, against the sums of the lines that are taken."""

from pathlib import Path

import pytest
from pytest_django import Settings

from groundplan.intake.contracts import ColumnRule, Mapping, StagedFile, TableMapping
from groundplan.intake.reading.staging import stage_files
from groundplan.intake.services import import_run
from groundplan.intake.tallying.printed import Line, unexplained
from groundplan.intake.tallying.tally import tallied
from groundplan.intake.workspace import open_workspace
from groundplan.kernel.errors import InvalidInput
from groundplan.people.contracts import SYSTEM

HEADER = "Customer,Item,Invoice Date,Quantity,Net Amount\n"
ROWS = [(f"Acme {n % 3}", "Pump", f"2025-03-{n + 1:02d}", n + 1, 100.0 + n) for n in range(9)]
COLUMNS = {
    "account_id": ColumnRule(column="Customer"),
    "product_id": ColumnRule(column="Item"),
    "date": ColumnRule(column="Invoice Date"),
    "amount": ColumnRule(column="Net Amount"),
}
TABLE = TableMapping("purchases", "report.csv", COLUMNS)
SUM = sum(row[4] for row in ROWS)


def _report(*totals: tuple[str, float | str]) -> str:
    lines = [",".join(map(str, row)) for row in ROWS]
    return HEADER + "\n".join([*lines, *(f"{name},,,,{sum_}" for name, sum_ in totals)]) + "\n"


def _faults(folder: Path, text: str, table: TableMapping = TABLE) -> tuple[str, ...]:
    (folder / "report.csv").write_text(text)
    with open_workspace(folder / "work") as workspace:
        staged = stage_files([folder / "report.csv"], workspace)
        files: dict[str, StagedFile] = {file.name: file for file in staged}
        return tallied(Mapping((table,)), files, workspace.connection, mends=True).faults


@pytest.mark.parametrize("word", ["Total", "Grand total", "Summe", "Gesamt", "Gesamtsumme"])
def test_a_total_that_the_lines_sum_to_is_fine_and_another_is_told(
    tmp_path: Path, word: str
) -> None:
    assert not _faults(tmp_path, _report((word, SUM)))
    (fault,) = _faults(tmp_path, _report((word, SUM + 250)))
    assert fault == (
        f"report.csv: line 11 prints {SUM + 250:,.2f} as a total of Net Amount, which no lines sum"
        f" to: all 9 that are taken sum to {SUM:,.2f}."
    )


@pytest.mark.parametrize("figure", [round(SUM / 9, 2), 9, 108.0, round(SUM + 0.04, 2), ""])
def test_averages_counts_largest_and_rounded_totals_are_no_reason_to_stop(
    tmp_path: Path, figure: float
) -> None:
    assert not _faults(tmp_path, _report(("Total", figure)))


def test_a_total_of_lines_that_are_left_out_as_well_is_no_reason_to_stop(tmp_path: Path) -> None:
    table = TableMapping("purchases", "report.csv", COLUMNS, skip=("Customer == 'Acme 1'",))
    assert not _faults(tmp_path, _report(("Total", SUM)), table)


def test_totals_of_several_currencies_are_not_compared() -> None:
    lines = [Line(2, 10, True, "EUR"), Line(3, 20, True, "USD"), Line(4, 5, True, "EUR")]
    assert unexplained(lines, [(5, 33.1)]) is None
    assert unexplained([Line(n, 10 + n, True, "") for n in range(3)], [(5, 34.1)]) == (5, 34.1)


def test_one_group_whose_total_differs_is_told_where_the_others_agree() -> None:
    lines = [Line(n, n, True, "") for n in (1, 2, 4, 5, 7, 8)]
    assert unexplained(lines, [(3, 3), (6, 9), (9, 15), (10, 27)]) is None
    assert unexplained(lines, [(3, 3), (6, 9.5), (9, 15), (10, 27)]) == (6, 9.5)
    assert unexplained(lines, [(3, 31), (6, 92), (9, 153), (10, 27)]) is None


@pytest.mark.django_db
def test_an_import_stops_at_a_printed_total_unless_a_mapping_says_what_is_meant(
    tmp_path: Path, settings: Settings
) -> None:
    settings.GROUNDPLAN_HOME = tmp_path / "home"
    path = tmp_path / "report.csv"
    path.write_text(_report(("Total", SUM + 250)))
    with pytest.raises(InvalidInput, match="line 11 prints") as error:
        import_run(viewer=SYSTEM, source="erp", paths=[path])
    assert "what a mapping says is taken" in error.value.mend
    report = import_run(viewer=SYSTEM, source="erp", paths=[path], mapping=Mapping((TABLE,)))
    assert report.taken
    assert any("line 11 prints" in note for note in report.notes)
