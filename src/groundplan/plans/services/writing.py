"""What every write to a plan shares: who may, the log, and signatures that are taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from groundplan.kernel import clock
from groundplan.kernel.errors import Conflict, NotAllowed
from groundplan.people.contracts import Scope
from groundplan.plans.models import Plan, PlanChange, PlanMember, PlanPart
from groundplan.plans.rules.permissions import EDITABLE, RUNNING, may_accept, may_edit
from groundplan.plans.selectors.plans import stake_of

from .rows import JsonMap, section_of_row

HEAD = "plan"
"""The kind under which the log has a plan's own fields."""


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the log to write. `section` is whose signatures it takes back, if any."""

    verb: str
    kind: str
    part: UUID
    label: str
    before: JsonMap
    after: JsonMap
    section: str = ""
    undoes: int | None = None


def part_step(
    verb: str,
    row: PlanPart,
    before: JsonMap,
    after: JsonMap,
    *,
    undoes: int | None = None,
    signed: bool = False,
) -> Step:
    """A step on a part. What is only suggested takes no signature back, nor does what leaves
    everything `signed` as it is."""
    section = "" if row.is_suggested or signed else section_of_row(row)
    return Step(verb, row.kind, row.uid, row.title, before, after, section, undoes)


def steps_write(
    *, viewer: Scope, plan: Plan, steps: Sequence[Step], group: UUID | None = None
) -> int:
    """Log steps as the plan's next changes; returns the last one's number.

    Runs in the transaction of what it logs, which holds the plan's row.
    """
    at = clock.now()
    entries = [
        PlanChange(
            plan=plan,
            number=plan.revision + count,
            at=at,
            actor=viewer.actor,
            user_id=viewer.user_id,
            verb=step.verb,
            kind=step.kind,
            part=step.part,
            label=step.label,
            before=step.before,
            after=step.after,
            group=group,
            undoes_id=step.undoes,
        )
        for count, step in enumerate(steps, 1)
    ]
    if len(entries) == 1:
        entries[0].save(force_insert=True)
    else:
        PlanChange.objects.bulk_create(entries, batch_size=200)
    plan.revision += len(entries)
    Plan.objects.filter(pk=plan.pk).update(revision=plan.revision, changed_at=at)
    signatures_take_back(plan, {step.section for step in steps if step.section})
    return plan.revision


def signatures_take_back(plan: Plan, sections: Iterable[str]) -> None:
    """Who signed a section that changed has to look at it again."""
    changed = sorted(sections)
    if changed:
        signed = PlanMember.objects.filter(plan=plan, section__in=changed)
        signed.filter(signed_at__isnull=False).update(signed_at=None)


def editor_required(viewer: Scope, plan: Plan) -> None:
    """Raises NotAllowed for who may only look, Conflict where the plan's state lets nobody edit."""
    writer_required(viewer, plan)
    if plan.state not in EDITABLE:
        message = f"A plan that is {plan.state.replace('_', ' ')} can't be edited."
        mend = "Return it first." if plan.state == "submitted" else "Make its next version."
        raise Conflict(message, mend=mend if plan.state != "closed" else "Plan the next period.")


def runner_required(viewer: Scope, plan: Plan) -> None:
    """As `editor_required`, for what is also done while a plan is carried out."""
    writer_required(viewer, plan)
    state_lets_run(plan)


def state_lets_run(plan: Plan) -> None:
    """Raises Conflict where nothing is marked or checked in."""
    if plan.state not in EDITABLE + RUNNING:
        raise Conflict(
            f"A plan that is {plan.state} takes no progress.", mend="Wait until it is accepted."
        )


def writer_required(viewer: Scope, plan: Plan) -> None:
    """Raises NotAllowed for who may not edit the plan in any state."""
    if not may_edit(viewer, stake_of(viewer, plan)):
        raise NotAllowed(
            "Only its owner, its team and those above them change this plan.",
            mend="Comment on it, or ask its owner to add you to its team.",
        )


def accepter_required(viewer: Scope, plan: Plan) -> None:
    """Raises NotAllowed for who may neither accept nor return the plan."""
    if not may_accept(viewer, stake_of(viewer, plan)):
        raise NotAllowed(
            "Only those above its owner accept or return a plan.",
            mend="Ask the owner's manager.",
        )
