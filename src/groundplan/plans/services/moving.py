"""Parts are moved within their plan, and removed with what hangs below them."""

from django.db import transaction

from groundplan.kernel import clock
from groundplan.kernel.errors import InvalidInput
from groundplan.kernel.ids import uuid7
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import Done
from groundplan.plans.models import PlanPart
from groundplan.plans.selectors.plans import part_row

from .parts import part_in
from .places import parent_checked, place
from .rows import JsonMap, field_of, rows_save
from .writing import editor_required, part_step, steps_write


@transaction.atomic
def part_move(
    *, viewer: Scope, uid: str, parent_uid: str | None = None, before_uid: str | None = None
) -> Done:
    """Hang a part below `parent_uid`, or leave it where it hangs without one, as the last of its
    siblings or before `before_uid`.

    Raises NotFound, NotAllowed, Conflict, or InvalidInput where it can't hang there.
    """
    row = part_row(viewer, uid, lock=True)
    editor_required(viewer, row.plan)
    before: JsonMap = {"parent": field_of(row, "parent"), "position": row.position}
    if parent_uid:
        row.parent = part_in(row.plan, parent_uid)
        if row.parent is None:
            raise InvalidInput("What it is moved to isn't there any more.", field="parent")
    parent_checked(row, row.parent)
    row.position = place(row.plan, row, str(before_uid or ""))
    after: JsonMap = {"parent": field_of(row, "parent"), "position": row.position}
    if after == before:
        return Done(0, row.uid, row.version)
    row.version += 1
    rows_save([row], {"parent", "position", "version"})
    number = steps_write(
        viewer=viewer, plan=row.plan, steps=[part_step("move", row, before, after)]
    )
    return Done(number, row.uid, row.version)


@transaction.atomic
def part_remove(*, viewer: Scope, uid: str) -> Done:
    """Remove a part and everything below it, as one change to undo."""
    row = part_row(viewer, uid, lock=True)
    editor_required(viewer, row.plan)
    rows = [row, *below(row)]
    at = clock.now()
    for one in rows:
        one.removed_at = at
        one.version += 1
    rows_save(rows, {"removed_at", "version"})
    steps = [part_step("remove", one, {"is_removed": False}, {"is_removed": True}) for one in rows]
    number = steps_write(
        viewer=viewer, plan=row.plan, steps=steps, group=uuid7() if len(rows) > 1 else None
    )
    return Done(number, row.uid, row.version)


def below(row: PlanPart) -> list[PlanPart]:
    """What hangs below a part, at any depth, without what was removed."""
    found: list[PlanPart] = []
    above = [row.pk]
    while above:
        rows = PlanPart.objects.filter(parent__in=above, removed_at__isnull=True)
        level = list(rows.order_by("position", "pk"))
        above = [one.pk for one in level]
        found += level
    return found
