"""Many typed parts are written at once: what is prefilled, cut from another plan or copied."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from groundplan.kernel.ids import uuid7
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import AnyPart, Kind
from groundplan.plans.models import Plan, PlanPart
from groundplan.plans.rules.kinds import KINDS
from groundplan.plans.rules.typing import kind_of, values_of

from .places import GAP
from .rows import put, state_of
from .writing import Step, part_step, steps_write

_BATCH = 200


def parts_write(
    *, viewer: Scope, plan: Plan, parts: Sequence[AnyPart], verb: str = "copy"
) -> list[PlanPart]:
    """Write new parts of a plan under the uids that they have, in their order, suggested or not.

    What a part hangs below comes among `parts`. Runs in the caller's transaction, which has
    checked that the viewer may. `verb` says in the log where they come from.
    """
    rows: dict[UUID, PlanPart] = {}
    for level in _levels(parts):
        made = [_row(plan, part, number, rows) for number, part in level]
        PlanPart.objects.bulk_create(made, batch_size=_BATCH)
        rows |= {row.uid: row for row in made}
    if rows:
        steps = [_added(row, verb) for row in rows.values()]
        steps_write(viewer=viewer, plan=plan, steps=steps, group=uuid7())
    return list(rows.values())


def _levels(parts: Sequence[AnyPart]) -> Iterable[list[tuple[int, AnyPart]]]:
    """Parts with their numbers, those that hang below nothing first."""
    for depth in range(3):
        yield [(at, one) for at, one in enumerate(parts, 1) if _depth(kind_of(one)) == depth]


def _depth(kind: Kind) -> int:
    below = KINDS[kind].below
    return 1 + max(_depth(one) for one in below) if below else 0


def _row(plan: Plan, part: AnyPart, number: int, rows: dict[UUID, PlanPart]) -> PlanPart:
    kind = kind_of(part)
    row = PlanPart(
        uid=part.uid,
        plan=plan,
        kind=kind,
        title=part.title,
        parent=rows[part.parent] if part.parent else None,
        position=number * GAP,
        is_suggested=part.is_suggested,
    )
    put(row, values_of(kind, part))
    return row


def _added(row: PlanPart, verb: str) -> Step:
    return part_step(verb, row, {"is_removed": True}, {"is_removed": False, **state_of(row)})
