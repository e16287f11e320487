"""What a plan says of itself: title, vision, its next review, who manages it."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from groundplan.kernel.errors import InvalidInput
from groundplan.people.contracts import Scope
from groundplan.people.selectors import persons_by_id
from groundplan.plans.contracts import Clash, Done, EditConflict
from groundplan.plans.models import Plan, PlanChange
from groundplan.plans.rules.kinds import Field
from groundplan.plans.rules.parsing import parsed_field
from groundplan.plans.rules.typing import Json
from groundplan.plans.selectors.plans import plan_of

from .references import person_id
from .rows import JsonMap
from .writing import HEAD, Step, editor_required, steps_write

FIELDS: dict[str, Field] = {
    "title": Field("title", most=200),
    "vision": Field("vision", "text", most=20_000),
    "next_review_on": Field("next_review_on", "date"),
    "manager": Field("manager", "person"),
}


@transaction.atomic
def plan_update(
    *,
    viewer: Scope,
    uid: str,
    values: Mapping[str, str],
    seen: Mapping[str, str] | None = None,
    override: bool = False,
) -> Done:
    """Edit fields of the plan itself. `seen` are the values that the editor saw, as typed.

    Raises NotFound, NotAllowed, Conflict by the plan's state, InvalidInput that names the field,
    EditConflict where somebody else changed the same field since, unless `override`.
    """
    plan = plan_of(viewer, uid, lock=True)
    editor_required(viewer, plan)
    new = _read(values)
    if seen is not None:
        new = _merged(plan, new, _read(seen), override=override)
    changed = {name: value for name, value in new.items() if head_field(plan, name) != value}
    if not changed:
        return Done(0, plan.uid, plan.revision)
    _checked(plan, changed)
    before: JsonMap = {name: head_field(plan, name) for name in changed}
    head_put(plan, changed)
    section = "vision" if "vision" in changed else ""
    step = Step("edit", HEAD, plan.uid, plan.title, before, changed, section)
    number = steps_write(viewer=viewer, plan=plan, steps=[step])
    return Done(number, plan.uid, plan.revision)


def head_field(plan: Plan, name: str) -> Json:
    """A field of the plan as the log has it; None where nothing is in it."""
    if name == "manager":
        return plan.manager_id
    if name == "next_review_on":
        return plan.next_review_on.isoformat() if plan.next_review_on else None
    found: Json = getattr(plan, name)
    return found or None


def head_put(plan: Plan, values: Mapping[str, Json]) -> None:
    """Write fields of the plan itself."""
    columns = set()
    for name, value in values.items():
        columns.add(name)
        if name == "manager":
            plan.manager_id = value  # type: ignore[assignment]  # parsing gives ids
        elif name == "next_review_on":
            plan.next_review_on = date.fromisoformat(str(value)) if value else None
        else:
            setattr(plan, name, value or "")
    plan.save(update_fields=sorted(columns))


def manager_checked(plan: Plan, manager: int | None) -> None:
    """Raises InvalidInput for a manager who isn't above the owner: they accept the plan."""
    above = [int(one) for one in plan.owner.path.split("/") if one]
    if manager is not None and manager not in above[:-1]:
        names = ", ".join(person.name for person in persons_by_id(above[:-1]))
        mend = f"Choose one of: {names}." if names else "Nobody is above the owner."
        raise InvalidInput("The manager has to be above the owner.", field="manager", mend=mend)


def _read(values: Mapping[str, str]) -> JsonMap:
    found: JsonMap = {}
    for name, text in values.items():
        if name not in FIELDS:
            raise InvalidInput(f"A plan has no {name}.", field=name)
        found[name] = parsed_field(FIELDS[name], text)
    if found.get("manager") is not None:
        found["manager"] = person_id("manager", str(found["manager"]))
    return found


def _checked(plan: Plan, changed: Mapping[str, Json]) -> None:
    if "title" in changed and not changed["title"]:
        raise InvalidInput("This can't be empty.", field="title", mend="Name the plan.")
    if "manager" in changed:
        manager = changed["manager"]
        manager_checked(plan, int(str(manager)) if manager is not None else None)


def _merged(plan: Plan, new: JsonMap, seen: JsonMap, *, override: bool) -> JsonMap:
    kept, clashes = dict(new), []
    for name, yours in new.items():
        base, theirs = seen.get(name), head_field(plan, name)
        if name not in seen or theirs == base:
            continue
        if yours == base:
            del kept[name]
        elif yours != theirs:
            clashes.append(_clash(plan, Clash(name, base, theirs, yours, "", plan.changed_at)))
    if clashes and not override:
        raise EditConflict(tuple(clashes), plan.revision)
    return kept


def _clash(plan: Plan, clash: Clash) -> Clash:
    changes = PlanChange.objects.filter(plan=plan, kind=HEAD, part=plan.uid)
    last = next((one for one in changes.order_by("-number")[:50] if clash.field in one.after), None)
    if last is None:
        return clash
    return Clash(clash.field, clash.base, clash.theirs, clash.yours, last.actor, last.at)
