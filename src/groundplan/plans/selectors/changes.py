"""A plan's log: who changed what, when, and what of it can be taken back."""

from collections.abc import Sequence
from uuid import UUID

from groundplan.people.contracts import Scope
from groundplan.plans.contracts import Change
from groundplan.plans.models import Plan, PlanChange
from groundplan.plans.rules.permissions import EDITABLE, RUNNING, may_edit

from .plans import plan_of, stake_of

PROGRESS = ("mark", "check_in")
"""What is also done, and undone, while a plan is carried out."""
TEAM = ("member_add", "member_remove")
UNDOABLE = ("add", "edit", "move", "remove", "keep", "undo", *TEAM, *PROGRESS)
MOST = 200


def changes_of(
    viewer: Scope, uid: UUID | str, *, limit: int = 50, before: int | None = None
) -> tuple[Change, ...]:
    """What was done to a plan, the latest first, from below number `before` on.

    `can_undo` says whether the viewer is offered to take it back; it may still meet a later change
    of the same fields. Raises NotFound.
    """
    plan = plan_of(viewer, uid)
    rows = PlanChange.objects.filter(plan=plan).select_related("undoes")
    if before is not None:
        rows = rows.filter(number__lt=before)
    found = list(rows.order_by("-number")[: min(limit, MOST)])
    allowed, undone = _undoable(viewer, plan), undone_by(found)
    groups: dict[UUID, int] = {}
    for one in found:
        if one.group is not None:
            groups[one.group] = one.number
    return tuple(_change(one, allowed, groups, undone.get(one.pk, 0)) for one in found)


def undone_by(changes: Sequence[PlanChange]) -> dict[int, int]:
    """The numbers of the changes that took some of one plan's changes back, by their ids."""
    if not changes:
        return {}
    # Later ones of the plan: hardly any change undoes another, so no index of that column helps.
    first = min(one.number for one in changes)
    later = PlanChange.objects.filter(plan_id=changes[0].plan_id, number__gt=first)
    found = later.filter(undoes__in=[one.pk for one in changes])
    return {pk: number for pk, number in found.values_list("undoes_id", "number") if pk}


def first_verb(change: PlanChange) -> str:
    """What was done in the first place: of an undo, and of its undo, what they took back."""
    found = change
    while found.undoes is not None:
        found = found.undoes
    return found.verb


def _undoable(viewer: Scope, plan: Plan) -> tuple[str, ...]:
    if not may_edit(viewer, stake_of(viewer, plan)):
        return ()
    if plan.state in EDITABLE:
        return UNDOABLE
    return PROGRESS if plan.state in RUNNING else ()


def _change(
    row: PlanChange, allowed: tuple[str, ...], groups: dict[UUID, int], undone: int
) -> Change:
    return Change(
        number=row.number,
        at=row.at,
        actor=row.actor,
        verb=row.verb,
        kind=row.kind,
        part=row.part,
        label=row.label,
        before=row.before,
        after=row.after,
        group=groups[row.group] if row.group else row.number,
        undone_by=undone,
        undoes=row.undoes.number if row.undoes else 0,
        can_undo=first_verb(row) in allowed and not undone,
    )
