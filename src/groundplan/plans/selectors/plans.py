"""One plan, or one part of one, for a viewer; and the list of plans."""

import re
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, UUIDField

from groundplan.database.prepared import Parameter, prepared
from groundplan.kernel.errors import NotFound
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import PlanLine
from groundplan.plans.models import Plan, PlanMember, PlanPart
from groundplan.plans.rules.permissions import Stake

from .visibility import visible_plans

MOST = 500
MOST_WORDS = 8
_YEAR = re.compile(r"^FY(\d\d)(?!\d)", re.IGNORECASE)
_LINE = (
    "uid",
    "title",
    "subject",
    "period",
    "starts_on",
    "ends_on",
    "state",
    "number",
    "owner__uid",
    "owner__name",
    "account__uid",
    "account__name",
    "parent__uid",
    "next_review_on",
    "changed_at",
)


def plan_of(viewer: Scope, uid: UUID | str, *, lock: bool = False) -> Plan:
    """The plan with its owner, manager, account and parent.

    Raises NotFound where there is none or the viewer may not see it: the two look alike.
    """
    found = _plan(viewer.reach, lock).ask(uid=uid_of(uid))
    if not found:
        raise NotFound("There is no such plan.", mend="Look for it in Plans.")
    return found[0]


@prepared
def _plan(reach: Scope, lock: bool) -> QuerySet[Plan]:
    plans = visible_plans(reach).select_related("owner", "manager", "account", "parent", "beside")
    plans = plans.filter(uid=Parameter("uid", UUIDField()))
    return plans.select_for_update(of=("self",)) if lock else plans


def part_row(viewer: Scope, uid: UUID | str, *, lock: bool = False) -> PlanPart:
    """A part that wasn't removed, with its plan and the plan's owner. Raises NotFound."""
    found = _part(viewer.reach, lock).ask(uid=uid_of(uid))
    if not found:
        message = "There is no such part: somebody may have removed it."
        raise NotFound(message, mend="Reload the plan.")
    return found[0]


@prepared
def _part(reach: Scope, lock: bool) -> QuerySet[PlanPart]:
    parts = PlanPart.objects.select_related("plan", "plan__owner", "parent__parent")
    parts = parts.filter(uid=Parameter("uid", UUIDField()), removed_at__isnull=True)
    if not reach.sees_all:
        parts = parts.filter(Exists(visible_plans(reach).filter(pk=OuterRef("plan_id"))))
    return parts.select_for_update(of=("self", "plan")) if lock else parts


def tactic_row(viewer: Scope, uid: UUID | str) -> PlanPart:
    """A tactic to be marked, as `part_row` gives it: also one's own in a plan out of sight."""
    rows = PlanPart.objects.select_related("plan", "plan__owner", "parent")
    rows = rows.filter(uid=uid_of(uid), kind="tactic", removed_at__isnull=True)
    found = rows.select_for_update(of=("self", "plan")).first()
    is_own = found and viewer.person_id is not None and found.owner_id == viewer.person_id
    if found and (is_own or visible_plans(viewer).filter(pk=found.plan_id).exists()):
        return found
    raise NotFound("There is no such tactic.", mend="Reload the page.")


def stake_of(viewer: Scope, plan: Plan) -> Stake:
    """What decides on what the viewer may do to a plan; costs a query where that is unclear."""
    me = viewer.person_id
    tied = viewer.sees_all or me is None or me == plan.owner_id
    is_member = not tied and PlanMember.objects.filter(plan=plan, person=me).exists()
    return Stake(
        owner=plan.owner_id,
        owner_path=plan.owner.path,
        manager=plan.manager_id,
        is_member=is_member,
    )


def plans_listed(
    viewer: Scope,
    *,
    subject: str = "",
    period: str = "",
    state: str = "",
    owner: UUID | None = None,
    account: UUID | None = None,
    text: str = "",
    limit: int = MOST,
) -> list[PlanLine]:
    """Plans that the viewer may see, the latest period first; at most `limit`.

    Each word of `text` is found in the title, the owner's or account's name, or the period, which
    may be written as FY27.
    """
    plans = visible_plans(viewer)
    asked = {
        "subject": subject,
        "period": period,
        "state": state,
        "owner__uid": owner,
        "account__uid": account,
    }
    plans = plans.filter(**{name: value for name, value in asked.items() if value})
    for word in text.split()[:MOST_WORDS]:
        plans = plans.filter(_named(word))
    rows = plans.order_by("-starts_on", "title", "pk").values_list(*_LINE)[:limit]
    return [_line(row) for row in rows]


def _named(word: str) -> Q:
    # SQLite tells ö from Ö: names mostly begin with the capital.
    found = Q(period__icontains=_YEAR.sub(r"FY20\1", word))
    for written in {word, word.capitalize()}:
        for field in ("title", "owner__name", "account__name"):
            found |= Q(**{f"{field}__icontains": written})
    return found


def plan_lines(plans: QuerySet[Plan]) -> list[PlanLine]:
    """Plans that a selector of this room chose, in their order."""
    return [_line(row) for row in plans.values_list(*_LINE)]


def _line(row: tuple[object, ...]) -> PlanLine:
    return PlanLine(*row)  # type: ignore[arg-type]  # _LINE has its fields in their order


def uid_of(text: UUID | str) -> UUID:
    """A uid from an address. Raises NotFound for what is none."""
    if isinstance(text, UUID):
        return text
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("There is no such plan.", mend="Look for it in Plans.") from None
