"""Parts are added and edited; two people's edits of one part meet here."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from groundplan.kernel.errors import InvalidInput
from groundplan.people.contracts import Scope
from groundplan.people.selectors import users_of_persons
from groundplan.plans.contracts import Done, Kind
from groundplan.plans.kinds import TACTICS
from groundplan.plans.models import Plan, PlanPart
from groundplan.plans.rules.kinds import KINDS
from groundplan.plans.rules.parsing import parsed, title_of
from groundplan.plans.rules.typing import Json
from groundplan.plans.selectors.plans import part_row, plan_of

from .keeping import keep_steps
from .merging import merged
from .places import parent_checked, place
from .references import account_resolved, part_of_facts, parts_referred, persons_resolved
from .rows import JsonMap, columns_of, field_of, kind_of_row, put, rows_save, state_of
from .telling import tell
from .writing import editor_required, part_step, steps_write

UNTITLED: tuple[Kind, ...] = ("answer",)
"""Kinds that say what they are without a title."""
REASONED = ("moved", "dropped")
"""What becomes of a tactic for a reason only."""


@transaction.atomic
def part_add(
    *,
    viewer: Scope,
    plan_uid: str,
    kind: str,
    values: Mapping[str, str],
    parent_uid: str | None = None,
    before_uid: str | None = None,
    suggested: bool = False,
) -> Done:
    """Add a part at the end of its siblings, or before one of them.

    Raises NotFound, NotAllowed, Conflict by the plan's state, InvalidInput that names the field.
    """
    plan = plan_of(viewer, plan_uid, lock=True)
    editor_required(viewer, plan)
    if kind not in KINDS:
        raise InvalidInput("There is no such kind of part.", field="kind")
    row = PlanPart(plan=plan, kind=kind, is_suggested=suggested)
    row.parent = _parent(plan, parent_uid)
    parent_checked(row, row.parent)
    new, referred = _read(viewer, row, values)
    put(row, _titled(row, new))
    if kind == "tactic" and not row.status:
        row.status = "planned"
    row.position = place(plan, row, str(before_uid or ""))
    row.save(force_insert=True)
    after = {"is_removed": False, **state_of(row)}
    steps = [] if suggested else keep_steps([*referred, row.parent])
    number = steps_write(
        viewer=viewer,
        plan=plan,
        steps=[*steps, part_step("add", row, {"is_removed": True}, after)],
    )
    _given(viewer, row, after)
    return Done(number, row.uid, row.version)


@transaction.atomic
def part_update(
    *,
    viewer: Scope,
    uid: str,
    values: Mapping[str, str],
    seen: int | None = None,
    override: bool = False,
) -> Done:
    """Edit fields of a part; a suggestion that somebody edits is kept.

    `seen` is the version that the editor saw. What others changed since in other fields stays;
    where they changed the same ones EditConflict shows both, unless `override`. Else raises as
    `part_add` does.
    """
    row = part_row(viewer, uid, lock=True)
    editor_required(viewer, row.plan)
    new, referred = _read(viewer, row, values)
    new = merged(row, _titled(row, new), seen=seen, override=override)
    changed = {name: value for name, value in new.items() if field_of(row, name) != value}
    if not changed:
        return Done(0, row.uid, row.version)
    before: JsonMap = {name: field_of(row, name) for name in changed}
    steps = keep_steps([*referred, row.parent])
    if row.is_suggested:
        changed["is_suggested"], before["is_suggested"] = False, True
    row_change(row, changed)
    number = steps_write(
        viewer=viewer, plan=row.plan, steps=[*steps, part_step("edit", row, before, changed)]
    )
    _given(viewer, row, changed)
    return Done(number, row.uid, row.version)


def _given(viewer: Scope, row: PlanPart, changed: Mapping[str, Json]) -> None:
    """Whoever a tactic is given to is told; once, while they haven't read it, of many."""
    if row.kind == "tactic" and changed.get("owner") and row.owner_id and not row.is_suggested:
        users = list(users_of_persons([row.owner_id]).values())
        tell(viewer, row.plan, users, "tactic.given", kind=TACTICS, once=True)


def reason_required(status: Json, reason: Json) -> None:
    """Raises InvalidInput where a tactic is moved or dropped and nobody says why."""
    if status in REASONED and not reason:
        raise InvalidInput("Say why.", field="reason", mend="A few words are enough.")


def row_change(row: PlanPart, changed: Mapping[str, Json]) -> None:
    """Write fields of a part as its next version."""
    put(row, changed)
    row.version += 1
    rows_save([row], columns_of(changed))


def _read(
    viewer: Scope, row: PlanPart, values: Mapping[str, str]
) -> tuple[JsonMap, list[PlanPart]]:
    kind = kind_of_row(row)
    typed = persons_resolved(parsed(kind, values))
    new = account_resolved(viewer, typed, row.values.get("account"))
    if kind == "objective":
        new = part_of_facts(new, row.values)
    reason_required(new.get("status"), new.get("reason") or row.values.get("reason"))
    return new, parts_referred(row.plan, kind, new)


def _titled(row: PlanPart, new: JsonMap) -> JsonMap:
    """`new` with a title where one is needed. Raises InvalidInput where nothing makes one."""
    if new.get("title") or (row.title and "title" not in new):
        return new
    title = title_of({**row.values, **new})
    if not title and kind_of_row(row) not in UNTITLED:
        raise InvalidInput("This can't be empty.", field="title", mend="Say it in a few words.")
    return {**new, "title": title}


def _parent(plan: Plan, uid: str | None) -> PlanPart | None:
    if not uid:
        return None
    parent = part_in(plan, uid)
    if parent is None:
        raise InvalidInput("What it belongs to isn't there any more.", field="parent")
    return parent


def part_in(plan: Plan, uid: str) -> PlanPart | None:
    """A part of the plan that wasn't removed, with its parent; None for what is no uid too."""
    try:
        UUID(uid)
    except ValueError:
        return None
    rows = PlanPart.objects.filter(plan=plan, removed_at__isnull=True)
    return rows.select_related("parent", "parent__parent").filter(uid=uid).first()
