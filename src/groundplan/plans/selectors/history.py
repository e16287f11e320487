"""Objectives that a new plan suggests, from the period before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from django.db.models import Sum
from django.utils.translation import gettext

from groundplan.insight.selectors.results import results_of
from groundplan.kernel.evidence import Evidence
from groundplan.kernel.figures import Trace
from groundplan.kernel.ids import uuid7
from groundplan.kernel.money import ZERO
from groundplan.kernel.periods import Period
from groundplan.organisation.selectors import calendar
from groundplan.plans.contracts import Cited, Objective
from groundplan.plans.models import Plan
from groundplan.plans.rules.metrics import metric_of
from groundplan.plans.rules.periods import period_of
from groundplan.snapshots.contracts import CurrentSnapshot

from .counted import accounts_of, money_of, new_logos, touches
from .outlook import outlook_of
from .reach import Reach, subject_of
from .wording import counted_said, latest_said, money_said, pipeline_said, range_said

Per = Literal["", "month", "quarter"]
YEAR = timedelta(days=365)
FIGURES = 3
"""Objectives are round: to so many leading figures."""


@dataclass(frozen=True, slots=True)
class Before:
    """The days that history is taken from, and what they are called."""

    first: date
    last: date
    label: str
    period: str
    """The fiscal period's key; empty for twelve months that are none."""


@dataclass(frozen=True, slots=True)
class Found:
    """A metric's number in the days before, for each `per`."""

    metric: str
    number: Decimal
    per: Per = ""


def objectives(reach: Reach, shown: CurrentSnapshot) -> tuple[Objective, ...]:
    """Suggested objectives: what the same period of the year before brought, by metric.

    Where that year isn't over, the twelve months before the day of the results stand for it.
    """
    before = _before(reach.plan, shown)
    found = _found(reach, shown, before)
    return tuple(_objective(reach, one, before, shown) for one in found if one.number > 0)


def _before(plan: Plan, shown: CurrentSnapshot) -> Before:
    cut = calendar()
    period = period_of(cut, plan.period)
    same = _same(cut.periods(period.fiscal_year - 1), period)
    if same.ends_on <= shown.last_day:
        return Before(same.starts_on, same.ends_on, same.label, same.key)
    last = shown.as_of - timedelta(days=1)
    first = last - timedelta(days=period.days - 1)
    return Before(first, last, latest_said(is_year=period.kind == "year"), "")


def _same(periods: list[Period], period: Period) -> Period:
    return next(one for one in periods if (one.kind, one.number) == (period.kind, period.number))


def _found(reach: Reach, shown: CurrentSnapshot, before: Before) -> Iterator[Found]:
    yield Found("revenue", _revenue(reach, shown, before))
    yield Found("pipeline", money_of(reach, shown, reach.plan.period).open_amount)
    met = touches(reach, before.first, before.last)
    quarters = round((before.last - before.first).days / 91.25)
    per: Per = "quarter" if quarters > 1 else "month"
    times = quarters if quarters > 1 else 3
    yield Found("meetings", _whole(Decimal(met.meetings) / times), per)
    if reach.plan.account_id is None:
        logos = new_logos(reach, shown, before.first, before.last)
        yield Found("new_logos", Decimal(logos or 0))
        yield Found("campaigns", _whole(Decimal(met.campaigns) / times), per)
        yield Found("coverage", _share(met.reached, met.accounts))


def _revenue(reach: Reach, shown: CurrentSnapshot, before: Before) -> Decimal:
    if before.period:
        return money_of(reach, shown, before.period).actual
    accounts = accounts_of(reach).values("pk")
    found = results_of(reach.viewer, shown).filter(account__in=accounts).order_by()
    total: Decimal = found.aggregate(sum=Sum("revenue_12m"))["sum"] or ZERO
    return total * ((before.last - before.first).days + 1) / YEAR.days


def _whole(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def _share(part: int, whole: int) -> Decimal:
    return _whole(Decimal(100 * part) / whole) if whole else ZERO


def rounded(amount: Decimal) -> Decimal:
    """To three leading figures: 1,234,567 is 1,230,000."""
    if amount <= 0:
        return ZERO
    place = Decimal(1).scaleb(amount.adjusted() - FIGURES + 1)
    found = (amount / place).quantize(Decimal(1), rounding=ROUND_HALF_UP) * place
    return found.quantize(min(place, Decimal(1)))


def _objective(reach: Reach, found: Found, before: Before, shown: CurrentSnapshot) -> Objective:
    target = found.number
    cited = [_evidence(reach, found, before, shown)]
    if found.metric == "revenue":
        target, *more = _within_range(reach, target, shown)
        cited += more
    return Objective(
        uid=uuid7(),
        title=gettext(metric_of(found.metric).name),
        is_suggested=True,
        metric=found.metric,
        target=rounded(target) if metric_of(found.metric).unit == "money" else target,
        per=found.per,
        due_on=reach.plan.ends_on,
        evidence=tuple(Cited(one, True) for one in cited),
    )


def _within_range(
    reach: Reach, number: Decimal, shown: CurrentSnapshot
) -> tuple[Decimal, *tuple[Evidence, ...]]:
    """The number, no lower than P10 and no higher than P90 where a range is foretold, and that
    range as what it rests on."""
    outlook = outlook_of(reach, shown)
    low, high = outlook.p10, outlook.p90
    if low is None or high is None:
        return (number,)
    label = range_said(low, high, shown.currency)
    days = f"{reach.plan.starts_on.isoformat()}/{reach.plan.ends_on.isoformat()}"
    return min(max(number, low), high), Evidence("range", days, label, shown.as_of)


def _evidence(reach: Reach, found: Found, before: Before, shown: CurrentSnapshot) -> Evidence:
    """The number's own page where it has one, else the days that were counted."""
    subject, period = subject_of(reach), reach.plan.period
    name = metric_of(found.metric).name
    if found.metric == "pipeline":
        trace = Trace.of("pipeline.open", period=period, **subject)
        label = pipeline_said(name, found.number, shown.currency)
        return Evidence("number", trace.query(), label, shown.as_of)
    if found.metric == "revenue":
        trace = Trace.of("revenue.12m", **subject)
        if before.period:
            trace = Trace.of("revenue.actual", period=before.period, **subject)
        label = money_said(name, before.label, found.number, shown.currency)
        return Evidence("number", trace.query(), label, shown.as_of)
    each = found.per or ("%" if metric_of(found.metric).unit == "percent" else "")
    days = f"{before.first.isoformat()}/{before.last.isoformat()}"
    label = counted_said(name, before.label, found.number, each)
    return Evidence("counted", days, label, shown.as_of)
