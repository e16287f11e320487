"""Suggestions are kept, and count from then on."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from groundplan.kernel.ids import uuid7
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import Done
from groundplan.plans.models import PlanPart
from groundplan.plans.selectors.plans import part_row

from .rows import rows_save
from .writing import Step, editor_required, part_step, steps_write


@transaction.atomic
def part_keep(*, viewer: Scope, uid: str) -> Done:
    """Keep a suggestion, and what it hangs below. Raises NotFound, NotAllowed, Conflict."""
    row = part_row(viewer, uid, lock=True)
    editor_required(viewer, row.plan)
    number = _kept(viewer, [row])
    return Done(number, row.uid, row.version)


@transaction.atomic
def parts_keep(*, viewer: Scope, uids: Sequence[str]) -> int:
    """Keep several suggestions of one plan at once; returns how many were kept."""
    if not uids:
        return 0
    first = part_row(viewer, uids[0], lock=True)
    editor_required(viewer, first.plan)
    rows = PlanPart.objects.filter(plan=first.plan, uid__in=list(uids), removed_at__isnull=True)
    found = list(rows.select_related("parent", "parent__parent"))
    for row in found:
        row.plan = first.plan
    before = first.plan.revision
    return _kept(viewer, found) - before if found else 0


def _kept(viewer: Scope, rows: list[PlanPart]) -> int:
    steps = keep_steps(rows)
    plan = rows[0].plan
    if not steps:
        return 0
    return steps_write(
        viewer=viewer, plan=plan, steps=steps, group=uuid7() if len(steps) > 1 else None
    )


def keep_steps(rows: Iterable[PlanPart | None]) -> list[Step]:
    """Keep rows that are only suggested, and those above them; what the log has to say of it."""
    found: dict[int, PlanPart] = {}
    for row in rows:
        above = row
        while above is not None:
            if above.is_suggested:
                found[above.pk] = above
            above = above.parent
    for row in found.values():
        row.is_suggested = False
        row.version += 1
    rows_save(list(found.values()), {"is_suggested", "version"})
    return [
        part_step("keep", row, {"is_suggested": True}, {"is_suggested": False})
        for row in found.values()
    ]
