"""The rows of performance as their template shows them: every text and number ready."""

from dataclasses import dataclass
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from groundplan.insight.contracts import Amounts
from groundplan.kernel.figures import Figure, Trace
from groundplan.web.progress import Progress, progress
from groundplan.web.templatetags.figures import figure

BAR_WIDTH = 160
Params = dict[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A row: somebody or something with goal, revenue and pipeline, each with its trace.

    `name` leads to the row's own page where it has one.
    """

    name: str
    note: SafeString
    depth: int
    bar: SafeString
    goal: SafeString
    recognised: SafeString
    backlog: SafeString
    weighted: SafeString
    forecast: SafeString
    gap: SafeString
    pace: SafeString
    amounts: Amounts

    @property
    def template(self) -> str:
        return "performance/row.html"


@dataclass(frozen=True, slots=True)
class Row:
    """What a line is made of: `params` are what its traces are about, None for what nobody is
    credited with, `elapsed` is the share of its period that is over."""

    label: str
    amounts: Amounts
    elapsed: float
    params: Params | None
    address: str = ""
    depth: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Makes lines in one currency; what they share is drawn once for all of them."""

    currency: str
    bars: Progress
    unknown: SafeString
    unbegun: SafeString

    def line(self, row: Row) -> Line:
        amounts, traced = row.amounts, tuple(sorted((row.params or {}).items()))

        def money(measure: str, value: Decimal, *, signed: bool = False) -> SafeString:
            trace = Trace(measure, traced) if row.params is not None else None
            return figure(Figure(value, "money", self.currency, trace), signed=signed)

        return Line(
            name=_name(row),
            note=_note(row),
            depth=row.depth,
            bar=self.bars.bar(amounts.recognised, amounts.backlog, amounts.weighted, amounts.goal),
            goal=money("goal", amounts.goal) if amounts.goal else self.unknown,
            recognised=money("revenue.recognised", amounts.recognised),
            backlog=money("revenue.backlog", amounts.backlog),
            weighted=money("pipeline.weighted", amounts.weighted),
            forecast=money("revenue.forecast", amounts.forecast),
            gap=money("goal.gap", amounts.gap, signed=True) if amounts.goal else self.unknown,
            pace=self._pace(row, traced),
            amounts=amounts,
        )

    def _pace(self, row: Row, traced: tuple[tuple[str, str], ...]) -> SafeString:
        attained = row.amounts.attained
        if attained is None:
            return self.unknown
        if not row.elapsed:
            return self.unbegun
        trace = Trace("pace", traced) if row.params is not None else None
        return figure(Figure(attained / row.elapsed, "share", "", trace))


def lines_in(currency: str) -> Lines:
    unknown, unbegun = (
        mark_safe(render_to_string(f"components/{name}.html"))  # noqa: S308 - a template
        for name in ("no_goal", "not_begun")
    )
    return Lines(currency, progress(currency, width=BAR_WIDTH), unknown, unbegun)


def _name(row: Row) -> str:
    if not row.address:
        return row.label
    return format_html('<a class="name" href="{}">{}</a>', row.address, row.label)


def _note(row: Row) -> SafeString:
    if not row.note:
        return mark_safe("")
    return format_html(' <span class="muted meta">{}</span>', row.note)
