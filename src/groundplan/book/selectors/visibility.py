"""The one definition of which accounts a viewer may see."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from groundplan.book.models import Account, AccountTeamMember
from groundplan.people.contracts import Scope
from groundplan.people.selectors import visible_persons


def visible_accounts(scope: Scope) -> QuerySet[Account]:
    """Accounts that `scope` may see, archived ones included.

    Owned by a person it covers, worked on as a member of the account team, or without an owner
    where the viewer sees reports.
    """
    accounts = Account.objects.all()
    if scope.sees_all:
        return accounts
    if scope.person_id is None:
        return accounts.none()
    if scope.sees_reports:
        owned = Q(owner__isnull=True) | Q(owner__in=visible_persons(scope).values("pk"))
    else:
        owned = Q(owner_id=scope.person_id)
    return accounts.filter(owned | Q(pk__in=_shared(scope)))


def teamed_accounts(scope: Scope) -> QuerySet[Account]:
    """Accounts on whose team the viewer works."""
    return Account.objects.filter(pk__in=_shared(scope))


def who_sees(account_id: int, scopes: Iterable[Scope]) -> set[int | None]:
    """The persons among `scopes` who see an account; a query each."""
    return {
        scope.person_id
        for scope in scopes
        if visible_accounts(scope).filter(pk=account_id).exists()
    }


def _shared(scope: Scope) -> QuerySet[AccountTeamMember, Any]:
    return AccountTeamMember.objects.filter(person=scope.person_id).values("account_id")
