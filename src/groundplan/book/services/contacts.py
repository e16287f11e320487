"""Contacts of an account, written by people."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from groundplan.book.contracts import Undo
from groundplan.book.models import Account, Contact
from groundplan.book.rules import CONTACT_FIELDS, REPORTS_TO, Value, parse
from groundplan.book.selectors.accounts import account_of
from groundplan.book.selectors.contacts import chain_above, contact_at, contact_of
from groundplan.kernel.errors import InvalidInput
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope

from .edits import Edit, edit_apply, writer_required


@transaction.atomic
def contact_create(*, viewer: Scope, account_uid: UUID, values: Mapping[str, str]) -> Contact:
    """Add a contact to an account. Raises NotFound, NotAllowed, InvalidInput."""
    account = account_of(viewer, account_uid)
    writer_required(viewer)
    parsed = _parsed({"name": "", **values}) | _boss(account, None, values)
    contact = Contact.objects.create(account=account, **parsed)
    audit_record(
        viewer_actor=viewer.actor,
        action="contact.create",
        kind="account",
        key=str(account.uid),
        label=account.name,
        detail={"contact": {"from": "", "to": contact.name}},
    )
    return contact


@transaction.atomic
def contact_update(*, viewer: Scope, uid: UUID, values: Mapping[str, str]) -> Undo:
    """Set fields of a contact from what a person typed. Raises as `account_update` does."""
    contact = contact_of(viewer, uid, lock=True)
    writer_required(viewer)
    parsed = _parsed(values) | _boss(contact.account, contact, values)
    edit = Edit("contact", "contact.update", parsed)
    return edit_apply(viewer=viewer, row=contact, edit=edit)


def _parsed(values: Mapping[str, str]) -> dict[str, Value]:
    unknown = set(values) - set(CONTACT_FIELDS) - {REPORTS_TO}
    if unknown:
        raise InvalidInput("This field can't be edited.", field=min(unknown))
    plain = {name: text for name, text in values.items() if name != REPORTS_TO}
    return {name: parse(name, CONTACT_FIELDS[name], text) for name, text in plain.items()}


def _boss(
    account: Account, contact: Contact | None, values: Mapping[str, str]
) -> dict[str, int | None]:
    """Whom the contact reports to, where `values` say so: a uid of the account's, or nobody."""
    if REPORTS_TO not in values:
        return {}
    uid = values[REPORTS_TO].strip()
    if not uid:
        return {"reports_to_id": None}
    boss = contact_at(account, uid)
    if boss is None:
        message = "There is no such contact at this account."
        raise InvalidInput(message, field=REPORTS_TO, mend="Choose one of the list.")
    if contact is not None and contact.pk in chain_above(boss):
        message = f"{boss.name} reports to {contact.name}, directly or not."
        raise InvalidInput(message, field=REPORTS_TO, mend="Change that first.")
    return {"reports_to_id": boss.pk}
