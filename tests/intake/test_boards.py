"""Boards as they are exported: groups under titles, each with the header again, and lists of parts
inside the rows."""

from pathlib import Path

import pytest
import xlsxwriter

from groundplan.intake.reading.staging import stage_files
from groundplan.intake.workspace import open_workspace

HEADER: list[str | int] = ["Aufgabe", "Status", "Zuständig", "Betrag"]
BOARD: list[list[str | int]] = [
    ["Vorhaben"],
    ["In Arbeit"],
    HEADER,
    ["Halle", "offen", "Anna", 100],
    ["Dach", "offen", "Bernd", 200],
    ["Teile", "Aufgabe", "Zuständig", "Status"],
    ["", "Ziegel", "Bernd", "fertig"],
    ["", "Balken", "", "offen"],
    ["Tor", "offen", "Anna", 300],
    ["Teile", "Aufgabe", "Zuständig", "Status"],
    ["", "Schiene", "Anna", "offen"],
    ["Fertig"],
    HEADER,
    ["Zaun", "fertig", "Bernd", 400],
]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_only_the_rows_of_a_board_are_records(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"board.{kind}"
    if kind == "csv":
        lines = (",".join(map(str, [*row, *[""] * (4 - len(row))])) for row in BOARD)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    else:
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("Board")
            for at, row in enumerate(BOARD):
                sheet.write_row(at, 0, row)
    with open_workspace(tmp_path / "work") as workspace:
        (file,) = stage_files([path], workspace)
        rows = workspace.connection.execute(
            f"SELECT Aufgabe, Betrag FROM {file.relation} ORDER BY _line"
        ).fetchall()
    assert rows == [("Halle", "100"), ("Dach", "200"), ("Tor", "300"), ("Zaun", "400")]


def test_a_file_of_very_many_columns_is_looked_through_in_little_memory(tmp_path: Path) -> None:
    names = [f"Field {n}" for n in range(150)]
    rows = [",".join(f"text {n} {line}" for n in range(150)) for line in range(2_500)]
    (tmp_path / "wide.csv").write_text("\n".join([",".join(names), *rows]) + "\n")
    with open_workspace(tmp_path / "work") as workspace:
        (file,) = stage_files([tmp_path / "wide.csv"], workspace)
    assert file.rows == 2_500
