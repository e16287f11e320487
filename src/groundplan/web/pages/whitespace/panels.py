"""What the panel beside the grid says of a cell."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from groundplan.exports.excel import GLYPHS, state_words
from groundplan.insight.grid import CellReason, Choice, whitespace_cell, whitespace_grid
from groundplan.insight.grid.contracts import Estimate
from groundplan.kernel.errors import NotFound
from groundplan.kernel.figures import Figure, Trace
from groundplan.kernel.ids import uid_in
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.web.addresses import account_address, cell_work_address


@dataclass(frozen=True, slots=True)
class CellDeed:
    """Something that can be done about a cell, and where."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class CellPanel:
    """Why a cell holds what it holds, with every number's way back to its facts."""

    reason: CellReason
    account_address: str
    glyph: str
    word: str
    probability: Figure | None
    amount: Figure | None
    expected: Figure | None
    bought: Figure | None
    offered: Figure | None
    similar: str
    first_purchases: str
    because: str
    deeds: tuple[CellDeed, ...]


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product of a category at an account."""

    label: str
    glyph: str
    word: str
    state: str
    expected: Figure | None
    address: str


@dataclass(frozen=True, slots=True)
class CategoryPanel:
    """The products behind a cell of a category."""

    account_label: str
    account_address: str
    category: str
    lines: tuple[ProductLine, ...]
    whitespace: Figure


def cell_address(account: str, product: str) -> str:
    """Where the reasons for a cell are."""
    return f"{reverse('whitespace:cell')}?{urlencode({'account': account, 'product': product})}"


def panel(
    viewer: Scope, current: CurrentSnapshot, account: str, column: str
) -> CellPanel | CategoryPanel:
    """The panel of an account and a column, which is a product's uid or a category's name.

    Raises NotFound for an account that the viewer may not see.
    """
    found = uid_in(account)
    if found is None:
        raise NotFound("There is no such cell.")
    product = uid_in(column)
    if product is None:
        return _category_panel(viewer, current, found, column)
    return _cell_panel(whitespace_cell(viewer, current, found, product), viewer.may_write)


def _category_panel(
    viewer: Scope, current: CurrentSnapshot, account: UUID, category: str
) -> CategoryPanel:
    choice = Choice(account=str(account), category=category, products=1_000)
    grid = whitespace_grid(viewer, current, choice)
    if not grid.rows:
        raise NotFound("There is no such cell.")
    row, words = grid.rows[0], state_words()
    lines = [
        ProductLine(
            label=column.label,
            glyph=GLYPHS[cell.state],
            word=words[cell.state],
            state=cell.state,
            expected=_expected(row.key, column.key, cell.expected, grid.currency)
            if cell.expected
            else None,
            address=cell_address(row.key, column.key),
        )
        for column, cell in zip(grid.columns, row.cells, strict=True)
    ]
    trace = Trace.of("whitespace.total", account=row.key, category=category)
    return CategoryPanel(
        account_label=row.label,
        account_address=account_address(row.key),
        category=category,
        lines=tuple(lines),
        whitespace=Figure(row.whitespace, "money", grid.currency, trace),
    )


def _cell_panel(reason: CellReason, may_write: bool) -> CellPanel:
    pair = {"account": reason.account, "product": reason.product}
    bought = Figure(reason.bought, "money", reason.currency, Trace.of("revenue.total", **pair))
    offered = Figure(reason.open_amount, "money", reason.currency)
    return CellPanel(
        reason=reason,
        account_address=account_address(reason.account),
        glyph=GLYPHS[reason.state],
        word=state_words()[reason.state],
        probability=_estimated(reason, "probability"),
        amount=_estimated(reason, "amount"),
        expected=_estimated(reason, "expected"),
        bought=bought if reason.purchases else None,
        offered=offered if reason.open_stage else None,
        similar=_similar(reason.estimate),
        first_purchases=_first_purchases(reason.estimate),
        because=", ".join(reason.because) if reason.state != "owned" else "",
        deeds=_deeds(reason) if may_write else (),
    )


def _deeds(reason: CellReason) -> tuple[CellDeed, ...]:
    """What can be done about the cell as it is."""
    kinds = []
    if reason.state == "whitespace":
        kinds.append(("target", _("Make an opportunity")))
    if reason.state == "competitor":
        whom = reason.said.mark.competitor if reason.said else ""
        kinds.append(("target", _("Displace %(whom)s") % {"whom": whom or _("the competitor")}))
    if reason.state not in ("owned", "open"):
        kinds.append(("mark", _("Mark as not to be sold")))
    if reason.said is not None:
        kinds.append(("unmark", _("Take the mark back")))
    return tuple(
        CellDeed(label, cell_work_address(kind, reason.account, reason.product))
        for kind, label in kinds
    )


def _expected(account: str, product: str, value: object, currency: str) -> Figure:
    trace = Trace.of("whitespace.expected", account=account, product=product)
    return Figure(value, "money", currency, trace)  # type: ignore[arg-type]  # a Decimal


def _estimated(
    reason: CellReason, name: Literal["probability", "amount", "expected"]
) -> Figure | None:
    if reason.estimate is None:
        return None
    trace = Trace.of(f"whitespace.{name}", account=reason.account, product=reason.product)
    value = getattr(reason.estimate, name)
    if name == "probability":
        return Figure(value, "rate", "", trace)
    return Figure(value, "money", reason.currency, trace)


def _similar(found: Estimate | None) -> str:
    if found is None:
        return ""
    counts = {"owners": found.owners, "accounts": found.accounts}
    return _("%(owners)s of %(accounts)s similar accounts own it.") % counts


def _first_purchases(found: Estimate | None) -> str:
    if found is None:
        return ""
    counts = {"adopted": found.adopted, "exposed": found.exposed}
    return _("Of %(exposed)s without it a year ago, %(adopted)s bought it since.") % counts
