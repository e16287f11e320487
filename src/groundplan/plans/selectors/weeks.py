"""What is due in a week, over all plans."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateField,
    DecimalField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, RowNumber

from groundplan.database.prepared import Parameter, prepared
from groundplan.kernel.money import ZERO
from groundplan.people.contracts import Scope
from groundplan.people.selectors import visible_persons
from groundplan.plans.contracts import Week, WeekLine
from groundplan.plans.models import Plan, PlanPart

from .visibility import visible_plans

MOST = 100
"""Tactics of a group: nobody has more in a week that they do."""
OPEN = ("planned", "moved")
GROUPS = ("overdue", "open", "closed")
Of = Literal["mine", "team"]
_LINE = (
    "uid",
    "title",
    "parent__title",
    "plan__uid",
    "plan__title",
    "owner_id",
    "owner__name",
    "due_on",
    "status",
    "reason",
    "hours",
    "hours_logged",
    "version",
    "is_seen",
)


@dataclass(frozen=True, slots=True)
class Sums:
    """Of a group, listed or not."""

    tactics: int = 0
    hours: Decimal = ZERO
    logged: Decimal = ZERO


def week(viewer: Scope, *, of: Of, around: date) -> Week:
    """The tactics of the viewer, or of everybody whom they lead, in the week of a day.

    Their own are listed wherever they stand, others' only in plans that the viewer may see. Where
    a quarter's plan was cut from its year's, the quarter's tactics stand for the year's.
    """
    first = around - timedelta(around.weekday())
    last = first + timedelta(6)
    given = {"person": viewer.person_id, "first": first, "last": last, "most": MOST}
    lines: dict[str, list[WeekLine]] = defaultdict(list)
    for group, *row in _lines(viewer.reach, of).ask(**given):
        lines[group].append(_line(row))
    sums = {group: Sums(*row) for group, *row in _sums(viewer.reach, of).ask(**given)}
    overdue, still, closed = (sums.get(group, Sums()) for group in GROUPS)
    return Week(
        starts_on=first,
        ends_on=last,
        overdue=tuple(lines["overdue"]),
        open=tuple(lines["open"]),
        closed=tuple(lines["closed"]),
        hours=overdue.hours + still.hours,
        hours_logged=still.logged + closed.logged,
        more=max(overdue.tactics, still.tactics, closed.tactics) > MOST,
    )


def week_line(viewer: Scope, uid: UUID) -> WeekLine | None:
    """One tactic as its week has it: the viewer's own, or of somebody whom they lead."""
    for of in ("mine", "team"):
        rows = _tactics(viewer.reach, of).filter(uid=uid, owner__isnull=False, due_on__isnull=False)
        found = rows.filter(owner=viewer.person_id) if of == "mine" else rows
        for row in _said(found, viewer.reach).values_list(*_LINE):
            return _line(row)
    return None


@prepared
def _lines(reach: Scope, of: Of) -> QuerySet[PlanPart, Any]:
    """The first tactics of each group in its order."""
    order = ("due_on", "plan_id", "position", "pk")
    tactics = _within(reach, of).annotate(group=_group())
    placed = tactics.annotate(place=Window(RowNumber(), partition_by="group", order_by=order))
    # Chosen by their keys: what lines say is read of the hundreds that are shown, not of all.
    listed = placed.filter(place__lte=Parameter("most", BigIntegerField()))
    chosen = PlanPart.objects.filter(pk__in=listed.values("pk"))
    return _said(chosen, reach).order_by(*order).values_list(_group(), *_LINE)


@prepared
def _sums(reach: Scope, of: Of) -> QuerySet[PlanPart, Any]:
    grouped = _within(reach, of).order_by().values(group=_group())
    summed = grouped.annotate(
        tactics=Count("pk"), planned=_sum("hours"), spent=_sum("hours_logged")
    )
    return summed.values_list("group", "tactics", "planned", "spent")


def _within(reach: Scope, of: Of) -> QuerySet[PlanPart]:
    """Tactics that are open and due by the week's end, or due in it."""
    first, last = Parameter("first", DateField()), Parameter("last", DateField())
    is_open = Q(status__in=OPEN)
    tactics = _tactics(reach, of).filter(Q(due_on__gte=first) | is_open, due_on__lte=last)
    if of == "mine":
        tactics = tactics.filter(owner=Parameter("person", BigIntegerField()))
    return tactics


def _group() -> Case:
    """The group of a tactic in the week that begins on `first`."""
    return Case(
        When(due_on__lt=Parameter("first", DateField()), then=Value("overdue")),
        When(status__in=OPEN, then=Value("open")),
        default=Value("closed"),
        output_field=CharField(),
    )


def _tactics(reach: Scope, of: Of) -> QuerySet[PlanPart]:
    """Tactics that weeks have; `mine` are not yet the viewer's only."""
    cut = Plan.objects.filter(
        parent=OuterRef("plan_id"),
        previous=OuterRef("plan_id"),
        starts_on__lte=OuterRef("due_on"),
        ends_on__gte=OuterRef("due_on"),
    )
    tactics = PlanPart.objects.filter(
        ~Q(plan__state="closed"),
        ~Q(Exists(cut)),
        kind="tactic",
        removed_at__isnull=True,
        is_suggested=False,
    )
    if of == "mine":
        return tactics
    seen = Exists(visible_plans(reach).filter(pk=OuterRef("plan_id")))
    return tactics.filter(seen, owner__in=visible_persons(reach))


def _said(tactics: QuerySet[PlanPart], reach: Scope) -> QuerySet[PlanPart]:
    """With what their lines say beside their columns."""
    return tactics.annotate(
        is_seen=Exists(visible_plans(reach).filter(pk=OuterRef("plan_id"))),
        reason=KT("values__reason"),
        hours=KT("values__hours"),
        hours_logged=KT("values__hours_logged"),
    )


def _sum(name: str) -> Sum:
    number: DecimalField[Any, Any] = DecimalField(max_digits=16, decimal_places=4)
    return Sum(Coalesce(Cast(KT(f"values__{name}"), number), Value(ZERO), output_field=number))


def _line(row: Sequence[Any]) -> WeekLine:
    uid, title, above, plan, plan_title, owner, name, due_on, status, *said = row
    reason, hours, logged, version, is_seen = said
    return WeekLine(
        uid=uid,
        title=title,
        above=above or "",
        plan=plan if is_seen else None,
        plan_title=plan_title if is_seen else "",
        owner=owner,
        owner_name=name,
        due_on=due_on,
        status=status,
        reason=reason or "",
        hours=Decimal(hours) if hours else None,
        hours_logged=Decimal(logged) if logged else None,
        version=version,
    )
