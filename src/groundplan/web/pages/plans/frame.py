"""What every page of one plan says around its own: which plan, in which state, what may be done."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from groundplan.kernel.periods import label_of
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import State, Subject
from groundplan.plans.rules.permissions import EDITABLE, RUNNING, may_accept, may_edit
from groundplan.plans.selectors.plans import plan_of, stake_of

from .words import STATES, SUBJECTS


@dataclass(frozen=True, slots=True)
class May:
    """What the viewer may do to the plan as it stands."""

    edit: bool
    mark: bool
    accept: bool
    work: bool
    write: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A plan's head. `work` in `may` is what its owner and team may do in any state."""

    uid: UUID
    title: str
    subject: Subject
    subject_label: str
    period: str
    starts_on: date
    ends_on: date
    state: State
    state_label: str
    number: int
    revision: int
    owner: str
    manager: str
    account: UUID | None
    account_name: str
    parent: UUID | None
    parent_title: str
    vision: str
    next_review_on: date | None
    viewer: int
    may: May

    @property
    def is_quarter(self) -> bool:
        return "-" in self.period

    @property
    def period_label(self) -> str:
        return label_of(self.period)


def opened(viewer: Scope, uid: UUID) -> tuple[Any, Frame]:
    """The plan's row and its frame. Raises NotFound for what the viewer may not see."""
    plan = plan_of(viewer, uid)
    return plan, frame_of(viewer, plan)


def frame_of(viewer: Scope, plan: Any) -> Frame:
    """The frame of a plan that `plan_of` gave; at most one query."""
    return Frame(
        uid=plan.uid,
        title=plan.title,
        subject=plan.subject,
        subject_label=str(SUBJECTS.get(plan.subject, plan.subject)),
        period=plan.period,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        state=plan.state,
        state_label=str(STATES.get(plan.state, plan.state)),
        number=plan.number,
        revision=plan.revision,
        owner=plan.owner.name,
        manager=plan.manager.name if plan.manager else "",
        account=plan.account.uid if plan.account else None,
        account_name=plan.account.name if plan.account else "",
        parent=plan.parent.uid if plan.parent else None,
        parent_title=plan.parent.title if plan.parent else "",
        vision=plan.vision,
        next_review_on=plan.next_review_on,
        viewer=viewer.user_id,
        may=_may(viewer, plan),
    )


def _may(viewer: Scope, plan: Any) -> May:
    stake = stake_of(viewer, plan)
    works = may_edit(viewer, stake)
    return May(
        edit=works and plan.state in EDITABLE,
        mark=works and plan.state in RUNNING,
        accept=may_accept(viewer, stake),
        work=works,
        write=viewer.may_write,
    )
