"""What the whitespace pages show: built whole before anything renders."""

from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groundplan.book.contracts import Facets
from groundplan.book.selectors.facets import account_facets
from groundplan.exports.excel import GLYPHS, state_words
from groundplan.insight.contracts import WhitespaceTotal
from groundplan.insight.grid import (
    Choice,
    GridRow,
    WhitespaceGrid,
    segmentation,
    whitespace_grid,
)
from groundplan.insight.grid.reading import categories, segment_ids
from groundplan.insight.selectors import whitespace_totals
from groundplan.insight.selectors.totals import Dimension
from groundplan.kernel.figures import Figure, Trace
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.web.addresses import account_address

from .asking import address_query
from .panels import cell_address

LISTED = 50
# Of them at first sight: more than that is a list to work off, not a place to begin.
BEGIN_WITH = 10
PICKED = 3


@dataclass(frozen=True, slots=True)
class Pick:
    """A cell of the list: the product, what it is worth, and the address of the reasons."""

    product: str
    category: str
    glyph: str
    expected: Figure
    address: str


@dataclass(frozen=True, slots=True)
class Listed:
    """An account with its most promising cells."""

    name: str
    address: str
    tier: str
    owner: str
    whitespace: Figure
    picks: tuple[Pick, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend."""

    code: str
    glyph: str
    word: str


@dataclass(frozen=True, slots=True)
class WhitespacePage:
    choice: Choice
    query: str
    begin: tuple[Listed, ...]
    further: tuple[Listed, ...]
    keys: tuple[Key, ...]
    facets: Facets
    segments: tuple[str, ...]
    categories: tuple[str, ...]
    accounts: int
    whitespace: Figure
    as_of: str
    filtered: bool
    by_address: tuple[tuple[str, str, bool], ...]
    roll_address: tuple[tuple[str, str, bool], ...]
    next: str
    first: str
    may_write: bool


@dataclass(frozen=True, slots=True)
class TotalRow:
    label: str
    accounts: int | None
    whitespace: Figure
    address: str


@dataclass(frozen=True, slots=True)
class TotalsTable:
    """Totals by one thing; `heading` names it."""

    heading: str
    rows: tuple[TotalRow, ...]
    counted: bool


@dataclass(frozen=True, slots=True)
class TotalsPart:
    tables: tuple[TotalsTable, ...]
    sentence: str


def whitespace_page(viewer: Scope, current: CurrentSnapshot, choice: Choice) -> WhitespacePage:
    grid = whitespace_grid(viewer, current, _listing(choice))
    query = address_query(choice, after="")
    listed = tuple(_listed(row, grid) for row in grid.rows)
    return WhitespacePage(
        choice=choice,
        query=address_query(choice),
        begin=listed[:BEGIN_WITH],
        further=listed[BEGIN_WITH:],
        keys=_keys(),
        facets=account_facets(viewer),
        segments=tuple(segment_ids(current)) if viewer.sees_all else _own(grid),
        categories=tuple(sorted({name for _product, name in categories(current) if name})),
        accounts=grid.matching,
        whitespace=_whole(grid, choice, viewer),
        as_of=date_format(current.as_of),
        filtered=replace(choice, by="product", roll="account", after="") != Choice(),
        by_address=_switch(choice, "by", (("product", _("Product")), ("category", _("Category")))),
        roll_address=_switch(
            choice, "roll", (("account", _("Account")), ("parent", _("Parent company")))
        ),
        next=address_query(choice, after=grid.next) if grid.next else "",
        first=query if choice.after else "",
        may_write=viewer.may_write,
    )


def _listing(choice: Choice) -> Choice:
    """The same accounts, so few that the page shows them without the grid."""
    return replace(choice, by="product", roll="account", size=LISTED)


def _own(grid: WhitespaceGrid) -> tuple[str, ...]:
    return tuple(sorted({row.segment for row in grid.rows}))


def _whole(grid: WhitespaceGrid, choice: Choice, viewer: Scope) -> Figure:
    """What all matching accounts have left; explained where a trace adds up the same accounts."""
    plain = replace(choice, by="product", roll="account", after="")
    trace = Trace.of("whitespace.total") if viewer.sees_all and plain == Choice() else None
    return Figure(grid.matching_expected, "money", grid.currency, trace)


def _listed(row: GridRow, grid: WhitespaceGrid) -> Listed:
    ranked = sorted(
        (
            (cell.expected, column, cell.state)
            for column, cell in zip(grid.columns, row.cells, strict=True)
            if cell.expected
        ),
        key=lambda found: (-found[0], found[1].label),
    )
    picks = tuple(
        Pick(
            product=column.label,
            category=column.category,
            glyph=GLYPHS[state],
            expected=Figure(
                expected,
                "money",
                grid.currency,
                Trace.of("whitespace.expected", account=row.key, product=column.key),
            ),
            address=cell_address(row.key, column.key),
        )
        for expected, column, state in ranked[:PICKED]
    )
    return Listed(
        name=row.label,
        address=account_address(row.key),
        tier=row.tier,
        owner=row.owner,
        whitespace=Figure(
            row.whitespace, "money", grid.currency, Trace.of("whitespace.total", account=row.key)
        ),
        picks=picks,
    )


def _keys() -> tuple[Key, ...]:
    return tuple(Key(state, GLYPHS[state], word) for state, word in state_words().items())


def _switch(
    choice: Choice, name: str, values: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str, bool], ...]:
    """(label, query, current) of each way to see the grid."""
    return tuple(
        (label, address_query(choice, after="", **{name: value}), getattr(choice, name) == value)
        for value, label in values
    )


def totals_part(viewer: Scope, current: CurrentSnapshot) -> TotalsPart:
    named: tuple[tuple[str, Dimension], ...] = (
        (_("Category"), "category"),
        (_("Segment"), "segment"),
        (_("Owner"), "owner"),
    )
    return TotalsPart(
        tuple(
            _table(heading, name, whitespace_totals(viewer, name, current), current.currency)
            for heading, name in named
        ),
        _segmentation(current),
    )


def _table(
    heading: str, name: str, totals: tuple[WhitespaceTotal, ...], currency: str
) -> TotalsTable:
    rows = tuple(
        TotalRow(
            label=total.label or _("(none)"),
            accounts=total.accounts,
            whitespace=Figure(
                total.expected,
                "money",
                currency,
                Trace.of("whitespace.total", **{name: total.key}) if total.key else None,
            ),
            address=_filter(name, total),
        )
        for total in totals
    )
    return TotalsTable(heading, rows, any(total.accounts is not None for total in totals))


def _filter(name: str, total: WhitespaceTotal) -> str:
    """The grid with only these; empty for what has no name to filter by."""
    value = total.label if name == "segment" else total.key
    return address_query(Choice(), **{name: value}) if value else ""


def _segmentation(current: CurrentSnapshot) -> str:
    told = segmentation(current)
    if told is None:
        return ""
    if not told.attributes:
        return _("All accounts are one segment: no other grouping foretold purchases better.")
    words = {
        "n": told.segments,
        "by": " × ".join(told.attributes),
        "how": _("chosen automatically") if told.automatic else _("chosen by a person"),
        "gain": f"{(told.gain or 0) * 100:.1f}",
    }
    return (
        _(
            "%(n)s segments by %(by)s, %(how)s. On purchases held out they explain %(gain)s %% "
            "more than one segment of all accounts."
        )
        % words
    )
