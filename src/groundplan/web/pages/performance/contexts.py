"""What the performance pages show: built whole before anything renders."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from groundplan.charts import Goal, Point, landing
from groundplan.insight.contracts import Amounts, YearLanding
from groundplan.insight.selectors import performance, year_lands
from groundplan.kernel.errors import NotFound
from groundplan.kernel.figures import Figure
from groundplan.people.contracts import Scope
from groundplan.people.selectors import visible_persons
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.web.addresses import account_address, person_address

from .asking import Asked, View
from .lines import Line, Params, Row, lines_in
from .tree import branches


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    query: str
    current: bool


@dataclass(frozen=True, slots=True)
class PerformancePage:
    views: tuple[Link, ...]
    years: tuple[Link, ...]
    periods: tuple[Link, ...]
    heading: str
    lines: tuple[Line, ...]
    total: Line
    query: str
    period: str
    elapsed: Figure
    as_of: str
    shown: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    name: str
    year: str
    years: tuple[Link, ...]
    lines: tuple[Line, ...]
    total: Line
    landing: SafeString
    as_of: str
    back: str


def performance_page(viewer: Scope, current: CurrentSnapshot, asked: Asked) -> PerformancePage:
    made = lines_in(current.currency)
    rows, elapsed = _rows(viewer, current, asked)
    period = {"period": asked.period.key}
    whole = _whole(viewer, asked, rows)
    return PerformancePage(
        views=tuple(
            Link(label, f"by={view}&period={asked.period.key}", view == asked.by)
            for view, label in view_words().items()
        ),
        years=_years(asked, f"by={asked.by}&"),
        periods=_periods(asked),
        heading=heading_word(asked.by),
        lines=tuple(made.line(row) for row in rows),
        total=made.line(Row(_("Total"), whole, elapsed, period)),
        query=asked.query,
        period=asked.period.label,
        elapsed=Figure(elapsed, "share"),
        as_of=date_format(current.as_of),
        shown=_("The accounts with the most revenue and pipeline.")
        if asked.by == "account"
        else "",
    )


def person_page(viewer: Scope, current: CurrentSnapshot, asked: Asked, uid: str) -> PersonPage:
    """One person's year by quarter; NotFound for whom the viewer doesn't cover."""
    person = visible_persons(viewer).filter(uid=uid).first()
    if person is None:
        raise NotFound("There is no such person.")
    keys = tuple(quarter.key for quarter in asked.quarters)
    rows = [row for row in performance(viewer, by="owner", periods=keys) if row.key == uid]
    parts = rows[0].periods if rows else tuple(Amounts() for _key in keys)
    params = {"owner": uid}
    made = lines_in(current.currency)
    lines = tuple(
        made.line(
            Row(
                quarter.label,
                amounts,
                quarter.elapsed(current.last_day),
                params | {"period": quarter.key},
            )
        )
        for quarter, amounts in zip(asked.quarters, parts, strict=True)
    )
    year = params | {"period": asked.year.key}
    elapsed = asked.year.elapsed(current.last_day)
    lands = year_lands(viewer, fiscal_year=asked.year.fiscal_year, person_id=person.pk)
    return PersonPage(
        name=person.name,
        year=asked.year.label,
        years=_years(asked, ""),
        lines=lines,
        total=made.line(Row(asked.year.label, Amounts.total(parts), elapsed, year)),
        landing=_landing(lands, current) if lands else SafeString(""),
        as_of=date_format(current.as_of),
        back=f"{reverse('performance:page')}?period={asked.year.key}",
    )


def view_words() -> dict[View, str]:
    return {
        "tree": _("Hierarchy"),
        "owner": _("Person"),
        "team": _("Team"),
        "account": _("Account"),
        "quarter": _("Quarter"),
    }


def heading_word(view: View) -> str:
    return _("Person") if view == "tree" else view_words()[view]


def _whole(viewer: Scope, asked: Asked, rows: tuple[Row, ...]) -> Amounts:
    """Everything the viewer covers. Accounts are credited otherwise and are never all shown."""
    if asked.by == "account":
        found = performance(viewer, by="owner", periods=(asked.period.key,))
        return Amounts.total(row.total for row in found)
    return Amounts.total(row.amounts for row in rows if row.depth == 0)


def _rows(viewer: Scope, current: CurrentSnapshot, asked: Asked) -> tuple[tuple[Row, ...], float]:
    period = {"period": asked.period.key}
    elapsed = asked.period.elapsed(current.last_day)
    if asked.by == "tree":
        return _tree(viewer, asked, elapsed), elapsed
    rows = tuple(
        Row(
            row.label or _nobody(asked.by),
            row.total,
            row.elapsed,
            _params(asked.by, row.key, period),
            address=_address(asked, row.key),
        )
        for row in performance(viewer, by=asked.by, periods=(asked.period.key,))
    )
    return rows, elapsed


def _tree(viewer: Scope, asked: Asked, elapsed: float) -> tuple[Row, ...]:
    found, _elapsed = branches(viewer, asked.period.key)
    return tuple(
        Row(
            branch.name or _nobody("owner"),
            branch.amounts,
            elapsed,
            _branch_params(branch.uid, branch.own, asked.period.key),
            address=_address(asked, branch.uid),
            depth=branch.depth,
            note=_("with reports") if branch.has_reports else "",
        )
        for branch in found
    )


def _branch_params(uid: str, own: bool, period: str) -> Params | None:
    if not uid:
        return None
    return {"owner": uid, "period": period, **({} if own else {"reports": "1"})}


def _params(by: View, key: str, period: Params) -> Params | None:
    """What a row's traces are about; None for what nobody is credited with."""
    if by == "quarter":
        return {"period": key}
    return {by: key, **period} if key else None


def _address(asked: Asked, key: str) -> str:
    if not key:
        return ""
    if asked.by == "account":
        return account_address(key)
    if asked.by in ("owner", "tree"):
        return f"{person_address(key)}?period={asked.year.key}"
    if asked.by == "quarter":
        return f"{reverse('performance:page')}?period={key}"
    return ""


def _nobody(by: View) -> str:
    return _("in no team") if by == "team" else _("credited to nobody")


def _years(asked: Asked, before: str) -> tuple[Link, ...]:
    return tuple(
        Link(year.label, f"{before}period={year.key}", year.key == asked.year.key)
        for year in asked.years
    )


def _periods(asked: Asked) -> tuple[Link, ...]:
    return tuple(
        Link(
            _("Year") if period.kind == "year" else f"Q{period.number}",
            f"by={asked.by}&period={period.key}",
            period.key == asked.period.key,
        )
        for period in (asked.year, *asked.quarters)
    )


def _landing(lands: YearLanding, current: CurrentSnapshot) -> SafeString:
    def money(value: object) -> Figure:
        return Figure(value, "money", current.currency)  # type: ignore[arg-type]  # a Decimal

    points = [
        Point(
            month.label.split(" ")[0],
            money(month.so_far.forecast),
            projected=month.ends_on > lands.as_of,
        )
        for month in lands.months
    ]
    goal = Goal(_("Goal"), money(lands.total.goal)) if lands.total.goal else None
    return SafeString(landing(points, goal))
