"""One part as a value, without reading the others of its plan."""

from typing import Any, cast
from uuid import UUID

from groundplan.kernel.errors import NotFound
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import AnyPart, Kind
from groundplan.plans.models import PlanPart
from groundplan.plans.rules.typing import part_of

from .plans import part_row


def part_in_plan(viewer: Scope, plan: UUID, uid: UUID) -> PlanPart:
    """A part of this plan. Raises NotFound, also where it is another plan's."""
    row = part_row(viewer, uid)
    if row.plan.uid != plan:
        raise NotFound("There is no such part in this plan.", mend="Reload the plan.")
    return row


def typed_part(row: PlanPart) -> AnyPart:
    """The part of a row that `part_row` gave."""
    kind = cast("Kind", row.kind)
    base = {
        "uid": row.uid,
        "title": row.title,
        "parent": row.parent.uid if row.parent else None,
        "position": row.position,
        "is_suggested": row.is_suggested,
        "version": row.version,
    }
    columns: dict[str, Any] = {
        "owner": row.owner_id,
        "due_on": row.due_on,
        "status": row.status,
    }
    return part_of(kind, base, {**row.values, **columns})


def siblings_of(row: PlanPart) -> list[tuple[UUID, str]]:
    """The parts beside this one, itself included, in their order: uid and title."""
    parts = PlanPart.objects.filter(plan_id=row.plan_id, kind=row.kind, removed_at__isnull=True)
    beside = parts.filter(parent_id=row.parent_id).order_by("position", "pk")
    return list(beside.values_list("uid", "title"))


def homes_of(row: PlanPart, kinds: tuple[Kind, ...]) -> list[tuple[UUID, str, str]]:
    """Where a part could hang: uid, kind and title of the plan's parts of these kinds."""
    parts = PlanPart.objects.filter(plan_id=row.plan_id, kind__in=kinds, removed_at__isnull=True)
    return list(parts.order_by("kind", "position", "pk").values_list("uid", "kind", "title"))
