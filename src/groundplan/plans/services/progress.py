"""What became of tactics and objectives, also while the plan is carried out."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from groundplan.kernel.errors import InvalidInput
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import Done
from groundplan.plans.models import PlanPart
from groundplan.plans.rules.parsing import parsed
from groundplan.plans.rules.typing import Json
from groundplan.plans.selectors.plans import part_row, tactic_row

from .merging import merged
from .parts import reason_required, row_change
from .rows import JsonMap, field_of
from .writing import part_step, runner_required, state_lets_run, steps_write


@transaction.atomic
def tactic_mark(
    *,
    viewer: Scope,
    uid: str,
    status: str,
    reason: str = "",
    due_on: str = "",
    hours_logged: str = "",
    seen: int | None = None,
    override: bool = False,
) -> Done:
    """Say what became of a tactic: planned, done, moved to `due_on`, or dropped; the last two for
    a reason. `hours_logged` are all hours spent so far. Texts as typed; empty ones change nothing.

    Its owner may, beside those who may edit the plan. Raises NotFound, NotAllowed, Conflict by
    the plan's state, InvalidInput that names the field, EditConflict as `part_update` does.
    """
    row = tactic_row(viewer, uid)
    is_own = viewer.person_id is not None and row.owner_id == viewer.person_id
    if is_own and viewer.may_write:
        state_lets_run(row.plan)
    else:
        runner_required(viewer, row.plan)
    given = {"status": status, "reason": reason, "due_on": due_on, "hours_logged": hours_logged}
    new = parsed("tactic", {name: text for name, text in given.items() if text.strip()})
    reason_required(status, new.get("reason"))
    if status == "moved" and not _later(row, new.get("due_on")):
        raise InvalidInput("Say to which day.", field="due_on", mend="Choose another day.")
    new = merged(row, {**new, "status": status}, seen=seen, override=override)
    return _marked(viewer, row, "mark", new)


@transaction.atomic
def objective_check_in(
    *, viewer: Scope, uid: str, actual: str, seen: int | None = None, override: bool = False
) -> Done:
    """Say how far an objective has come where facts can't tell; empty takes it back.

    Raises NotFound, NotAllowed, Conflict by the plan's state, InvalidInput, EditConflict as
    `part_update` does.
    """
    row = part_row(viewer, uid, lock=True)
    runner_required(viewer, row.plan)
    if row.kind != "objective":
        raise InvalidInput("Only objectives are checked in.", field="actual")
    new = parsed("objective", {"actual": actual})
    return _marked(viewer, row, "check_in", merged(row, new, seen=seen, override=override))


def _marked(viewer: Scope, row: PlanPart, verb: str, new: Mapping[str, Json]) -> Done:
    changed = {name: value for name, value in new.items() if field_of(row, name) != value}
    if not changed:
        return Done(0, row.uid, row.version)
    before: JsonMap = {name: field_of(row, name) for name in changed}
    row_change(row, changed)
    step = part_step(verb, row, before, changed, signed=True)
    number = steps_write(viewer=viewer, plan=row.plan, steps=[step])
    return Done(number, row.uid, row.version)


def _later(row: PlanPart, due_on: Json) -> bool:
    return due_on is not None and date.fromisoformat(str(due_on)) != row.due_on
