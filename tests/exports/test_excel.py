"""Workbooks read back as somebody's spreadsheet would read them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from groundplan.exports.contracts import Column, Provenance, Table
from groundplan.exports.excel import write_tables, write_whitespace
from groundplan.insight.grid import Cell, GridColumn, GridRow, Prospect, WhitespaceGrid
from groundplan.insight.grid.contracts import Estimate

ABOUT = Provenance(
    organisation="Nordwind",
    currency="EUR",
    snapshot="0192-snapshot",
    as_of=date(2026, 11, 22),
    taken_at=datetime(2026, 11, 22, 6, 0, tzinfo=UTC),
    written_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
    written_for="Ada",
    formulas=(("Expected", "probability x amount"),),
)
MONEY = (Column("Account", width=30), Column("Since", "date"), Column("Revenue", "money"))


def sheet(path: Path, name: str) -> Sequence[Sequence[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()


def test_numbers_and_dates_are_numbers_and_dates(tmp_path: Path) -> None:
    rows = [("Halcyon", date(2024, 5, 1), Decimal("1265793.04")), ("Ironbridge", None, None)]
    total = ("Total", None, Decimal("1265793.04"))
    write_tables(tmp_path / "a.xlsx", [Table("Accounts", MONEY, rows, total)], ABOUT)
    read = sheet(tmp_path / "a.xlsx", "Accounts")
    assert read[1] == ["Halcyon", date(2024, 5, 1), 1265793.04]
    assert read[2] == ["Ironbridge", "", ""]
    assert read[3] == ["Total", "", 1265793.04]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    rows = [("=HYPERLINK(1)", None, Decimal(1))]
    write_tables(tmp_path / "a.xlsx", [Table("Accounts", MONEY, rows)], ABOUT)
    assert sheet(tmp_path / "a.xlsx", "Accounts")[1][0] == "=HYPERLINK(1)"


def test_the_last_sheet_says_where_the_numbers_came_from(tmp_path: Path) -> None:
    write_tables(tmp_path / "a.xlsx", [Table("Accounts", MONEY, [])], ABOUT)
    about = {str(row[0]): row[1] for row in sheet(tmp_path / "a.xlsx", "About these numbers")}
    assert about["Snapshot"] == "0192-snapshot"
    assert about["Facts as of"] == date(2026, 11, 22)
    assert about["Expected"] == "probability x amount"
    assert about["Currency"] == "EUR"


def test_a_sheet_named_with_signs_that_excel_refuses_is_still_written(tmp_path: Path) -> None:
    write_tables(tmp_path / "a.xlsx", [Table("A/B: [by quarter]*", MONEY, [])], ABOUT)
    assert CalamineWorkbook.from_path(tmp_path / "a.xlsx").sheet_names[0].startswith("A B")


ESTIMATE = Estimate(0.25, Decimal(400), Decimal(100), accounts=40, owners=12, exposed=28, adopted=7)
PRODUCTS = (
    GridColumn("p1", "Core", "Base", Decimal("100.25")),
    GridColumn("p2", "Core", "Plus", Decimal(0)),
)


def grid_row(name: str, segment: str, *cells: Cell) -> GridRow:
    whitespace = sum((c.expected for c in cells if c.state == "whitespace"), Decimal(0))
    displaced = sum((c.expected for c in cells if c.state == "competitor"), Decimal(0))
    return GridRow(name, name, "", "Ada", "A", segment, 1, whitespace, displaced, cells)


def page(*rows: GridRow) -> WhitespaceGrid:
    whitespace = sum((row.whitespace for row in rows), Decimal(0))
    displaced = sum((row.displacement for row in rows), Decimal(0))
    return WhitespaceGrid(
        PRODUCTS, rows, "EUR", date(2026, 11, 22), whitespace, displaced, len(rows), whitespace
    )


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    first = page(
        grid_row("Halcyon", "Food", Cell("whitespace", Decimal("100.25")), Cell("owned", owned=1)),
    )
    second = page(
        grid_row("Ironbridge", "", Cell("open"), Cell("competitor", Decimal("30.5"))),
    )
    second = WhitespaceGrid(
        (
            GridColumn("p1", "Core", "Base", Decimal(0)),
            GridColumn("p2", "Core", "Plus", Decimal(0)),
        ),
        *(getattr(second, name) for name in list(WhitespaceGrid.__dataclass_fields__)[1:]),
    )
    found = [Prospect("Halcyon", "Ada", "A", "Food", "Core", "Base", "whitespace", ESTIMATE)]
    write_whitespace(tmp_path / "w.xlsx", [first, second], found, ABOUT)
    return tmp_path / "w.xlsx"


def test_the_grid_shows_money_glyphs_and_sums(workbook: Path) -> None:
    read = sheet(workbook, "Whitespace")
    assert read[2][0] == "Halcyon"
    assert read[2][5:] == [100.25, "✓", 100.25, 0.0]
    assert read[3][5:] == ["◐", 30.5, 0.0, 30.5]
    assert read[4][5:] == [100.25, 0.0, 100.25, 30.5]


def test_two_products_of_one_name_stay_two_columns(workbook: Path) -> None:
    totals = sheet(workbook, "Totals by product")
    assert [row[0] for row in totals] == ["Product", "Core", "Core", "Total"]


@pytest.mark.parametrize("name", ["Totals by product", "Totals by segment", "Totals by owner"])
def test_every_way_of_adding_up_gives_the_same_total(workbook: Path, name: str) -> None:
    read = sheet(workbook, name)
    column = list(read[0]).index("Whitespace")
    assert sum(float(str(row[column])) for row in read[1:-1]) == read[-1][column] == 100.25


def test_the_list_gives_the_reason(workbook: Path) -> None:
    row = sheet(workbook, "List")[1]
    assert row[7:10] == [0.25, 400.0, 100.0]
    assert row[10] == "12 of 40 similar accounts own it"
