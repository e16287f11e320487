"""Plans and parts by name, for what is said about them elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from groundplan.people.contracts import Scope
from groundplan.plans.models import PlanPart

from .visibility import visible_plans


@dataclass(frozen=True, slots=True)
class Named:
    """What a plan or a part is called, and the plan that it belongs to."""

    label: str
    plan: UUID


def plans_named(viewer: Scope, keys: Sequence[str]) -> dict[str, Named]:
    """The plans among `keys` that the viewer may see."""
    rows = visible_plans(viewer).filter(uid__in=_uids(keys)).values_list("uid", "title")
    return {str(uid): Named(title, uid) for uid, title in rows}


def parts_named(viewer: Scope, keys: Sequence[str]) -> dict[str, Named]:
    """The parts among `keys`, of plans that the viewer may see, that weren't removed."""
    rows = PlanPart.objects.filter(
        Exists(visible_plans(viewer).filter(pk=OuterRef("plan_id"))),
        uid__in=_uids(keys),
        removed_at__isnull=True,
    ).values_list("uid", "title", "plan__title", "plan__uid")
    return {str(uid): Named(title or plan, plan_uid) for uid, title, plan, plan_uid in rows}


def plans_worked(viewer: Scope, keys: Sequence[str]) -> dict[str, Named]:
    """The plans among `keys` that the viewer may see or has a tactic in; without a name where they
    may not see it."""
    own = PlanPart.objects.filter(owner=viewer.person_id, kind="tactic", removed_at__isnull=True)
    mine = own.filter(plan__uid__in=_uids(keys)) if viewer.person_id else own.none()
    found = {str(uid): Named("", uid) for uid in mine.values_list("plan__uid", flat=True)}
    return found | plans_named(viewer, keys)


def _uids(keys: Sequence[str]) -> list[UUID]:
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found
