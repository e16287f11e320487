"""The one definition of which plans a viewer may see."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from groundplan.book.selectors.visibility import teamed_accounts, visible_accounts
from groundplan.people.contracts import Scope
from groundplan.people.selectors import visible_persons
from groundplan.plans.models import Plan, PlanMember


def visible_plans(scope: Scope) -> QuerySet[Plan]:
    """Plans that `scope` may see.

    A territory's plan: of an owner that it covers, as the plan's manager, or of its team. An
    account's plan: the same where it sees the account too, or where it is of the account's team.
    """
    plans = Plan.objects.all()
    if scope.sees_all:
        return plans
    if scope.person_id is None:
        return plans.none()
    teams = PlanMember.objects.filter(person_id=scope.person_id).values("plan_id")
    tied = Q(owner_id=scope.person_id) | Q(manager_id=scope.person_id) | Q(pk__in=teams)
    if scope.sees_reports:
        tied |= Q(Exists(visible_persons(scope).filter(pk=OuterRef("owner_id"))))
    # Whoever is of an account's team sees the account. Said in this order, each of the ways to be
    # tied to a plan is found by an index.
    shared = Q(account_id__in=teamed_accounts(scope).values("pk"))
    account = Exists(visible_accounts(scope).filter(pk=OuterRef("account_id")))
    return plans.filter(tied | shared).filter(Q(account__isnull=True) | Q(account))
