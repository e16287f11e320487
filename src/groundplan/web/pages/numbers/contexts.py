"""The page of one number, built before anything is rendered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format

from groundplan.charts.numbers import exact, grouped, written
from groundplan.insight.traces import Explanation, Rows
from groundplan.insight.traces.contracts import AccountCell, FactCell, RowColumn
from groundplan.kernel.figures import Figure, Trace
from groundplan.measures.tiers import CUSTOM
from groundplan.web.pages.settings.rules_words import WORDS

from .words import HEADINGS, PARTS, TITLES, VALUES, hidden_line, sentence, worded

CODES = {**VALUES, **WORDS}
NUMERIC = ("money", "number", "share")


@dataclass(frozen=True, slots=True)
class Heading:
    label: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell as text; with an address it links to an account, with a figure to its facts."""

    text: str
    numeric: bool = False
    address: str = ""
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class PartLine:
    sign: str
    label: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class NumberTable:
    """The rows behind the number. `total` is exact, `total_shown` as people read it."""

    headings: tuple[Heading, ...]
    rows: tuple[tuple[CellText, ...], ...]
    count: int
    first: int
    last: int
    total: str
    total_shown: str
    hidden: str
    hidden_total: str
    previous: str
    next: str
    download: str


@dataclass(frozen=True, slots=True)
class NumberPage:
    """A number with its origin; `back` leads to the page it was followed from."""

    title: str
    about: tuple[str, ...]
    value: Figure
    value_exact: str
    formula: str
    parts: tuple[PartLine, ...]
    table: NumberTable | None
    snapshot: str
    as_of: date
    taken_at: datetime
    account_address: str
    back: str


def number_page(found: Explanation, back: str) -> NumberPage:
    """Put an explanation into words."""
    subject = found.subject
    cover = worded(VALUES, subject.cover) if subject.cover else ""
    names = (subject.account, subject.person, subject.team, cover, subject.product)
    base = worded(VALUES, subject.base) if subject.base else ""
    more = (
        subject.category,
        subject.tier,
        subject.territory,
        subject.channel,
        base,
        subject.period,
    )
    value = found.value.value
    return NumberPage(
        title=_title(found.trace),
        about=tuple(name for name in (*names, *more) if name),
        value=Figure(value, found.value.unit, found.value.currency),
        value_exact="" if value is None else exact(value),
        formula=sentence(found.formula, found.words),
        parts=tuple(
            PartLine(part.sign, worded({**TITLES, **PARTS}, part.code), part.figure)
            for part in found.parts
        ),
        table=_table(found, found.rows) if found.rows else None,
        snapshot=found.snapshot,
        as_of=found.as_of,
        taken_at=found.taken_at,
        account_address=_account_address(subject.account_uid),
        back=back,
    )


def _title(trace: Trace) -> str:
    """What the number is called; a fact as its attribute is."""
    attribute = dict(trace.params).get("attribute", "")
    if trace.measure != "account.fact" or not attribute:
        return worded(TITLES, trace.measure)
    name = str(WORDS.get(attribute) or attribute.removeprefix(CUSTOM).replace("_", " "))
    return name[:1].upper() + name[1:]


def csv_lines(found: Explanation) -> Iterable[list[str]]:
    """The headings and rows as plain values for a file; empty without rows."""
    if found.rows is None:
        return
    yield [worded(HEADINGS, column.code) for column in found.rows.columns]
    for row in found.rows.cells:
        yield [_plain(value) for value in row]


def _table(found: Explanation, rows: Rows) -> NumberTable:
    value = found.value
    total = rows.total
    shown = Figure(total, value.unit, value.currency)
    hidden = rows.hidden
    return NumberTable(
        headings=tuple(_heading(column) for column in rows.columns),
        rows=tuple(
            tuple(
                _cell(column, cell, value.currency)
                for column, cell in zip(rows.columns, row, strict=True)
            )
            for row in rows.cells
        ),
        count=rows.count,
        first=rows.start + 1 if rows.cells else 0,
        last=rows.start + len(rows.cells),
        total="" if total is None else exact(total),
        total_shown="" if total is None else written(shown, full=True),
        hidden=hidden_line(hidden.accounts) if hidden else "",
        hidden_total=_hidden_total(found, rows),
        previous=_address(found.trace, rows.previous_start),
        next=_address(found.trace, rows.next_start),
        download=f"{reverse('numbers:rows_csv')}?{found.trace.query()}",
    )


def _hidden_total(found: Explanation, rows: Rows) -> str:
    if rows.hidden is None or rows.hidden.total is None:
        return ""
    return written(Figure(rows.hidden.total, found.value.unit, found.value.currency), full=True)


def _heading(column: RowColumn) -> Heading:
    return Heading(worded(HEADINGS, column.code), column.kind in NUMERIC)


def _cell(column: RowColumn, value: object, currency: str) -> CellText:
    if value is None or value == "":
        return CellText("", column.kind in NUMERIC)
    if isinstance(value, AccountCell):
        return CellText(value.name, address=_account_address(value.uid))
    if isinstance(value, FactCell):
        return CellText(value.unit if value.figure else value.text, figure=value.figure)
    if isinstance(value, Decimal | int | float) and column.kind in NUMERIC:
        return CellText(_number(column, value, currency), numeric=True)
    if isinstance(value, date):
        return CellText(date_format(value))
    return CellText(worded(CODES, str(value)) if column.kind == "code" else str(value))


def _number(column: RowColumn, value: Decimal | float, currency: str) -> str:
    if column.kind == "money":
        return written(Figure(value, "money", currency), full=True)
    if column.kind == "share":
        return written(Figure(value, "share"), full=True)
    return exact(value) if isinstance(value, float) else grouped(value, 0)


def _account_address(uid: str) -> str:
    return reverse("account:page", args=[uid]) if uid else ""


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, AccountCell):
        return value.name
    if isinstance(value, FactCell):
        known = value.figure.value if value.figure else None
        return value.text if known is None else exact(known)
    return exact(value) if isinstance(value, Decimal | float) else str(value)


def _address(trace: Trace, start: int | None) -> str:
    if start is None:
        return ""
    query = urlencode((("measure", trace.measure), *trace.params, ("start", str(start))))
    return f"{reverse('numbers:number')}?{query}"
