"""The whitespace workbook: the grid, the list behind it and its totals."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from groundplan.exports.contracts import Column, Provenance, Table, Value
from groundplan.insight.grid import Cell, GridRow, Prospect, State, WhitespaceGrid, shade

from .book import Book

GLYPHS: dict[State, str] = {
    "owned": "✓",
    "open": "◐",
    "competitor": "✕",
    "in_house": "⌂",
    "not_applicable": "–",
    "whitespace": "+",
}
_TINTS: dict[State, str] = {"owned": "#BFD7F2", "open": "#E8F1FD", "competitor": "#F9DCC8"}
_GOLD = ("#FFF3C9", "#FFE9A3", "#FFDF7E")
_LEAD = 5
"""Columns that say which account it is, before the cells."""


def write_whitespace(
    path: Path,
    pages: Iterable[WhitespaceGrid],
    prospects: Iterable[Prospect],
    provenance: Provenance,
) -> None:
    """Write the grid of `pages`, which share their columns, and the list of `prospects`."""
    with Book(path, provenance) as book:
        sums = _Sums()
        _grid_sheet(book, pages, sums)
        book.table(_list(prospects))
        for title, table in sums.tables():
            book.table(Table(title, table.columns, table.rows, table.totals))


class _Sums:
    """What the rows of the grid add up to, gathered while they are written."""

    def __init__(self) -> None:
        self.columns: dict[str, tuple[str, Decimal]] = {}
        self.segments: dict[str, list[Decimal]] = {}
        self.owners: dict[str, list[Decimal]] = {}
        self.whitespace = self.displacement = Decimal(0)

    def page(self, page: WhitespaceGrid) -> None:
        for column in page.columns:
            _label, before = self.columns.get(column.key, ("", Decimal(0)))
            self.columns[column.key] = column.label, before + column.expected
        for row in page.rows:
            for groups, name in ((self.segments, row.segment), (self.owners, row.owner)):
                sums = groups.setdefault(name or _("(none)"), [Decimal(0)] * 3)
                sums[0] += row.accounts
                sums[1] += row.whitespace
                sums[2] += row.displacement
        self.whitespace += page.whitespace
        self.displacement += page.displacement

    def tables(self) -> Iterator[tuple[str, Table]]:
        """By product or category, segment and owner; the totals of each are the same."""
        columns = (Column(_("Product"), width=34), Column(_("Whitespace"), "money", 20))
        rows = sorted(self.columns.values(), key=lambda pair: (-pair[1], pair[0]))
        yield _("Totals by product"), Table("", columns, rows, (_("Total"), self.whitespace))
        for title, name, groups in (
            (_("Totals by segment"), _("Segment"), self.segments),
            (_("Totals by owner"), _("Owner"), self.owners),
        ):
            yield title, self._grouped(name, groups)

    def _grouped(self, name: str, groups: dict[str, list[Decimal]]) -> Table:
        columns = (
            Column(name, width=34),
            Column(_("Accounts"), "count"),
            Column(_("Whitespace"), "money", 20),
            Column(_("With a competitor"), "money", 20),
        )
        rows = sorted(groups.items(), key=lambda pair: (-pair[1][1], pair[0]))
        accounts = sum((sums[0] for sums in groups.values()), Decimal(0))
        totals = (_("Total"), accounts, self.whitespace, self.displacement)
        return Table("", columns, ((label, *sums) for label, sums in rows), totals)


def _grid_sheet(book: Book, pages: Iterable[WhitespaceGrid], sums: _Sums) -> None:
    sheet = book.sheet(_("Whitespace"))
    row = 1
    for page in pages:
        if row == 1:
            _grid_headings(book, sheet, page)
        most = max(
            (column.expected for row in page.rows for column in row.cells), default=Decimal(0)
        )
        for line in page.rows:
            row += 1
            _grid_row(book, sheet, row, line, most)
        sums.page(page)
    if row > 1:
        _grid_totals(book, sheet, row + 1, sums)


def _grid_headings(book: Book, sheet: Any, page: WhitespaceGrid) -> None:
    bold = book.format_of("text", bold=True, bottom=1)
    muted = book.format_of("text", font_color="#525E70")
    turned = book.format_of("text", bold=True, bottom=1, rotation=60)
    leads = (_("Account"), _("Parent"), _("Owner"), _("Tier"), _("Segment"))
    ends = (_("Whitespace"), _("With a competitor"))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, _LEAD - 1, 16)
    sheet.set_column(_LEAD, _LEAD + len(page.columns) - 1, 11)
    sheet.set_column(_LEAD + len(page.columns), _LEAD + len(page.columns) + 1, 20)
    for place, column in enumerate(page.columns, _LEAD):
        sheet.write_string(0, place, column.category, muted)
    for place, heading in enumerate((*leads, *(column.label for column in page.columns), *ends)):
        between = _LEAD <= place < _LEAD + len(page.columns)
        sheet.write_string(1, place, heading, turned if between else bold)
    sheet.freeze_panes(2, 1)


def _grid_row(book: Book, sheet: Any, row: int, line: GridRow, most: Decimal) -> None:
    text = book.format_of("text")
    leads: Sequence[Value] = (line.label, line.parent, line.owner, line.tier, line.segment)
    for place, value in enumerate(leads):
        book.write(sheet, row, place, value, text)
    for place, cell in enumerate(line.cells, _LEAD):
        book.write(sheet, row, place, _shown(cell), _look(book, cell, most))
    money = book.format_of("money", bold=True)
    end = _LEAD + len(line.cells)
    book.write(sheet, row, end, line.whitespace, money)
    book.write(sheet, row, end + 1, line.displacement, money)


def _shown(cell: Cell) -> Value:
    """Money where there is some; else the glyph, with how many are owned of several."""
    if cell.expected:
        return cell.expected
    glyph = GLYPHS[cell.state]
    return f"{glyph} {cell.owned}/{cell.of}" if cell.of > 1 else glyph


def _look(book: Book, cell: Cell, most: Decimal) -> Any:
    glyph = GLYPHS[cell.state]
    style: dict[str, object] = {"align": "right"}
    if cell.expected:
        style["num_format"] = f'"{glyph} "#,##0'
    if cell.state == "whitespace":
        style["bg_color"] = _GOLD[shade(cell.expected, most) - 1]
    elif cell.state in _TINTS:
        style["bg_color"] = _TINTS[cell.state]
    return book.format_of("money" if cell.expected else "text", **style)


def _grid_totals(book: Book, sheet: Any, row: int, sums: _Sums) -> None:
    bold = book.format_of("text", bold=True, top=1)
    money = book.format_of("money", bold=True, top=1)
    book.write(sheet, row, 0, _("Total"), bold)
    columns = (expected for _label, expected in sums.columns.values())
    ends = (*columns, sums.whitespace, sums.displacement)
    for place, value in enumerate(ends, _LEAD):
        book.write(sheet, row, place, value, money)


def _list(prospects: Iterable[Prospect]) -> Table:
    words = state_words()
    columns = (
        Column(_("Account"), width=34),
        Column(_("Owner"), width=22),
        Column(_("Tier"), width=6),
        Column(_("Segment"), width=26),
        Column(_("Product"), width=30),
        Column(_("Category"), width=22),
        Column(_("State")),
        Column(_("Probability"), "share", 12),
        Column(_("Amount"), "money", 18),
        Column(_("Expected"), "money", 18),
        Column(_("Because"), width=48),
    )
    return Table(_("List"), columns, (_line(one, words) for one in prospects))


def _line(one: Prospect, words: dict[State, str]) -> tuple[Value, ...]:
    found = one.estimate
    because = _("%(owners)s of %(accounts)s similar accounts own it") % {
        "owners": found.owners,
        "accounts": found.accounts,
    }
    return (
        one.account,
        one.owner,
        one.tier,
        one.segment,
        one.product,
        one.category,
        words[one.state],
        found.probability,
        found.amount,
        found.expected,
        because,
    )


def state_words() -> dict[State, str]:
    """What each state is called."""
    return {
        "owned": _("owned"),
        "open": _("open opportunity"),
        "competitor": _("competitor"),
        "in_house": _("in-house"),
        "not_applicable": _("not applicable"),
        "whitespace": _("whitespace"),
    }
