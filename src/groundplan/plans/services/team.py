"""Who works on a plan, and who signs which part of it."""

from typing import Any

from django.db import transaction

from groundplan.kernel import clock
from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from groundplan.people.contracts import Scope
from groundplan.people.selectors import persons_by_id, users_of_persons
from groundplan.plans.contracts import Done
from groundplan.plans.models import Plan, PlanChange, PlanMember
from groundplan.plans.rules.kinds import BUILD_ORDER, PRESENTATION_ORDER
from groundplan.plans.rules.parsing import plain
from groundplan.plans.selectors.plans import plan_of

from .references import person_id
from .rows import JsonMap
from .sharing import account_shown
from .telling import tell
from .writing import Step, editor_required, steps_write

SECTIONS = tuple(dict.fromkeys((*BUILD_ORDER, *PRESENTATION_ORDER, "contingencies")))
SIGNABLE = ("draft", "returned", "submitted")
MEMBER = "member"
"""The kind under which the log has who is on the team."""
SIGNATURE, JOINED = "plan.signature", "plan.member"
MOST = 100


@transaction.atomic
def member_add(
    *,
    viewer: Scope,
    uid: str,
    person_uid: str,
    function: str = "",
    section: str = "",
    share: bool = False,
) -> Done:
    """Add somebody to a plan's team, to sign `section` if one is named; they are told.

    Whoever doesn't see the plan's account is put on the account's team with `share`. Raises
    NotFound, NotAllowed, Conflict by the plan's state or where they are there already,
    UnseenAccount without `share` where the viewer may share, InvalidInput that names the field.
    """
    plan = plan_of(viewer, uid, lock=True)
    editor_required(viewer, plan)
    person, function = _chosen(plan, person_uid, function, section)
    if plan.account is not None:
        account_shown(viewer, plan.account, person, function, share=share)
    member = PlanMember.objects.create(
        plan=plan, person_id=person, function=function, section=section
    )
    number = _record(viewer, plan, member, "member_add")
    users = users_of_persons([person]).values()
    tell(viewer, plan, users, SIGNATURE if section else JOINED, section)
    return Done(number, plan.uid, plan.revision)


def _chosen(plan: Plan, person_uid: str, function: str, section: str) -> tuple[int, str]:
    """The person and their function, where they can be added. Raises as `member_add` does."""
    person, function = person_id("person", person_uid), " ".join(plain(function).split())
    if person is None:
        raise InvalidInput("Choose a person.", field="person")
    if section and section not in SECTIONS:
        raise InvalidInput("Choose a part of the plan.", field="section")
    if len(function) > 80:
        raise InvalidInput("At most 80 characters.", field="function", mend="Shorten it.")
    members = PlanMember.objects.filter(plan=plan)
    if members.filter(person=person, section=section).exists():
        raise Conflict("They are there already.", mend="Choose another part to sign.")
    if members.count() >= MOST:
        raise InvalidInput(f"At most {MOST} people.", field="person")
    return person, function


@transaction.atomic
def member_remove(*, viewer: Scope, uid: str, person_uid: str, section: str = "") -> Done:
    """Take somebody off a plan's team, or from the one of the parts that they sign.

    Raises NotFound, NotAllowed, Conflict by the plan's state.
    """
    plan = plan_of(viewer, uid, lock=True)
    editor_required(viewer, plan)
    members = PlanMember.objects.filter(plan=plan, section=section)
    row = members.filter(person=person_id("person", person_uid)).first()
    if row is None:
        raise NotFound("They aren't on the team any more.", mend="Reload the plan.")
    number = _record(viewer, plan, row, "member_remove")
    row.delete()
    return Done(number, plan.uid, plan.revision)


@transaction.atomic
def plan_sign(*, viewer: Scope, uid: str, section: str) -> PlanMember:
    """Sign the part of a plan that is the viewer's to sign, as it now stands.

    Raises NotFound, NotAllowed for a part that isn't theirs, Conflict by the plan's state.
    """
    plan, row = _to_sign(viewer, uid, section)
    if row.signed_at is None:
        row.signed_at = clock.now()
        row.save(update_fields=["signed_at"])
        _record(viewer, plan, row, "sign")
    return row


@transaction.atomic
def plan_unsign(*, viewer: Scope, uid: str, section: str) -> PlanMember:
    """Take the viewer's own signature back, until the plan is accepted.

    While it is submitted too: whoever decides on it finds the part unsigned. Raises NotFound,
    NotAllowed for a part that isn't theirs, Conflict by the plan's state.
    """
    plan, row = _to_sign(viewer, uid, section)
    if row.signed_at is not None:
        row.signed_at = None
        row.save(update_fields=["signed_at"])
        _record(viewer, plan, row, "unsign")
    return row


def _to_sign(viewer: Scope, uid: str, section: str) -> tuple[Plan, PlanMember]:
    plan = plan_of(viewer, uid, lock=True)
    if plan.state not in SIGNABLE:
        raise Conflict("This plan was accepted already.", mend="Sign its next version.")
    rows = PlanMember.objects.filter(plan=plan, person=viewer.person_id, section=section)
    row = rows.first() if section and viewer.person_id and viewer.may_write else None
    if row is None:
        raise NotAllowed("This part isn't yours to sign.", mend="Ask the plan's owner.")
    return plan, row


def member_back(plan: Plan, change: PlanChange) -> Step:
    """Take back that somebody was put on the team, or taken off it, in the caller's transaction.

    Who comes back signs again. Raises Conflict where the team changed since.
    """
    said = change.after or change.before
    rows = PlanMember.objects.filter(plan=plan, person=said["person"], section=said["section"])
    row = rows.first()
    if change.after:
        if row is None or row.function != said["function"]:
            raise Conflict(f"{change.label} was changed since.", mend="Reload the plan.")
        if row.signed_at is not None:
            raise Conflict(f"{change.label} signed since.", mend="Take them off the team.")
        row.delete()
    elif row is not None or not persons_by_id([said["person"]]):
        raise Conflict(f"{change.label} can't come back.", mend="Look at the team.")
    else:
        PlanMember.objects.create(plan=plan, **_named(said))
    return Step("undo", MEMBER, plan.uid, change.label, change.after, change.before, "", change.pk)


def _named(said: JsonMap) -> dict[str, Any]:
    return {"person_id": said["person"], "function": said["function"], "section": said["section"]}


def _record(viewer: Scope, plan: Plan, member: PlanMember, verb: str) -> int:
    (person,) = persons_by_id([member.person_id])
    fields: JsonMap = {
        "person": member.person_id,
        "function": member.function,
        "section": member.section,
    }
    gone = verb == "member_remove"
    before, after = (fields, {}) if gone else ({}, fields)
    step = Step(verb, MEMBER, plan.uid, person.name, before, after)
    return steps_write(viewer=viewer, plan=plan, steps=[step])
