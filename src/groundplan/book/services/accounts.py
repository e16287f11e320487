"""Edits of an account."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from groundplan.book.contracts import Undo
from groundplan.book.rules import account_fields, parse
from groundplan.book.selectors.accounts import account_of
from groundplan.kernel.errors import InvalidInput
from groundplan.people.contracts import Scope

from .edits import Edit, edit_apply, writer_required


@transaction.atomic
def account_update(*, viewer: Scope, uid: UUID, values: Mapping[str, str]) -> Undo:
    """Set fields of an account from what a person typed; the source's own values are kept.

    Raises NotFound for what the viewer can't see, NotAllowed for viewers, InvalidInput for a
    value that a field doesn't take.
    """
    account = account_of(viewer, uid, lock=True)
    writer_required(viewer)
    fields = account_fields(account.attributes)
    unknown = set(values) - set(fields)
    if unknown:
        raise InvalidInput("This field can't be edited.", field=min(unknown))
    parsed = {name: parse(name, fields[name], text) for name, text in values.items()}
    edit = Edit("account", "account.update", parsed)
    return edit_apply(viewer=viewer, row=account, edit=edit)
