"""Pivots pasted as values: years over quarters, totals of both, names on the first row only."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from groundplan.intake.reading.headers import header_of
from groundplan.intake.reading.staging import stage_files
from groundplan.intake.workspace import Workspace, open_workspace

HEADER = [
    ["Sum of Sales", "", "Year / Quarter", "", "", "", "", ""],
    ["", "", "2024", "", "2024 Total", "2025", "2025 Total", "Grand Total"],
    ["Customer", "Product", "Q1", "Q2", "", "Q1", "", ""],
]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "work") as opened:
        yield opened


def _pivot() -> list[list[str]]:
    rows = [list(row) for row in HEADER]
    rows[1][5:6], rows[2][5:6] = ["2025", ""], ["Q1", "Q2"]
    rows[0].append("")
    for n in range(6):
        cells = [n + 1, n + 2, 2 * n + 3, n, n + 4, 2 * n + 4, 4 * n + 7]
        rows.append(["" if n % 3 else f"Firm {n}", f"Pump {n}", *map(str, cells)])
        if n % 3 == 2:
            rows.append([f"Firm {n - 2} Total", "", *map(str, cells)])
    rows.append(["Grand Total", "", *["9"] * 7])
    return rows


def test_quarters_are_of_the_years_above_them(tmp_path: Path, workspace: Workspace) -> None:
    (tmp_path / "pivot.csv").write_text("\n".join(",".join(row) for row in _pivot()))
    (file,) = stage_files([tmp_path / "pivot.csv"], workspace)
    assert file.columns == ("Customer", "Product", "Date", "Amount")
    rows = workspace.connection.execute(
        f"SELECT Customer, Date, sum(CAST(Amount AS DOUBLE)) FROM {file.relation} GROUP BY ALL"
        " ORDER BY ALL"
    ).fetchall()
    assert rows[:2] == [("Firm 0", "2024-01-01", 6.0), ("Firm 0", "2024-04-01", 9.0)]
    assert {day for _, day, _ in rows} == {
        "2024-01-01", "2024-04-01", "2025-01-01", "2025-04-01",
    }  # fmt: skip


def test_columns_at_the_end_without_a_name_but_with_values_are_kept() -> None:
    records = [(n, [f"C{n}", str(n), "9"]) for n in range(2, 9)]
    header = header_of([(1, ["Customer", "Amount", ""]), *records], "sales.csv")
    assert header.columns == ("Customer", "Amount", "column 3")
    header = header_of(
        [(1, ["Customer", "Amount", ""]), *[(n, [*r[:2], ""]) for n, r in records]], ""
    )
    assert header.columns == ("Customer", "Amount")


def test_headers_that_each_page_repeats_are_no_records(
    tmp_path: Path, workspace: Workspace
) -> None:
    head = "|Kunde |Material |Wert |\n"
    page = "".join(f"|Abel {n} |M{n} |{n},50 |\n" for n in range(9))
    (tmp_path / "liste.txt").write_text(head + page + head + page)
    (file,) = stage_files([tmp_path / "liste.txt"], workspace)
    assert file.rows == 18
