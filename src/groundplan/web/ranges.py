"""A range of revenue as pages show it: a bar and its numbers, each with its trace."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from groundplan.charts import Goal, Part, Span, span, widest
from groundplan.insight.ranges.contracts import Cut, RangeLine
from groundplan.kernel.figures import Figure, Trace

BAR_WIDTH = 220

PARAMETERS: dict[Cut, str] = {
    "person": "owner",
    "below": "owner",
    "tier": "tier",
    "territory": "territory",
    "category": "category",
    "channel": "channel",
}
"""The parameter of a trace that names a group of the cut."""


@dataclass(frozen=True, slots=True)
class RangeRow:
    name: str
    bar: SafeString
    p10: Figure
    p50: Figure
    p90: Figure
    certain: Figure
    booked: Figure
    continuing: Figure
    weighted: Figure
    first: Figure
    goal: Figure | None


def range_rows(
    currency: str,
    lines: Sequence[RangeLine],
    goals: dict[str, Decimal] | None = None,
    account: str = "",
    period: str = "",
) -> tuple[RangeRow, ...]:
    """The rows of lines that are compared, on one scale.

    `goals` are by the lines' keys; `account` is the uid of the account that the line is of,
    `period` the quarter's key where they are no year's.
    """
    money, wanted = _Money(currency, account, period), goals or {}
    highs = [money.plain(line.p90) for line in lines]
    scale = widest(highs, [money.plain(goal) for goal in wanted.values()])
    return tuple(_row(line, money, scale, wanted.get(line.key)) for line in lines)


@dataclass(frozen=True, slots=True)
class _Money:
    """Makes figures in one currency; `account` is the address of the account they are of."""

    currency: str
    account: str = ""
    period: str = ""

    def plain(self, amount: Decimal) -> Figure:
        return Figure(amount, "money", self.currency)

    def traced(self, code: str, amount: Decimal, line: RangeLine) -> Figure:
        named = {PARAMETERS[line.cut]: line.key} if line.cut in PARAMETERS else {}
        if line.cut == "below":
            named["reports"] = "1"
        if self.account:
            named = {"account": self.account}
        if self.period:
            named["period"] = self.period
        return Figure(amount, "money", self.currency, Trace.of(f"range.{code}", **named))

    def assumed(self, amount: Decimal) -> Figure:
        return Figure(amount, "money", self.currency, assumed=True)


def _row(line: RangeLine, money: _Money, scale: float, goal: Decimal | None) -> RangeRow:
    def of(code: str, amount: Decimal) -> Figure:
        return money.traced(code, amount, line)

    p10, p50, p90 = of("p10", line.p10), of("p50", line.p50), of("p90", line.p90)
    certain = of("certain", line.parts.certain)
    wanted = money.plain(goal) if goal else None
    shown = Span(
        Part("recognised", _("Certain"), certain),
        Part("weighted", "P10", p10),
        Part("weighted", "P50", p50),
        Part("weighted", "P90", p90),
    )
    tick = Goal(_("Goal"), wanted) if wanted else None
    return RangeRow(
        name=_name(line),
        bar=mark_safe(span(shown, scale, tick, width=BAR_WIDTH)),  # noqa: S308 - numbers alone
        p10=p10,
        p50=p50,
        p90=p90,
        certain=certain,
        booked=of("booked", line.parts.booked),
        continuing=money.assumed(line.parts.continuing),
        weighted=of("weighted", line.parts.weighted),
        first=money.assumed(line.parts.first),
        goal=wanted,
    )


def _name(line: RangeLine) -> str:
    return _("Everything") if line.cut == "all" else line.label
