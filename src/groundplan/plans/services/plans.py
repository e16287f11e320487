"""Plans are begun: chosen, named, and hung below their year's."""

from typing import Any

from django.db import transaction

from groundplan.book.selectors.accounts import account_of
from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed
from groundplan.organisation.selectors import calendar
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope
from groundplan.people.selectors import persons_by_id, visible_persons
from groundplan.plans.models import Plan
from groundplan.plans.rules.periods import period_of, year_key
from groundplan.plans.selectors.plans import plan_of, uid_of

from .prefilling import plan_prefill
from .references import person_id
from .rows import JsonMap
from .writing import HEAD, Step, steps_write

SUBJECTS = ("territory", "account")
CLOSED = "closed"


@transaction.atomic
def plan_create(
    *,
    viewer: Scope,
    subject: str,
    period: str,
    owner_uid: str | None = None,
    account_uid: str | None = None,
    parent_uid: str | None = None,
    previous_uid: str | None = None,
    title: str = "",
    prefill: bool = True,
) -> Plan:
    """Begin a plan for a territory or an account over a fiscal year or quarter.

    Its owner is the viewer unless another person is named, its manager the owner's; a quarter's
    plan hangs below its year's where there is one. With `prefill` it comes with suggestions.
    Raises NotFound, NotAllowed, InvalidInput that names the field, Conflict where the owner has
    such a plan.
    """
    if not viewer.may_write:
        raise NotAllowed("Your role may look but not plan.", mend="Ask for another role.")
    plan = _of_period(subject, period)
    plan.owner = visible_persons(viewer).get(pk=_owner(viewer, owner_uid))
    plan.manager_id = plan.owner.manager_id
    if subject == "account":
        plan.account = _account(viewer, account_uid)
    only_one_required(plan)
    plan.parent = plan_of(viewer, parent_uid) if parent_uid else _plan_of_year(plan)
    plan.previous = plan_of(viewer, previous_uid) if previous_uid else None
    plan.title = _title(plan, title)
    plan.save(force_insert=True)
    _record(viewer, plan)
    if prefill:
        plan_prefill(viewer=viewer, plan=plan)
    return plan


def only_one_required(plan: Plan) -> None:
    """Raises Conflict where the owner already plans the same for the same period."""
    same = Plan.objects.filter(
        owner=plan.owner, subject=plan.subject, account=plan.account, period=plan.period
    )
    known = same.exclude(state=CLOSED).exclude(pk=plan.pk).first()
    if known is not None:
        raise Conflict(f"There is a plan already: {known.title}.", mend="Go on with that one.")


def _of_period(subject: str, period: str) -> Plan:
    if subject not in SUBJECTS:
        raise InvalidInput("Plan a territory or an account.", field="subject")
    covered = period_of(calendar(), period)
    return Plan(
        subject=subject, period=period, starts_on=covered.starts_on, ends_on=covered.ends_on
    )


def _account(viewer: Scope, account_uid: str | None) -> Any:
    if not account_uid:
        raise InvalidInput("Choose an account.", field="account")
    return account_of(viewer, uid_of(account_uid))


def _owner(viewer: Scope, owner_uid: str | None) -> int:
    chosen = person_id("owner", owner_uid or "") or viewer.person_id
    if chosen is None:
        raise InvalidInput("Say whose plan it is.", field="owner")
    if not visible_persons(viewer).filter(pk=chosen).exists():
        names = ", ".join(person.name for person in persons_by_id([chosen]))
        raise NotAllowed(f"You can't plan for {names}.", mend="Ask them, or their manager.")
    return chosen


def _plan_of_year(plan: Plan) -> Plan | None:
    if plan.period == year_key(plan.period):
        return None
    same = Plan.objects.filter(owner=plan.owner, subject=plan.subject, account=plan.account)
    return same.filter(period=year_key(plan.period)).exclude(state=CLOSED).first()


def _title(plan: Plan, title: str) -> str:
    title = " ".join(title.split())
    if len(title) > 200:
        raise InvalidInput("At most 200 characters.", field="title", mend="Shorten it.")
    subject = plan.account.name if plan.account else plan.owner.territory or plan.owner.name
    return title or f"{subject[:180]} {period_of(calendar(), plan.period).label}"


def _record(viewer: Scope, plan: Plan) -> None:
    after: JsonMap = {"title": plan.title, "period": plan.period, "owner": plan.owner_id}
    step = Step("create", HEAD, plan.uid, plan.title, {}, after)
    steps_write(viewer=viewer, plan=plan, steps=[step])
    plan_audited(viewer=viewer, plan=plan, action="plan.create")


def plan_audited(*, viewer: Scope, plan: Plan, action: str, detail: str = "") -> None:
    """What is done to a plan as a whole stands in the audit log too."""
    audit_record(
        viewer_actor=viewer.actor,
        action=action,
        kind="plan",
        key=str(plan.uid),
        label=plan.title,
        detail={"period": plan.period, **({"reason": detail} if detail else {})},
    )
