"""The parts of an account's page that are loaded after it: they read columns or long logs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from groundplan.book.rules import ACCOUNT_FIELDS, CUSTOM, may_change_owner
from groundplan.book.selectors.accounts import account_of
from groundplan.book.selectors.cells import CELL
from groundplan.book.services.merging import MERGE
from groundplan.book.services.merging_undo import merges_undoable
from groundplan.book.services.undo import undo_tokens
from groundplan.charts import Column, Part, stacked
from groundplan.insight.account import (
    QuarterRevenue,
    WhitespaceLine,
    account_quarters,
    account_whitespace,
)
from groundplan.insight.traces import explain
from groundplan.insight.traces.contracts import FactCell
from groundplan.kernel.errors import NotFound
from groundplan.kernel.figures import Figure, Trace
from groundplan.organisation.selectors import audit_of, calendar
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.web.addresses import cell_value
from groundplan.web.change_values import Names, names_in, worded
from groundplan.web.change_words import ACTIONS, STATES, cell_change, field_word

from .performance import Subject

CHANGES_SHOWN = 50
TOP_CELLS = 8


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """A fiscal quarter of the table."""

    label: str
    recognised: Figure
    backlog: Figure
    weighted: Figure


@dataclass(frozen=True, slots=True)
class History:
    """Revenue by fiscal quarter, as a chart and as a table, latest first."""

    uid: UUID
    name: str
    chart: SafeString
    quarters: tuple[QuarterLine, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A product at the account with why it is worth what it is; `value` names it in forms."""

    value: str
    product: str
    category: str
    state: str
    state_label: str | Promise
    probability: Figure
    amount: Figure
    expected: Figure
    because: str


@dataclass(frozen=True, slots=True)
class Whitespace:
    """What is left to sell, best first, and what stands in the other cells."""

    uid: UUID
    name: str
    top: tuple[Cell, ...]
    more: int
    others: tuple[Cell, ...]
    total: Figure
    may_write: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """A characteristic: the account's value, which may be edited, and whether it has it."""

    name: str
    value: FactCell
    editable: bool
    has: bool


@dataclass(frozen=True, slots=True)
class Why:
    """Why the account has its tier."""

    uid: UUID
    name: str
    reasons: tuple[Reason, ...]
    score: Figure


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did to the account; `undo` is a token where it can be taken back,
    `merge` a merge that can be undone."""

    at: datetime
    actor: str
    action: str | Promise
    changes: tuple[FieldChange, ...]
    undo: str
    merge: UUID | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What people did to the account, latest first."""

    uid: UUID
    name: str
    entries: tuple[Entry, ...]
    more: bool


def history(viewer: Scope, current: CurrentSnapshot | None, uid: UUID) -> History:
    """Raises NotFound for what the viewer may not see."""
    account = account_of(viewer, uid)
    found = account_quarters(current, calendar(), account.pk) if current else ()
    subject = Subject(str(account.uid), current.currency if current else "")
    lines = tuple(_quarter(one, subject) for one in found)
    chart = stacked([_column(line) for line in lines], width=960, height=220) if lines else ""
    return History(account.uid, account.name, SafeString(chart), tuple(reversed(lines)))


def whitespace(viewer: Scope, current: CurrentSnapshot | None, uid: UUID) -> Whitespace:
    """Raises NotFound for what the viewer may not see."""
    account = account_of(viewer, uid)
    found = account_whitespace(current, account.pk) if current else ()
    subject = Subject(str(account.uid), current.currency if current else "")
    cells = [_cell(line, subject) for line in found]
    free = [cell for cell in cells if cell.state == "whitespace"]
    total = sum((_free_amount(line) for line in found), Decimal(0))
    return Whitespace(
        uid=account.uid,
        name=account.name,
        top=tuple(free[:TOP_CELLS]),
        more=max(len(free) - TOP_CELLS, 0),
        others=tuple(cell for cell in cells if cell.state != "whitespace"),
        total=subject.money("whitespace.total", total),
        may_write=viewer.may_write,
    )


def why(viewer: Scope, uid: UUID) -> Why:
    """Each characteristic with the account's value. Raises NotFound as the page does."""
    account = account_of(viewer, uid)
    trace = Trace.of("tier.score", account=account.uid)
    try:
        found = explain(viewer, trace)
    except NotFound:
        # Nothing was published yet: the account is there all the same.
        return Why(account.uid, account.name, (), Figure(None, "score"))
    rows = found.rows.cells if found.rows else ()
    reasons = tuple(_reason(row, may_write=viewer.may_write) for row in rows)
    score = Figure(found.value.value, "score", trace=trace)
    return Why(account.uid, account.name, reasons, score)


def changes(viewer: Scope, uid: UUID) -> Changes:
    """Raises NotFound for what the viewer may not see."""
    account = account_of(viewer, uid)
    rows = list(audit_of("account", str(account.uid))[: CHANGES_SHOWN + 1])
    names = names_in(
        (field, value)
        for row in rows
        for field, change in row.detail.items()
        for value in _ends(change)
    )
    tokens, merges = undo_tokens(viewer, rows), _merges(viewer, account, rows)
    entries = tuple(
        Entry(
            at=row.at,
            actor=row.actor,
            action=ACTIONS.get(row.action, row.action),
            changes=tuple(_change(field, one, names) for field, one in row.detail.items()),
            undo=tokens.get(row.pk, ""),
            merge=merges.get(row.pk),
        )
        for row in rows[:CHANGES_SHOWN]
    )
    return Changes(account.uid, account.name, entries, len(rows) > CHANGES_SHOWN)


def _merges(viewer: Scope, account: Any, rows: Iterable[Any]) -> dict[int, UUID]:
    """The merges that entries tell of and that still stand, by the entry's id."""
    told = {
        row.pk: row.detail["account"].get(MERGE) for row in rows if row.action == "account.merge"
    }
    if not told or not may_change_owner(viewer, account.owner_id):
        return {}
    standing = {str(uid): uid for uid, _name in merges_undoable(viewer, account)}
    return {pk: standing[uid] for pk, uid in told.items() if uid in standing}


def _quarter(one: QuarterRevenue, subject: Subject) -> QuarterLine:
    return QuarterLine(
        label=one.label,
        recognised=subject.money("revenue.recognised", one.recognised, period=one.key),
        backlog=subject.money("revenue.backlog", one.backlog, period=one.key),
        weighted=subject.money("pipeline.weighted", one.weighted, period=one.key),
    )


def _column(line: QuarterLine) -> Column:
    parts = (
        Part("recognised", _("Recognised"), line.recognised),
        Part("backlog", _("Backlog"), line.backlog),
        Part("weighted", _("Weighted pipeline"), line.weighted),
    )
    # "Q1 27": sixteen of the full labels would run into each other.
    return Column(line.label.replace("FY", ""), [part for part in parts if part.figure.value])


def _cell(line: WhitespaceLine, subject: Subject) -> Cell:
    estimate = line.estimate
    product = line.product_uid
    amount = estimate.amount if estimate else None
    expected = estimate.expected if estimate else None
    trace = subject.trace("whitespace.probability", product=product)
    probability = estimate.probability if estimate else None
    return Cell(
        value=cell_value(subject.account, product),
        product=line.product,
        category=line.category,
        state=line.state,
        state_label=STATES[line.state],
        probability=Figure(probability, "rate", trace=trace),
        amount=subject.money("whitespace.amount", amount, product=product),
        expected=subject.money("whitespace.expected", expected, product=product),
        because=_because(line),
    )


def _because(line: WhitespaceLine) -> str:
    estimate = line.estimate
    if estimate is None:
        return _("No look-alike bought it yet.")
    owned = _("Owns %(products)s. ") % {"products": ", ".join(line.because)} if line.because else ""
    return owned + _(
        "%(owners)s of %(accounts)s look-alikes own it; %(adopted)s of %(exposed)s that didn't "
        "bought it within the last 12 months."
    ) % {
        "owners": int(estimate.owners),
        "accounts": int(estimate.accounts),
        "adopted": int(estimate.adopted),
        "exposed": int(estimate.exposed),
    }


def _free_amount(line: WhitespaceLine) -> Decimal:
    if not line.is_counted or line.estimate is None:
        return Decimal(0)
    return line.estimate.expected


def _reason(row: tuple[Any, ...], *, may_write: bool) -> Reason:
    name, value, has, *_points = row
    custom = value.attribute.startswith(CUSTOM)
    editable = may_write and (custom or value.attribute in ACCOUNT_FIELDS)
    return Reason(str(name), value, editable, has == "yes")


def _change(field: str, change: Any, names: Names) -> FieldChange:
    if field.startswith(CELL):
        return FieldChange(*cell_change(change))
    before, after = _ends(change)
    return FieldChange(field_word(field), worded(field, before, names), worded(field, after, names))


def _ends(change: Any) -> tuple[Any, Any]:
    return (change.get("from"), change.get("to")) if isinstance(change, dict) else (None, None)
