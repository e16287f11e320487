"""Who is notified of what is done to a plan."""

from collections.abc import Iterable

from groundplan.book.selectors.visibility import who_sees
from groundplan.desk.services import notices_give
from groundplan.people.contracts import Scope
from groundplan.people.selectors import scopes_of_persons, users_above_all, users_of_persons
from groundplan.plans.kinds import PLAN
from groundplan.plans.models import Plan, PlanMember, PlanPart
from groundplan.plans.rules.copying import OPEN


def tell(
    viewer: Scope,
    plan: Plan,
    users: Iterable[int],
    code: str,
    text: str = "",
    *,
    kind: str = PLAN,
    once: bool = False,
) -> None:
    """Give each of `users` but the viewer a notice about the plan."""
    about = (kind, str(plan.uid))
    notices_give(viewer=viewer, users=users, code=code, about=about, text=text, once=once)


def owner(plan: Plan) -> list[int]:
    return list(users_of_persons([plan.owner_id]).values())


def reviewers(plan: Plan) -> list[int]:
    """Who is to accept: the plan's manager, else whoever is next above its owner; where none of
    them signs in and sees the plan's account, those who lead everybody."""
    above = line_above(plan)
    if plan.manager_id is not None:
        above.append(plan.manager_id)
    users = users_of_persons(above)
    if plan.account_id is not None and users:
        seeing = who_sees(plan.account_id, scopes_of_persons(users).values())
        users = {person: user for person, user in users.items() if person in seeing}
    nearest = [users[person] for person in reversed(above) if person in users]
    return nearest[:1] or users_above_all()


def line_above(plan: Plan) -> list[int]:
    """Those who stand above the plan's owner, the nearest last."""
    return [int(one) for one in plan.owner.path.split("/") if one][:-1]


def workers(plan: Plan) -> list[int]:
    """Its owner and its team."""
    team = PlanMember.objects.filter(plan=plan).values_list("person_id", flat=True)
    return list(users_of_persons({plan.owner_id, *team}).values())


def doers(plan: Plan) -> list[int]:
    """Whoever has an open tactic in it."""
    tactics = PlanPart.objects.filter(plan=plan, kind="tactic", removed_at__isnull=True)
    owners = tactics.filter(is_suggested=False, status__in=OPEN, owner__isnull=False)
    return list(users_of_persons(owners.values_list("owner_id", flat=True).distinct()).values())
