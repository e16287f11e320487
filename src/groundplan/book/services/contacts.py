"""Contacts of an account, written by people."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from groundplan.book.contracts import Undo
from groundplan.book.models import Contact
from groundplan.book.rules import CONTACT_FIELDS, Value, parse
from groundplan.book.selectors.accounts import account_of
from groundplan.book.selectors.contacts import contact_of
from groundplan.kernel.errors import InvalidInput
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope

from .edits import Edit, edit_apply, writer_required


@transaction.atomic
def contact_create(*, viewer: Scope, account_uid: UUID, values: Mapping[str, str]) -> Contact:
    """Add a contact to an account. Raises NotFound, NotAllowed, InvalidInput."""
    account = account_of(viewer, account_uid)
    writer_required(viewer)
    contact = Contact.objects.create(account=account, **_parsed({"name": "", **values}))
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
    edit = Edit("contact", "contact.update", _parsed(values))
    return edit_apply(viewer=viewer, row=contact, edit=edit)


def _parsed(values: Mapping[str, str]) -> dict[str, Value]:
    unknown = set(values) - set(CONTACT_FIELDS)
    if unknown:
        raise InvalidInput("This field can't be edited.", field=min(unknown))
    return {name: parse(name, CONTACT_FIELDS[name], text) for name, text in values.items()}
