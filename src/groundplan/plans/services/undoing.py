"""An edit is taken back: after a reload too, by anybody who may edit, unless changed since."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from groundplan.kernel.errors import Conflict, InvalidInput, NotFound
from groundplan.kernel.ids import uuid7
from groundplan.people.contracts import Scope
from groundplan.people.selectors import person_names
from groundplan.plans.contracts import Done
from groundplan.plans.models import Plan, PlanChange, PlanPart
from groundplan.plans.selectors.changes import PROGRESS, UNDOABLE, first_verb, undone_by
from groundplan.plans.selectors.plans import plan_of

from .heads import head_field, head_put, manager_checked
from .living import living
from .rows import JsonMap, columns_of, field_of, put, rows_save
from .team import MEMBER, member_back
from .writing import HEAD, Step, editor_required, part_step, runner_required, steps_write

PLACED = "position"
"""Neighbours change it too: it stops nobody from undoing."""


@transaction.atomic
def change_undo(*, viewer: Scope, plan_uid: str, number: int) -> Done:
    """Take back a change, with those that were made at once with it.

    The taking back is a change of its own, which can be undone. Raises NotFound, NotAllowed, or
    Conflict where the same fields were changed since, naming who did.
    """
    plan = plan_of(viewer, plan_uid, lock=True)
    change = PlanChange.objects.filter(plan=plan, number=number, verb__in=UNDOABLE).first()
    if change is None:
        raise NotFound("There is nothing to undo.", mend="Reload the plan's changes.")
    (runner_required if first_verb(change) in PROGRESS else editor_required)(viewer, plan)
    changes = _together(change)
    if undone_by(changes):
        raise Conflict("This was undone already.", mend="Reload the plan.")
    rows = {row.uid: row for row in _rows(plan, [one.part for one in changes])}
    latest_first = sorted(changes, key=lambda found: -found.number)
    steps = [_taken_back(plan, rows, one) for one in latest_first]
    _parents_there(rows)
    _owners_there(changes)
    fields = {name for one in changes if one.part in rows for name in one.before}
    rows_save(list(rows.values()), columns_of(fields))
    last = steps_write(
        viewer=viewer, plan=plan, steps=steps, group=uuid7() if len(steps) > 1 else None
    )
    version = rows[change.part].version if change.part in rows else plan.revision
    return Done(last, change.part, version)


def _taken_back(plan: Plan, rows: Mapping[UUID, PlanPart], change: PlanChange) -> Step:
    if change.kind == HEAD:
        return _head_back(plan, change)
    if change.kind == MEMBER:
        return member_back(plan, change)
    return _back(rows[change.part], change)


def _together(change: PlanChange) -> list[PlanChange]:
    if change.group is None:
        return [change]
    return list(PlanChange.objects.filter(plan_id=change.plan_id, group=change.group))


def _rows(plan: Plan, uids: list[UUID]) -> list[PlanPart]:
    rows = list(PlanPart.objects.filter(plan=plan, uid__in=uids).select_related("parent"))
    for row in rows:
        row.plan = plan
    return rows


def _back(row: PlanPart, change: PlanChange) -> Step:
    before: JsonMap = {name: field_of(row, name) for name in change.before}
    was, became = (living(values) for values in (change.before, change.after))
    for name, value in became.items():
        if name != PLACED and field_of(row, name) != value:
            raise _changed_since(change)
    if before.get("is_removed") is False and _has_below(row, change):
        raise _changed_since(change)
    put(row, was)
    if "parent" in change.before:
        uid = change.before["parent"]
        row.parent = PlanPart.objects.filter(plan=row.plan, uid=uid).first() if uid else None
    row.version += 1
    return part_step("undo", row, before, was, undoes=change.pk)


def _has_below(row: PlanPart, change: PlanChange) -> bool:
    """Whether something hangs below that isn't part of what is undone."""
    left = PlanPart.objects.filter(parent=row, removed_at__isnull=True)
    if change.group is None:
        return left.exists()
    together = PlanChange.objects.filter(plan_id=change.plan_id, group=change.group)
    return left.exclude(uid__in=together.values("part")).exists()


def _parents_there(rows: dict[UUID, PlanPart]) -> None:
    """Nothing comes back below what is gone."""
    for row in rows.values():
        above = row.parent
        if row.removed_at is None and above is not None:
            above = rows.get(above.uid, above)
            if above.removed_at is not None:
                raise Conflict(
                    f"{above.title} isn't there any more.", mend="Undo its removal first."
                )


def _owners_there(changes: Iterable[PlanChange]) -> None:
    """Nothing is given back to somebody who is gone."""
    owners = {one.before["owner"] for one in changes if one.before.get("owner")}
    if owners and len(person_names(owners)) < len(owners):
        raise Conflict(
            "Whose it was isn't there any more.", mend="Edit it and choose somebody else."
        )


def _head_back(plan: Plan, change: PlanChange) -> Step:
    before: JsonMap = {name: head_field(plan, name) for name in change.before}
    if any(head_field(plan, name) != value for name, value in change.after.items()):
        raise _changed_since(change)
    if change.before.get("manager") is not None:
        _still_above(plan, change.before["manager"])
    head_put(plan, change.before)
    section = "vision" if "vision" in change.before else ""
    return Step("undo", HEAD, plan.uid, plan.title, before, change.before, section, change.pk)


def _still_above(plan: Plan, manager: int) -> None:
    try:
        manager_checked(plan, manager)
    except InvalidInput as refused:
        raise Conflict(refused.message, mend=refused.mend) from None


def _changed_since(change: PlanChange) -> Conflict:
    later = PlanChange.objects.filter(plan_id=change.plan_id, number__gt=change.number)
    last = later.filter(part=change.part).order_by("-number").first() or later.first()
    who = last.actor if last else "Somebody"
    return Conflict(
        f"{who} changed {change.label or 'it'} since.", mend="Edit it instead of undoing."
    )
