"""My book as its template shows it: built whole before anything renders."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from django.db.models import Count, Sum
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from groundplan.charts import Goal, Part, Point, bullet, landing
from groundplan.insight.contracts import Amounts, YearLanding
from groundplan.insight.selectors import results_of, year_lands
from groundplan.kernel.figures import Figure, Trace
from groundplan.kernel.money import ZERO
from groundplan.kernel.periods import Period, of_kind
from groundplan.organisation.selectors import calendar
from groundplan.people.contracts import Scope
from groundplan.people.selectors import visible_persons
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.web.emptiness import Nothing, why_nothing

from .lands import Lands, lands_of
from .mending import Need, Overdue, needs_of, overdue_of
from .tiers import TierGroup, tier_groups

Book = Literal["mine", "team"]


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose book is open. `persons` None is everybody's and nobody's."""

    scope: Book
    persons: tuple[int, ...] | None
    may_switch: bool


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The year's numbers, each leading to its facts."""

    goal: Figure
    actual: Figure
    recognised: Figure
    backlog: Figure
    forecast: Figure
    gap: Figure
    attained: Figure
    pace: Figure
    whitespace: Figure


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """A fiscal quarter against its quota."""

    label: str
    is_current: bool
    goal: Figure
    actual: Figure
    forecast: Figure
    gap: Figure
    bar: SafeString


@dataclass(frozen=True, slots=True)
class BookPage:
    """Everything the page shows; `figures` is None before the first analysis, for which
    `nothing` tells why."""

    whose: Whose
    year: str
    elapsed: int
    currency: str
    as_of: date | None
    figures: KeyFigures | None
    bar: SafeString
    chart: SafeString
    lands: Lands | None
    quarters: tuple[QuarterLine, ...]
    tiers: tuple[TierGroup, ...]
    needs: tuple[Need, ...]
    overdue: tuple[Overdue, ...]
    nothing: Nothing | None
    may_import: bool

    @property
    def is_clean(self) -> bool:
        return not self.needs and not self.overdue


def whose_book(viewer: Scope, asked: str) -> Whose:
    """The book asked for, else the team's for whoever has one."""
    has_own = viewer.person_id is not None
    may_switch = has_own and viewer.sees_reports
    scope: Book = "team" if viewer.sees_reports else "mine"
    if asked == "mine" and has_own:
        scope = "mine"
    if scope == "mine":
        return Whose("mine", (viewer.person_id,) if viewer.person_id else (), may_switch)
    if viewer.sees_all:
        return Whose("team", None, may_switch)
    return Whose("team", tuple(visible_persons(viewer).values_list("pk", flat=True)), may_switch)


def book_page(viewer: Scope, current: CurrentSnapshot | None, whose: Whose) -> BookPage:
    """The page; the number of queries doesn't depend on what it holds."""
    year = _landing(viewer, whose) if current else None
    currency = current.currency if current else ""
    tiers, whitespace = _tiers(viewer, current, whose)
    return BookPage(
        whose=whose,
        year=year.label if year else "",
        elapsed=round(year.elapsed * 100) if year else 0,
        currency=currency,
        as_of=current.as_of if current else None,
        figures=_figures(year, whitespace, whose, currency) if year else None,
        bar=_bar(year.total, currency, None, 20) if year else SafeString(""),
        chart=_chart(year, currency) if year else SafeString(""),
        lands=lands_of(viewer, current, whose.persons, year.total.goal)
        if current and year
        else None,
        quarters=_quarters(year, whose, currency) if year else (),
        tiers=tiers,
        needs=needs_of(viewer, whose.scope, whose.persons),
        overdue=overdue_of(viewer, whose.persons, currency),
        nothing=None if year else why_nothing(viewer),
        may_import=viewer.may_import,
    )


def _landing(viewer: Scope, whose: Whose) -> YearLanding | None:
    if whose.scope == "mine":
        return year_lands(viewer, person_id=viewer.person_id or 0)
    return year_lands(viewer)


def _tiers(
    viewer: Scope, current: CurrentSnapshot | None, whose: Whose
) -> tuple[tuple[TierGroup, ...], Decimal]:
    """The tiers with their first accounts, and the whitespace of all of them together."""
    if current is None:
        return (), ZERO
    found = results_of(viewer, current)
    if whose.persons is not None:
        found = found.filter(account__owner__in=whose.persons)
    sums = {
        tier: (count, expected)
        for tier, count, expected in found.order_by()
        .values_list("effective_tier")
        .annotate(Count("pk"), Sum("whitespace"))
    }
    total = sum((expected for _count, expected in sums.values()), ZERO)
    counts = {tier: count for tier, (count, _expected) in sums.items()}
    return tier_groups(viewer, current, whose.scope, found, counts), total


def _figures(year: YearLanding, whitespace: Decimal, whose: Whose, currency: str) -> KeyFigures:
    total, key = year.total, year.key
    attained = total.attained
    pace = attained / year.elapsed if attained is not None and year.elapsed else None

    def money(measure: str, value: Decimal) -> Figure:
        return Figure(value, "money", currency, Trace.of(measure, scope=whose.scope, period=key))

    return KeyFigures(
        goal=money("goal", total.goal),
        actual=money("revenue.actual", total.actual),
        recognised=money("revenue.recognised", total.recognised),
        backlog=money("revenue.backlog", total.backlog),
        forecast=money("revenue.forecast", total.forecast),
        gap=money("goal.gap", total.gap),
        attained=Figure(
            attained, "share", "", Trace.of("goal.attained", scope=whose.scope, period=key)
        ),
        pace=Figure(pace, "share", "", Trace.of("pace", scope=whose.scope, period=key)),
        whitespace=Figure(
            whitespace, "money", currency, Trace.of("whitespace.total", scope=whose.scope)
        ),
    )


def _quarters(year: YearLanding, whose: Whose, currency: str) -> tuple[QuarterLine, ...]:
    """The months added up by quarter."""
    cut = calendar()
    lines = []
    for quarter in of_kind(cut.periods(cut.fiscal_year_of(year.as_of)), "quarter"):
        amounts = Amounts.total(
            month.month for month in year.months if quarter.contains(month.ends_on)
        )
        lines.append(_quarter_line(quarter, amounts, whose.scope, currency, day=year.as_of))
    return tuple(lines)


def _quarter_line(
    quarter: Period, amounts: Amounts, scope: str, currency: str, *, day: date
) -> QuarterLine:
    def money(measure: str, value: Decimal) -> Figure:
        trace = Trace.of(measure, scope=scope, period=quarter.key)
        return Figure(value, "money", currency, trace)

    return QuarterLine(
        label=quarter.label,
        is_current=quarter.contains(day),
        goal=money("goal", amounts.goal),
        actual=money("revenue.actual", amounts.actual),
        forecast=money("revenue.forecast", amounts.forecast),
        gap=money("goal.gap", amounts.gap),
        bar=_bar(amounts, currency, 96, 14),
    )


def _bar(amounts: Amounts, currency: str, width: int | None, height: int) -> SafeString:
    """Recognised, backlog and weighted pipeline against the goal's tick."""
    parts = (
        Part("recognised", _("Recognised"), Figure(amounts.recognised, "money", currency)),
        Part("backlog", _("Backlog"), Figure(amounts.backlog, "money", currency)),
        Part("weighted", _("Weighted pipeline"), Figure(amounts.weighted, "money", currency)),
    )
    goal = Goal(_("Goal"), Figure(amounts.goal, "money", currency)) if amounts.goal else None
    return SafeString(bullet(parts, goal, width=width, height=height))


def _chart(year: YearLanding, currency: str) -> SafeString:
    """Running totals: booked up to the month of the results, forecast beyond."""
    cut = calendar()
    middles = (period.middle for period in cut.months(cut.fiscal_year_of(year.as_of)))
    points = [
        Point(
            date_format(middle, "M"),
            Figure(
                month.so_far.forecast if month.ends_on >= year.as_of else month.so_far.actual,
                "money",
                currency,
            ),
            projected=month.ends_on >= year.as_of,
        )
        for month, middle in zip(year.months, middles, strict=True)
    ]
    goal = Goal(_("Goal"), Figure(year.total.goal, "money", currency)) if year.total.goal else None
    return SafeString(landing(points, goal))
