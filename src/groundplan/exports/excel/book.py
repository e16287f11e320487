"""A workbook under way: formats made once, tables and the sheet about the numbers."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any

import xlsxwriter

from groundplan.exports.contracts import Column, Kind, Provenance, Table, Value

EXCEL_ROWS = 1_048_576
_TAKEN = str.maketrans("[]:*?/\\", "       ")


class Book:
    """Writes one workbook to `path`; use it as a context manager.

    Rows go to disk as they are written, so each sheet is filled from top to bottom and a large
    workbook needs no more memory than a small one.
    """

    def __init__(self, path: Path, provenance: Provenance) -> None:
        self.provenance = provenance
        self.file: Any = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.file.set_properties(
            {"title": provenance.organisation, "created": provenance.written_at}
        )
        self._formats: dict[str, Any] = {}

    def __enter__(self) -> "Book":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is None:
            self._about()
        self.file.close()

    def format_of(self, kind: Kind, **style: object) -> Any:
        """The format for `kind` with extra `style`, made once: Excel limits how many there are."""
        key = f"{kind}{sorted(style.items())}"
        if key not in self._formats:
            number = {
                "text": "@",
                "count": "#,##0",
                "share": "0.0%",
                "date": "yyyy-mm-dd",
                "money": f'#,##0.00 "{self.provenance.currency}"',
            }[kind]
            settings = {"num_format": number, "valign": "top", **style}
            self._formats[key] = self.file.add_format(settings)
        return self._formats[key]

    def sheet(self, title: str) -> Any:
        """A new sheet; Excel takes 31 characters and not every sign in its name."""
        return self.file.add_worksheet(title.translate(_TAKEN)[:31])

    def write(self, sheet: Any, row: int, column: int, value: Value, look: Any) -> None:
        """`value` as what it is; nothing, not zero, where it is unknown."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, look)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, value.replace(tzinfo=None), look)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, look)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, look)
        elif isinstance(value, (int, float, Decimal)):
            sheet.write_number(row, column, value, look)
        else:
            sheet.write_string(row, column, value, look)

    def table(self, table: Table) -> int:
        """A sheet of `table` with frozen headings and a filter; returns how many rows it took."""
        sheet = self.sheet(table.title)
        looks = [self.format_of(column.kind) for column in table.columns]
        self._headings(sheet, table.columns)
        taken = 0
        room = EXCEL_ROWS - 2
        for taken, row in enumerate(table.rows, 1):
            if taken > room:
                return room
            for index, value in enumerate(row):
                self.write(sheet, taken, index, value, looks[index])
        if taken:
            sheet.autofilter(0, 0, taken, len(table.columns) - 1)
        if table.totals is not None:
            self._totals(sheet, taken + 1, table.columns, table.totals)
        return taken

    def _headings(self, sheet: Any, columns: Sequence[Column]) -> None:
        bold = self.format_of("text", bold=True, bottom=1, text_wrap=True)
        right = self.format_of("text", bold=True, bottom=1, text_wrap=True, align="right")
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            numeric = column.kind in ("money", "count", "share")
            sheet.write_string(0, index, column.heading, right if numeric else bold)
        sheet.freeze_panes(1, 1)

    def _totals(
        self, sheet: Any, row: int, columns: Sequence[Column], totals: Sequence[Value]
    ) -> None:
        for index, value in enumerate(totals):
            kind: Kind = "text" if isinstance(value, str) else columns[index].kind
            self.write(sheet, row, index, value, self.format_of(kind, bold=True, top=1))

    def _about(self) -> None:
        sheet = self.sheet("About these numbers")
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 96)
        bold = self.format_of("text", bold=True)
        text = self.format_of("text", text_wrap=True)
        day = self.format_of("date", align="left")
        instant = self.format_of("date", align="left", num_format="yyyy-mm-dd hh:mm")
        about = self.provenance
        lines: list[tuple[str, Value, Any]] = [
            ("Organisation", about.organisation, text),
            ("Currency", about.currency, text),
            ("Snapshot", about.snapshot, text),
            ("Facts as of", about.as_of, day),
            ("Snapshot taken (UTC)", about.taken_at, instant),
            ("Written (UTC)", about.written_at, instant),
            ("Written for", about.written_for, text),
            *((name, value, text) for name, value in about.selection),
            *((name, value, text) for name, value in about.formulas),
            *(("Remark", remark, text) for remark in about.remarks),
        ]
        for row, (name, value, look) in enumerate(lines):
            sheet.write_string(row, 0, name, bold)
            self.write(sheet, row, 1, value, look)
