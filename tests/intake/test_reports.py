"""Reports as systems print them: lines around the table that are no records."""

from pathlib import Path
from typing import Any

import pytest

from groundplan.intake.contracts import StagedFile
from groundplan.intake.reading import stage_files
from groundplan.intake.reading.left_out import left_out_notes
from groundplan.intake.workspace import open_workspace

DATEV = """\
"EXTF";700;21;"Buchungsstapel";13;20260103120000000;;"RE";"";"";29098;1;20250701;4;20250701;20260131
Umsatz;Soll/Haben;Konto;Belegdatum;Belegfeld 1
100,00;S;10001;512;RE1
50,50;H;10002;3107;RE2
10,00;S;10002;0201;RE3
"""
FOOTERS = """\
Account,Product,Amount
Acme,A,1
Birch,B,2
"Grand Totals (2 records)",,3

Filtered By:
Copyright (c) 2000-2026 somebody
Filters: one, two
"""
RULED = """\
List of 20.11.2025
-------------------
|Doc|Customer|Value|
-------------------
|1|Acme|10,00|
|2|Birch|20,00-|
|3|Cedar|30,00|
|4|Dorn|40,00|
-------------------
"""
GROUPS = """\
Customer,,Order,,Value
Code,Name,Code,Date,Total
C1,Acme,O1,2025-01-02,10
C2,Birch,O2,2025-01-03,20
C2,Birch,O3,2025-01-04,30
"""
UNITS = """\
Day;Sold-to party;;Net Value;Qty
;;;EUR;ST
01.02.2025;1000;Acme;1.234,50-;2
02.02.2025;1001;Birch;34,50;3
03.02.2025;1001;Birch;34,50;3
"""
NAMES_BETWEEN = """\
Invoice Date,Item,Net
Acme,,
2025-01-02,Book,10
2025-01-03,Pen,20
Total Acme,,30
Birch,,
2025-02-02,Book,5
2025-02-03,Pen,6
Total Birch,,11
"""
MERGED = """\
Stage,Account,Deal,Amount
Open,Acme,One,10
,Birch,Two,20
Subtotal,,,30
Won,Acme,Three,5
,Cedar,Four,6
,Cedar,Five,6
Subtotal,,,17
Total,,,47
"""


def _read(
    folder: Path, text: str
) -> tuple[StagedFile, list[tuple[Any, ...]], list[str], list[Any]]:
    path = folder / "report.csv"
    path.write_text(text, encoding="utf-8")
    with open_workspace(folder / "work") as workspace:
        (file,) = stage_files([path], workspace)
        rows = workspace.connection.execute(f"FROM {file.relation} ORDER BY _line").fetchall()
        ragged = workspace.connection.execute("SELECT line FROM ragged").fetchall()
        return file, rows, left_out_notes(workspace.connection), ragged


def test_days_without_a_year_get_the_one_of_the_period_above_the_header(tmp_path: Path) -> None:
    file, rows, _, _ = _read(tmp_path, DATEV)
    assert file.columns[:2] == ("Umsatz", "Soll/Haben")
    assert [row[4] for row in rows] == ["2025-12-05", "2025-07-31", "2026-01-02"]
    assert [row[0] for row in rows] == [3, 4, 5]


def test_what_follows_the_last_record_of_a_report_is_left_out_and_told(tmp_path: Path) -> None:
    _, rows, notes, ragged = _read(tmp_path, FOOTERS)
    assert (len(rows), ragged) == (3, [])
    (note,) = notes
    assert note.startswith("report.csv: 3 lines")
    assert note.endswith("the first is line 6 (Filtered By:).")


@pytest.mark.parametrize("cut", ["Cedar,C", "Cedar", "Cedar,"])
def test_a_last_record_that_was_cut_off_stays_a_reject(tmp_path: Path, cut: str) -> None:
    _, rows, notes, ragged = _read(tmp_path, f"Account,Product,Amount\nAcme,A,1\n{cut}")
    assert (len(rows), len(ragged), notes) == (1, 1, [])


def test_ruled_lines_of_a_printed_list_are_no_records(tmp_path: Path) -> None:
    file, rows, _, ragged = _read(tmp_path, RULED)
    assert file.columns[1:4] == ("Doc", "Customer", "Value")
    assert ([row[0] for row in rows], ragged) == ([5, 6, 7, 8], [])


def test_names_under_the_names_of_groups_make_one_heading(tmp_path: Path) -> None:
    file, rows, _, _ = _read(tmp_path, GROUPS)
    assert file.columns == (
        "Customer Code", "Customer Name", "Order Code", "Order Date", "Value Total",
    )  # fmt: skip
    assert [row[0] for row in rows] == [3, 4, 5]


def test_units_under_the_names_are_no_record_and_join_the_heading(tmp_path: Path) -> None:
    file, rows, _, _ = _read(tmp_path, UNITS)
    assert file.columns == ("Day", "Sold-to party", "column 3", "Net Value EUR", "Qty ST")
    assert len(rows) == 3


def test_a_first_row_of_words_is_not_taken_for_a_header(tmp_path: Path) -> None:
    file, rows, _, _ = _read(tmp_path, "Name,Note,Size\nAcme,new,\nBirch,old,3\nCedar,old,4\n")
    assert (file.columns, len(rows)) == (("Name", "Note", "Size"), 3)


def test_names_alone_between_lines_become_a_column(tmp_path: Path) -> None:
    file, rows, notes, _ = _read(tmp_path, NAMES_BETWEEN)
    assert file.columns == ("Group", "Invoice Date", "Item", "Net")
    assert [(row[0], row[1]) for row in rows] == [
        (3, "Acme"), (4, "Acme"), (7, "Birch"), (8, "Birch"),
    ]  # fmt: skip
    assert "4 lines" in notes[0]


def test_a_cell_over_its_group_is_filled_down_and_totals_go(tmp_path: Path) -> None:
    _, rows, notes, _ = _read(tmp_path, MERGED)
    assert [row[1] for row in rows] == ["Open", "Open", "Won", "Won", "Won"]
    assert "3 lines" in notes[0]


def test_a_sparse_first_column_without_totals_stays_sparse(tmp_path: Path) -> None:
    _, rows, _, _ = _read(
        tmp_path, "Ref,Account,Amount\nR1,Acme,1\n,Birch,2\n,Cedar,3\nR2,Dorn,4\n"
    )
    assert [row[1] for row in rows] == ["R1", None, None, "R2"]


def test_a_group_named_on_its_first_line_and_by_its_total_is_filled_down(tmp_path: Path) -> None:
    text = (
        "Kunde,Artikel,Menge,Betrag\nAcme AG,Lampe,1,10\n,Tisch,2,20\nSumme Acme AG,,3,30\n"
        "Birke KG,Lampe,1,10\n,Stuhl,5,50\nSumme Birke KG,,6,60\n"
    )
    _, rows, notes, _ = _read(tmp_path, text)
    assert [row[1] for row in rows] == ["Acme AG", "Acme AG", "Birke KG", "Birke KG"]
    assert "2 lines" in notes[0]
