"""The filtered list as files: every account of it, amounts exact."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.utils.translation import gettext as _

from groundplan.exports.contracts import Column, Table, Value
from groundplan.exports.csv import stream
from groundplan.exports.excel import write_tables
from groundplan.exports.provenance import provenance_of
from groundplan.insight.account_list import AccountRow, account_rows
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot

from .asking import Asked
from .chips import chips


def accounts_csv(viewer: Scope, current: CurrentSnapshot | None, asked: Asked) -> Iterator[str]:
    """The list as CSV, a piece at a time."""
    headings = [column.heading for column in _columns()]
    return stream(headings, _lines(viewer, current, asked))


def accounts_workbook(viewer: Scope, current: CurrentSnapshot, asked: Asked) -> IO[bytes]:
    """The list as a workbook, in a file that vanishes when it was sent."""
    # FileResponse closes it, and with that it is gone.
    file = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115
    selection = tuple((str(chip.label), chip.value) for chip in chips(asked))
    provenance = provenance_of(viewer, current, formulas=_formulas(), selection=selection)
    table = Table(_("Accounts"), _columns(), _lines(viewer, current, asked))
    write_tables(Path(file.name), [table], provenance)
    file.seek(0)
    return file


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Account"), width=34),
        Column(_("Owner"), width=22),
        Column(_("Tier"), width=6),
        *(Column(heading) for heading in (_("Industry"), _("Region"), _("Country"), _("Segment"))),
        Column(_("Revenue, 12 months"), "money", 20),
        Column(_("Recognised, this year"), "money", 20),
        Column(_("Backlog, this year"), "money", 20),
        Column(_("Weighted pipeline"), "money", 20),
        Column(_("Goal"), "money", 20),
        Column(_("Gap to goal"), "money", 20),
        Column(_("Whitespace"), "money", 20),
        Column(_("Expected revenue"), "money", 20),
        Column(_("Last purchase"), "date", 12),
        Column(_("Contacts"), "count", 10),
        Column(_("Last touch"), "date", 12),
    )


def _lines(
    viewer: Scope, current: CurrentSnapshot | None, asked: Asked
) -> Iterator[tuple[Value, ...]]:
    for row in account_rows(viewer, current, asked.filters, sort=asked.sort):
        yield _line(row)


def _line(row: AccountRow) -> tuple[Value, ...]:
    return (
        row.name,
        row.owner,
        row.tier,
        row.industry,
        row.region,
        row.country,
        row.segment,
        row.revenue_12m,
        row.recognised,
        row.backlog,
        row.weighted,
        row.goal,
        row.gap,
        row.whitespace,
        row.expected,
        row.last_purchase_on,
        row.contacts,
        row.last_touch_on,
    )


def _formulas() -> tuple[tuple[str, str], ...]:
    return (
        (_("Weighted pipeline"), _("Open opportunities closing this fiscal year × probability.")),
        (
            _("Gap to goal"),
            _("Recognised + backlog + weighted pipeline, less goal: below zero is behind."),
        ),
        (
            _("Whitespace"),
            _("Expected revenue of the products that the account doesn't own and could be sold."),
        ),
        (_("Expected revenue"), _("Weighted pipeline + whitespace.")),
    )
