"""An account's numbers as figures, each with the way back to its facts."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from groundplan.insight.account import FamilyTotals
from groundplan.insight.account_list import AccountRow
from groundplan.kernel.figures import Figure, Trace
from groundplan.web.progress import progress

Numbers = AccountRow | FamilyTotals


@dataclass(frozen=True, slots=True)
class Performance:
    """Numbers of an account, or of it with its divisions, against the fiscal year's goal."""

    goal: Figure
    recognised: Figure
    backlog: Figure
    actual: Figure
    weighted: Figure
    forecast: Figure
    gap: Figure
    revenue: Figure
    whitespace: Figure
    expected: Figure
    bar: SafeString


@dataclass(frozen=True, slots=True)
class Subject:
    """What numbers are about: an account (its uid), `family` with its divisions."""

    account: str
    currency: str
    family: bool = False

    def trace(self, measure: str, **more: object) -> Trace:
        return Trace.of(measure, account=self.account, family=1 if self.family else "", **more)

    def money(self, measure: str, value: Decimal | None, **more: object) -> Figure:
        return Figure(value, "money", self.currency, self.trace(measure, **more))


def performance_of(numbers: Numbers, subject: Subject) -> Performance:
    """The figures; a gap is known only where there is a goal."""
    recognised, backlog = numbers.recognised, numbers.backlog
    known = recognised is not None and backlog is not None
    forecast = numbers.forecast
    gap = forecast - numbers.goal if forecast is not None and numbers.goal is not None else None
    return Performance(
        goal=subject.money("goal", numbers.goal),
        recognised=subject.money("revenue.recognised", recognised),
        backlog=subject.money("revenue.backlog", backlog),
        actual=subject.money(
            "revenue.actual",
            (recognised or Decimal(0)) + (backlog or Decimal(0)) if known else None,
        ),
        weighted=subject.money("pipeline.weighted", numbers.weighted),
        forecast=subject.money("revenue.forecast", forecast),
        gap=subject.money("goal.gap", gap),
        revenue=subject.money("revenue.12m", numbers.revenue_12m),
        whitespace=subject.money("whitespace.total", numbers.whitespace),
        expected=subject.money("expected", numbers.expected),
        bar=progress(subject.currency, height=24).bar(
            recognised, backlog, numbers.weighted, numbers.goal
        ),
    )
