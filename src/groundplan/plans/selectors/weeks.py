"""What is due in a week, over all plans."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from groundplan.people.contracts import Scope
from groundplan.people.selectors import visible_persons
from groundplan.plans.contracts import Week, WeekLine
from groundplan.plans.models import Plan, PlanPart

from .visibility import visible_plans

MOST = 500
OPEN = ("planned", "moved")
_COLUMNS = (
    "uid",
    "title",
    "parent__title",
    "plan__uid",
    "plan__title",
    "owner_id",
    "owner__name",
    "due_on",
    "status",
    "values",
    "version",
    "is_seen",
)


def week(viewer: Scope, *, of: Literal["mine", "team"], around: date) -> Week:
    """The tactics of the viewer, or of everybody whom they lead, in the week of a day.

    Their own are listed wherever they stand, others' only in plans that the viewer may see. Where
    a quarter's plan was cut from its year's, the quarter's tactics stand for the year's.
    """
    starts_on = around - timedelta(around.weekday())
    ends_on = starts_on + timedelta(6)
    rows = _tactics(viewer, of)
    late = rows.filter(due_on__lt=starts_on, status__in=OPEN)
    due = rows.filter(due_on__range=(starts_on, ends_on))
    overdue, now = _lines(late), _lines(due)
    return Week(
        starts_on=starts_on,
        ends_on=ends_on,
        overdue=overdue[:MOST],
        due=now[:MOST],
        more=max(len(overdue), len(now)) > MOST,
    )


def _tactics(viewer: Scope, of: str) -> QuerySet[PlanPart]:
    if viewer.person_id is None and of == "mine":
        return PlanPart.objects.none()
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
    ).annotate(is_seen=Exists(visible_plans(viewer).filter(pk=OuterRef("plan_id"))))
    if of == "mine":
        return tactics.filter(owner_id=viewer.person_id)
    return tactics.filter(owner__in=visible_persons(viewer), is_seen=True)


def _lines(rows: QuerySet[PlanPart]) -> tuple[WeekLine, ...]:
    ordered = rows.order_by("due_on", "plan_id", "position", "pk")
    return tuple(_line(*row) for row in ordered.values_list(*_COLUMNS)[: MOST + 1])


def _line(*row: Any) -> WeekLine:
    uid, title, above, plan, plan_title, owner, name, due_on, status, values, version, seen = row
    return WeekLine(
        uid=uid,
        title=title,
        above=above or "",
        plan=plan if seen else None,
        plan_title=plan_title if seen else "",
        owner=owner,
        owner_name=name,
        due_on=due_on,
        status=status,
        reason=values.get("reason", ""),
        hours=_hours(values.get("hours")),
        hours_logged=_hours(values.get("hours_logged")),
        version=version,
    )


def _hours(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
