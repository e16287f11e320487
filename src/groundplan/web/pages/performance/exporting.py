"""Performance as files: the same rows as the page, exact."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.utils.translation import gettext as _

from groundplan.exports.contracts import Column, Table, Value
from groundplan.exports.csv import stream
from groundplan.exports.excel import write_tables
from groundplan.exports.provenance import provenance_of
from groundplan.insight.contracts import Amounts
from groundplan.insight.selectors import performance
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot

from .asking import Asked, View
from .contexts import heading_word, view_words

WRITTEN: tuple[View, ...] = ("owner", "team", "account", "quarter")
MOST_ACCOUNTS = 100_000
Row = tuple[Value, ...]


def performance_csv(viewer: Scope, asked: Asked) -> Iterator[str]:
    """The rows of one way of cutting, amounts in the organisation's currency."""
    by: View = "owner" if asked.by == "tree" else asked.by
    return stream([column.heading for column in _columns(by)], list(_rows(viewer, asked, by)))


def performance_workbook(viewer: Scope, current: CurrentSnapshot, asked: Asked) -> IO[bytes]:
    """A sheet for each way of cutting, each with the same total but that of accounts."""
    # FileResponse closes it, and with that it is gone.
    file = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115
    provenance = provenance_of(
        viewer, current, formulas=_formulas(), selection=((_("Period"), asked.period.label),)
    )
    tables = [_table(viewer, asked, by) for by in WRITTEN]
    write_tables(Path(file.name), tables, provenance)
    file.seek(0)
    return file


def _table(viewer: Scope, asked: Asked, by: View) -> Table:
    rows = list(performance(viewer, by=by, periods=(asked.period.key,), limit=MOST_ACCOUNTS))  # type: ignore[arg-type]  # WRITTEN has no tree
    total = Amounts.total(row.total for row in rows)
    title = _("By %(what)s") % {"what": view_words()[by].lower()}
    written = [_row(row.label, row.total, row.pace) for row in rows]
    return Table(title, _columns(by), written, _row(_("Total"), total, None))


def _rows(viewer: Scope, asked: Asked, by: View) -> Iterator[Row]:
    rows = performance(viewer, by=by, periods=(asked.period.key,), limit=MOST_ACCOUNTS)  # type: ignore[arg-type]  # never the tree
    for row in rows:
        yield _row(row.label, row.total, row.pace)


def _columns(by: View) -> tuple[Column, ...]:
    money = (
        _("Goal"),
        _("Recognised"),
        _("Backlog"),
        _("Weighted pipeline"),
        _("Forecast"),
        _("Gap"),
    )
    return (
        Column(heading_word(by), width=34),
        *(Column(heading, "money", 20) for heading in money),
        Column(_("Pace"), "share", 10),
    )


def _row(label: str, amounts: Amounts, pace: float | None) -> Row:
    goal = amounts.goal or None
    return (
        label or _("(none)"),
        goal,
        amounts.recognised,
        amounts.backlog,
        amounts.weighted,
        amounts.forecast,
        amounts.gap if goal else None,
        pace,
    )


def _formulas() -> tuple[tuple[str, str], ...]:
    return (
        (_("Goal"), _("Quotas and revenue goals, prorated by days.")),
        (_("Recognised"), _("Purchases of the period that are recognised.")),
        (_("Backlog"), _("Purchases of the period that are ordered and not yet recognised.")),
        (_("Weighted pipeline"), _("Open opportunities closing in the period × probability.")),
        (_("Forecast"), _("Recognised + backlog + weighted pipeline.")),
        (_("Gap"), _("Forecast less goal: below zero is behind.")),
        (_("Pace"), _("Share of the goal attained ÷ share of the time gone.")),
    )
