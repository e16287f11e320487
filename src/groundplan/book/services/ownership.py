"""Who an account belongs to: handed over, in bulk too, and claimed."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from groundplan.book.contracts import Undo
from groundplan.book.models import Account
from groundplan.book.rules import may_change_owner
from groundplan.book.selectors.accounts import account_of, accounts_by_uid
from groundplan.kernel import clock
from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from groundplan.organisation.services import audit_record
from groundplan.organisation.services.audit_many import audit_record_many
from groundplan.people.contracts import Scope
from groundplan.people.selectors import persons_by_login
from groundplan.sources.selectors import is_imported
from groundplan.sources.services import overrides_set

from .edits import Edit, edit_apply, token_of, writer_required

MOST_AT_ONCE = 2000


@transaction.atomic
def account_owner_change(*, viewer: Scope, uids: Sequence[UUID], login: str) -> Undo:
    """Give accounts to the person with this login; an empty login leaves them without an owner.

    All or none: raises NotFound if the viewer can't see one of them or there is no such person,
    NotAllowed if one is neither theirs nor covered by a manager, InvalidInput for too many.
    """
    writer_required(viewer)
    if not uids or len(uids) > MOST_AT_ONCE:
        raise InvalidInput(f"Choose 1 to {MOST_AT_ONCE} accounts.", field="account")
    accounts = accounts_by_uid(viewer, uids, lock=True)
    if len(accounts) != len(set(uids)):
        raise NotFound("One of these accounts does not exist.", mend="Reload the list.")
    if not all(may_change_owner(viewer, account.owner_id) for account in accounts):
        message = "You may hand over only accounts that you own."
        raise NotAllowed(message, mend="Ask the manager of their owner.")
    owner_id = _person(login)
    moved = [account for account in accounts if account.owner_id != owner_id]
    return _move(viewer, moved, owner_id) if moved else Undo(0)


@transaction.atomic
def account_claim(*, viewer: Scope, uid: UUID) -> Undo:
    """Take an account that nobody owns. Raises Conflict where somebody was quicker."""
    account = account_of(viewer, uid, lock=True)
    writer_required(viewer)
    if viewer.person_id is None:
        message = "You are not a seller, so you can't own accounts."
        raise NotAllowed(message, mend="Ask an administrator to connect your user to a person.")
    if account.owner_id is not None:
        raise Conflict("This account has an owner by now.", mend="Reload the page.")
    edit = Edit("account", "account.claim", {"owner_id": viewer.person_id})
    return edit_apply(viewer=viewer, row=account, edit=edit)


def _person(login: str) -> int | None:
    if not login:
        return None
    found = persons_by_login([login])
    if not found:
        raise InvalidInput(f"Nobody has the login {login}.", field="login", mend="Pick one.")
    return found[0].pk


def _move(viewer: Scope, accounts: list[Account], owner_id: int | None) -> Undo:
    imported = is_imported("account", [account.pk for account in accounts])
    overrides_set(
        viewer=viewer,
        kind="account",
        field="owner_id",
        changes={
            account.pk: (account.owner_id, owner_id)
            for account in accounts
            if account.pk in imported
        },
        at=clock.now(),
    )
    entries = audit_record_many(
        viewer_actor=viewer.actor,
        action="account.owner",
        kind="account",
        subjects=[
            (str(a.uid), a.name, {"owner_id": {"from": a.owner_id, "to": owner_id}})
            for a in accounts
        ],
    )
    Account.objects.filter(pk__in=[account.pk for account in accounts]).update(owner_id=owner_id)
    batch = audit_record(
        viewer_actor=viewer.actor,
        action="account.owner.bulk",
        detail={"entries": [entry.pk for entry in entries]},
    )
    return Undo(len(accounts), token_of(viewer, batch.pk))
