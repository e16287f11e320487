"""What a new plan comes with: suggestions from facts, each with its evidence."""

from uuid import UUID

from groundplan.organisation.selectors import today
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import AnyPart, ChosenOpportunity
from groundplan.plans.models import Plan
from groundplan.plans.selectors.chances import chances
from groundplan.plans.selectors.counted import accounts_of
from groundplan.plans.selectors.history import objectives
from groundplan.plans.selectors.judged import answers
from groundplan.plans.selectors.reach import reach_of
from groundplan.snapshots.selectors import current

from .bulk import parts_write

VERB = "prefill"


def plan_prefill(*, viewer: Scope, plan: Plan) -> int:
    """Add suggestions to a plan that was just begun; returns how many.

    Opportunities from the open pipeline and from whitespace, answers from what is stated about
    their accounts and from what facts add up to, objectives from the period before. Nothing is
    suggested before the first analysis.
    """
    shown = current()
    if shown is None:
        return 0
    reach = reach_of(viewer, plan)
    accounts = list(accounts_of(reach).values_list("pk", flat=True))
    chosen = chances(viewer, shown, accounts, first=plan.starts_on, last=plan.ends_on)
    parts: list[AnyPart] = [
        *answers(reach, shown, _named(plan, chosen), today()),
        *chosen,
        *objectives(reach, shown),
    ]
    return len(parts_write(viewer=viewer, plan=plan, parts=parts, verb=VERB))


def _named(plan: Plan, chosen: tuple[ChosenOpportunity, ...]) -> list[UUID]:
    """The accounts whose profiles are read: the plan's own, or those that something is sold to."""
    if plan.account is not None:
        return [plan.account.uid]
    return [UUID(uid) for uid in dict.fromkeys(one.account for one in chosen)]
