"""A plan's way: submitted, returned or accepted, carried out, closed, made anew as the next
version."""

from collections.abc import Sequence

from django.db import transaction

from groundplan.desk.services import comment_add
from groundplan.kernel.errors import Conflict, InvalidInput
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import State
from groundplan.plans.kinds import TACTICS
from groundplan.plans.models import Plan, PlanVersion, Waiver
from groundplan.plans.rules.parsing import plain
from groundplan.plans.rules.permissions import EDITABLE, RUNNING
from groundplan.plans.selectors.plans import plan_of

from .plans import only_one_required, plan_audited
from .rows import JsonMap
from .sharing import manager_shown
from .telling import doers, owner, reviewers, tell, workers
from .versions import checked_version, version_keep
from .waiving import Waived, waivers_write
from .writing import HEAD, Step, accepter_required, steps_write, writer_required

SUBMITTED: tuple[State, ...] = ("submitted",)


@transaction.atomic
def plan_submit(*, viewer: Scope, uid: str) -> Plan:
    """Ask for acceptance: the plan is kept as it stands, without what is only suggested, and its
    manager is told; whoever is only of an account's team has a manager who sees it from then on.
    Raises NotFound, NotAllowed, Conflict by the plan's state."""
    plan = plan_of(viewer, uid, lock=True)
    writer_required(viewer, plan)
    _move(viewer, plan, EDITABLE, "submitted", "submit")
    manager_shown(viewer, plan)
    version_keep(viewer=viewer, plan=plan, version=checked_version(viewer, plan))
    tell(viewer, plan, reviewers(plan), "plan.submitted")
    tell(viewer, plan, owner(plan), "plan.sent")
    return plan


@transaction.atomic
def plan_withdraw(*, viewer: Scope, uid: str) -> Plan:
    """Take a submitted plan back before it is decided on: it is a draft again, and who was to
    accept it is told. Raises NotFound, NotAllowed, Conflict by the plan's state."""
    plan = plan_of(viewer, uid, lock=True)
    writer_required(viewer, plan)
    _move(viewer, plan, SUBMITTED, "draft", "withdraw")
    tell(viewer, plan, [*reviewers(plan), *owner(plan)], "plan.withdrawn")
    return plan


@transaction.atomic
def plan_return(*, viewer: Scope, uid: str, comment: str, read: int | None = None) -> Plan:
    """Give a submitted plan back to its owner, saying why. `read` as for `plan_accept`.

    Raises NotFound, NotAllowed, Conflict by the plan's state, InvalidInput without a comment.
    """
    plan = plan_of(viewer, uid, lock=True)
    accepter_required(viewer, plan)
    _same_required(plan, read)
    comment = plain(comment)
    if not comment:
        raise InvalidInput("Say what has to change.", field="comment")
    _move(viewer, plan, SUBMITTED, "returned", "return", reason=comment)
    comment_add(viewer=viewer, kind=HEAD, key=str(plan.uid), text=comment)
    tell(viewer, plan, workers(plan), "plan.returned", comment)
    return plan


@transaction.atomic
def plan_accept(
    *,
    viewer: Scope,
    uid: str,
    waivers: Sequence[tuple[str, str, str]] = (),
    read: int | None = None,
) -> Plan:
    """Accept a submitted plan: it is kept exactly as it is, and its owner and team are told.

    `waivers` are (code, where, reason) of findings that are let pass by name. `read` is the id of
    the version that the viewer read. Raises NotFound, NotAllowed, InvalidInput, Conflict by the
    plan's state, where errors are left, or where it was submitted anew since it was read.
    """
    plan = plan_of(viewer, uid, lock=True)
    accepter_required(viewer, plan)
    _same_required(plan, read)
    waivers_write(viewer=viewer, plan=plan, waived=[Waived(*one) for one in waivers])
    _move(viewer, plan, SUBMITTED, "accepted", "accept")
    version = checked_version(viewer, plan)
    if version.checked.errors:
        codes = ", ".join(dict.fromkeys(one.code for one in version.checked.errors))
        raise Conflict(
            f"The plan check has errors left: {codes}.",
            mend="Return the plan, or waive each by name with a reason.",
        )
    version_keep(viewer=viewer, plan=plan, version=version)
    tell(viewer, plan, workers(plan), "plan.accepted")
    return plan


@transaction.atomic
def plan_begin(*, viewer: Scope, uid: str) -> Plan:
    """Begin to carry an accepted plan out: whoever works on it or has a tactic in it is told.

    Raises NotFound, NotAllowed, Conflict.
    """
    plan = plan_of(viewer, uid, lock=True)
    writer_required(viewer, plan)
    _move(viewer, plan, ("accepted",), "in_execution", "begin")
    told = workers(plan)
    tell(viewer, plan, told, "plan.begun")
    doing = [one for one in doers(plan) if one not in told]
    tell(viewer, plan, doing, "tactic.begun", kind=TACTICS)
    return plan


@transaction.atomic
def plan_close(*, viewer: Scope, uid: str) -> Plan:
    """Close a plan that was carried out. Raises NotFound, NotAllowed, Conflict."""
    plan = plan_of(viewer, uid, lock=True)
    writer_required(viewer, plan)
    _move(viewer, plan, RUNNING, "closed", "close")
    tell(viewer, plan, workers(plan), "plan.closed")
    return plan


@transaction.atomic
def plan_reopen(*, viewer: Scope, uid: str) -> Plan:
    """Carry a closed plan out again: for who may accept it. Raises NotFound, NotAllowed, Conflict
    by the plan's state or where another plan has taken its place."""
    plan = plan_of(viewer, uid, lock=True)
    accepter_required(viewer, plan)
    if plan.state == "closed":
        only_one_required(plan)
    _move(viewer, plan, ("closed",), "in_execution", "reopen")
    tell(viewer, plan, workers(plan), "plan.reopened")
    return plan


@transaction.atomic
def plan_revise(*, viewer: Scope, uid: str) -> Plan:
    """Make an accepted plan a draft again, as its next version: what was accepted stays as it was
    kept, and what was waived has to be waived anew. Raises NotFound, NotAllowed, Conflict."""
    plan = plan_of(viewer, uid, lock=True)
    writer_required(viewer, plan)
    _move(viewer, plan, RUNNING, "draft", "revise", number=plan.number + 1)
    Waiver.objects.filter(plan=plan).delete()
    return plan


def _same_required(plan: Plan, read: int | None) -> None:
    """Nobody decides on what they haven't read."""
    versions = PlanVersion.objects.filter(plan=plan, state="submitted").order_by("-pk")
    if read is not None and read != versions.values_list("pk", flat=True).first():
        raise Conflict(
            "This plan was withdrawn and submitted anew since you opened it.",
            mend="Read it again, then decide.",
        )


def _move(
    viewer: Scope,
    plan: Plan,
    since: Sequence[str],
    state: State,
    verb: str,
    *,
    reason: str = "",
    number: int | None = None,
) -> Plan:
    """Bring a plan into a state from one of those `since`. Raises Conflict from any other."""
    if plan.state not in since:
        raise Conflict(
            f"This plan is {plan.state.replace('_', ' ')} by now.", mend="Reload the plan."
        )
    before: JsonMap = {"state": plan.state, "number": plan.number}
    plan.state, plan.number = state, number or plan.number
    plan.save(update_fields=["state", "number"])
    after: JsonMap = {"state": plan.state, "number": plan.number}
    if reason:
        after["reason"] = reason
    step = Step(verb, HEAD, plan.uid, plan.title, before, after)
    steps_write(viewer=viewer, plan=plan, steps=[step])
    plan_audited(viewer=viewer, plan=plan, action=f"plan.{verb}", detail=reason)
    return plan
