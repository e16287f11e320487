"""Who is on a plan's team, and which plans wait for the viewer's acceptance."""

from uuid import UUID

from django.db.models import Max

from groundplan.book.selectors.visibility import who_sees
from groundplan.people.contracts import Scope
from groundplan.people.selectors import scopes_of_persons
from groundplan.plans.contracts import MemberLine, PlanLine, QueueLine
from groundplan.plans.models import Plan, PlanMember, PlanVersion
from groundplan.plans.rules.permissions import Stake, may_accept

from .plans import plan_lines, plan_of
from .visibility import visible_plans

MOST = 200
SUBMITTED = "submitted"


def members_of(viewer: Scope, uid: UUID | str) -> tuple[MemberLine, ...]:
    """A plan's team in the order in which they came. Raises NotFound."""
    plan = plan_of(viewer, uid)
    rows = list(PlanMember.objects.filter(plan=plan).select_related("person").order_by("pk"))
    seeing = _seeing(plan, {row.person_id for row in rows})
    return tuple(
        MemberLine(
            id=row.pk,
            person=row.person.uid,
            name=row.person.name,
            function=row.function,
            section=row.section,
            signed_at=row.signed_at,
            is_viewer=row.person_id == viewer.person_id,
            sees=row.person_id in seeing,
        )
        for row in rows
    )


def _seeing(plan: Plan, persons: set[int]) -> set[int | None]:
    """The persons who see the plan's account: a territory's plan is seen by its whole team."""
    if plan.account_id is None or not persons:
        return {*persons}
    return who_sees(plan.account_id, scopes_of_persons(persons).values())


def queue(viewer: Scope) -> list[QueueLine]:
    """Submitted plans that the viewer may accept, those that wait longest first."""
    plans = visible_plans(viewer).filter(state=SUBMITTED)
    lines = {line.uid: line for line in plan_lines(plans.order_by("changed_at")[:MOST])}
    latest = (
        PlanVersion.objects.filter(plan__uid__in=list(lines), state=SUBMITTED)
        .values("plan")
        .annotate(last=Max("pk"))
        .values("last")
    )
    versions = PlanVersion.objects.filter(pk__in=latest).select_related("plan__owner")
    return [
        _waiting(viewer, lines[version.plan.uid], version)
        for version in versions.defer("graph").order_by("pk")
        if _may_accept(viewer, version)
    ]


def _waiting(viewer: Scope, plan: PlanLine, version: PlanVersion) -> QueueLine:
    manager = version.plan.manager_id
    return QueueLine(
        plan=plan,
        submitted_at=version.at,
        submitted_by=version.actor,
        errors=version.errors,
        warnings=version.warnings,
        fact_ratio=version.facts / version.cited if version.cited else None,
        is_mine=manager is not None and manager == viewer.person_id,
    )


def _may_accept(viewer: Scope, version: PlanVersion) -> bool:
    plan = version.plan
    return may_accept(viewer, Stake(plan.owner_id, plan.owner.path, plan.manager_id))
