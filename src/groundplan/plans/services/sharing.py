"""Whoever works on an account's plan has to see the account."""

from typing import Any

from groundplan.book.rules import may_change_owner
from groundplan.book.selectors.visibility import teamed_accounts, who_sees
from groundplan.book.services.teams import account_team_add, account_team_lead
from groundplan.kernel.errors import NotAllowed
from groundplan.people.contracts import Scope
from groundplan.people.selectors import persons_by_id, scopes_of_persons, users_of_persons
from groundplan.plans.contracts import UnseenAccount
from groundplan.plans.models import Plan

from .telling import line_above

ACCEPTS = "Accepts a plan of the account"


def manager_shown(viewer: Scope, plan: Plan) -> None:
    """See to it that the first-line manager of an account plan's owner sees the account, in the
    caller's transaction: somebody who is only of its team has a manager who may not.

    That is who stands next above the owner and signs in: the plan's manager where that is one of
    the line. Nobody else is let see an account by this.
    """
    if plan.account is None:
        return
    line = line_above(plan)
    users = users_of_persons(line)
    nearest = [plan.manager_id] if plan.manager_id in line else []
    asked = next((one for one in (*nearest, *reversed(line)) if one in users), None)
    (owner,) = scopes_of_persons([plan.owner_id]).values()
    if asked is None or not teamed_accounts(owner).filter(pk=plan.account.pk).exists():
        return
    if not who_sees(plan.account.pk, scopes_of_persons([asked]).values()):
        account_team_lead(viewer=viewer, uid=plan.account.uid, person_id=asked, function=ACCEPTS)


def account_shown(
    viewer: Scope, account: Any, person_id: int, function: str, *, share: bool
) -> None:
    """See to it that a person sees an account, in the caller's transaction.

    Raises UnseenAccount where they don't and it isn't to be shared, NotAllowed where the viewer
    doesn't decide who works on the account.
    """
    scopes = scopes_of_persons([person_id]).values()
    if who_sees(account.pk, scopes):
        return
    (person,) = persons_by_id([person_id])
    message = f"{person.name} doesn't see {account.name}, and so not its plan."
    if not viewer.may_write or not may_change_owner(viewer, account.owner_id):
        owner = ", ".join(one.name for one in persons_by_id([account.owner_id or 0]))
        mend = f"Ask {owner or 'a manager'} to put them on the account's team first."
        raise NotAllowed(message, mend=mend)
    if not share:
        raise UnseenAccount(message, mend="Put them on the account's team too.")
    account_team_add(viewer=viewer, uid=account.uid, login=person.login, function=function)
