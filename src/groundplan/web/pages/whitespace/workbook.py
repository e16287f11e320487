"""The grid as a workbook, in a file that vanishes when it was sent."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.utils.translation import gettext as _

from groundplan.exports.excel import write_whitespace
from groundplan.exports.provenance import provenance_of
from groundplan.insight.grid import Choice, Prospect, WhitespaceGrid, prospects, whitespace_grid
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot

MOST_ACCOUNTS = 5_000
MOST_PRODUCTS = 2_000
AT_ONCE = 500


def whitespace_workbook(viewer: Scope, current: CurrentSnapshot, choice: Choice) -> IO[bytes]:
    """Every matching account up to MOST_ACCOUNTS, those worth most first."""
    whole = replace(choice, after="", size=AT_ONCE, products=MOST_PRODUCTS)
    # FileResponse closes it, and with that it is gone.
    file = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115
    provenance = provenance_of(
        viewer,
        current,
        formulas=_formulas(),
        selection=_selection(choice),
        remarks=(_("At most %(n)s accounts are written.") % {"n": MOST_ACCOUNTS},),
    )
    write_whitespace(
        Path(file.name), _pages(viewer, current, whole), _listed(viewer, current, whole), provenance
    )
    file.seek(0)
    return file


def _pages(viewer: Scope, current: CurrentSnapshot, choice: Choice) -> Iterator[WhitespaceGrid]:
    written = 0
    while True:
        page = whitespace_grid(viewer, current, choice)
        yield page
        written += len(page.rows)
        if not page.next or written >= MOST_ACCOUNTS:
            return
        choice = replace(choice, after=page.next)


def _listed(viewer: Scope, current: CurrentSnapshot, choice: Choice) -> Iterator[Prospect]:
    seen: set[str] = set()
    for one in prospects(viewer, current, choice):
        seen.add(one.account)
        if len(seen) > MOST_ACCOUNTS:
            return
        yield one


def _formulas() -> tuple[tuple[str, str], ...]:
    return (
        (_("Expected"), _("Probability × amount.")),
        (
            _("Probability"),
            _(
                "How likely a similar account without the product first buys it within 12 months: "
                "first purchases ÷ accounts without it, drawn to the product's overall rate."
            ),
        ),
        (_("Amount"), _("What similar accounts typically buy in their first 12 months.")),
        (
            _("Whitespace"),
            _(
                "Expected revenue of pairs not owned, without an open opportunity, and without a "
                "competitor, own solution or other reason against."
            ),
        ),
        (_("With a competitor"), _("Expected revenue of pairs that a competitor holds.")),
    )


def _selection(choice: Choice) -> tuple[tuple[str, str], ...]:
    named = (
        (_("Tier"), choice.tier),
        (_("Industry"), choice.industry),
        (_("Region"), choice.region),
        (_("Segment"), choice.segment),
        (_("Category"), choice.category),
        (_("Name contains"), choice.text),
    )
    return tuple((name, value) for name, value in named if value)
