"""Who works on an account besides its owner: whoever is added also sees it."""

from uuid import UUID

from django.db import transaction

from groundplan.book.models import Account, AccountTeamMember
from groundplan.book.rules import may_change_owner
from groundplan.book.selectors.accounts import account_of
from groundplan.kernel.errors import InvalidInput, NotAllowed, NotFound
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope
from groundplan.people.selectors import persons_by_id, persons_by_login

from .edits import writer_required


@transaction.atomic
def account_team_add(*, viewer: Scope, uid: UUID, login: str, function: str = "") -> None:
    """Let a person work on, and so see, an account; again to change what they do there.

    Raises NotFound, NotAllowed for others than the owner and managers, InvalidInput.
    """
    account = _account(viewer, uid)
    persons = persons_by_login([login.strip()])
    if not persons:
        raise InvalidInput(f"Nobody has the login {login}.", field="login", mend="Pick one.")
    person = persons[0]
    if person.pk == account.owner_id:
        raise InvalidInput(f"{person.name} owns this account already.", field="login")
    if len(function) > 120:
        raise InvalidInput("At most 120 characters.", field="function")
    AccountTeamMember.objects.update_or_create(
        account=account, person=person, defaults={"function": function.strip()}
    )
    _record(viewer, account, "account.team_add", {"from": "", "to": person.name})


@transaction.atomic
def account_team_lead(*, viewer: Scope, uid: UUID, person_id: int, function: str) -> None:
    """Put on an account's team whoever leads somebody who is on it already.

    They answer for what that person does there, so the owner isn't asked; the log says it. Raises
    NotFound for an account that the viewer doesn't see, NotAllowed where they lead nobody there.
    """
    account = account_of(viewer, uid, lock=True)
    writer_required(viewer)
    (person,) = persons_by_id([person_id])
    led = account.team.filter(person__path__startswith=person.path).exclude(person=person)
    if not person.path or not led.exists():
        raise NotAllowed(
            f"{person.name} leads nobody on this account's team.", mend="Ask the owner."
        )
    _member, added = AccountTeamMember.objects.get_or_create(
        account=account, person=person, defaults={"function": function}
    )
    if added:
        _record(viewer, account, "account.team_add", {"from": "", "to": person.name})


@transaction.atomic
def account_team_remove(*, viewer: Scope, uid: UUID, person_uid: UUID) -> None:
    """Take a person off an account. Raises NotFound where they are not on it."""
    account = _account(viewer, uid)
    row = account.team.select_related("person").filter(person__uid=person_uid).first()
    if row is None:
        raise NotFound("They are not on this account's team.", mend="Reload the account.")
    row.delete()
    _record(viewer, account, "account.team_remove", {"from": row.person.name, "to": ""})


def _account(viewer: Scope, uid: UUID) -> Account:
    account = account_of(viewer, uid, lock=True)
    writer_required(viewer)
    if not may_change_owner(viewer, account.owner_id):
        message = "Only the owner and their managers decide who works on an account."
        raise NotAllowed(message, mend="Ask the owner.")
    return account


def _record(viewer: Scope, account: Account, action: str, change: dict[str, str]) -> None:
    audit_record(
        viewer_actor=viewer.actor,
        action=action,
        kind="account",
        key=str(account.uid),
        label=account.name,
        detail={"team": change},
    )
