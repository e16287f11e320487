"""Opportunities, corrected by people."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from groundplan.book.contracts import Undo
from groundplan.book.rules import OPPORTUNITY_FIELDS, parse
from groundplan.book.selectors.opportunities import opportunity_of
from groundplan.kernel.errors import InvalidInput
from groundplan.people.contracts import Scope

from .edits import Edit, edit_apply, writer_required


@transaction.atomic
def opportunity_update(*, viewer: Scope, uid: UUID, values: Mapping[str, str]) -> Undo:
    """Set fields of an opportunity from what a person typed. Raises as `account_update` does."""
    opportunity = opportunity_of(viewer, uid, lock=True)
    writer_required(viewer)
    unknown = set(values) - set(OPPORTUNITY_FIELDS)
    if unknown:
        raise InvalidInput("This field can't be edited.", field=min(unknown))
    parsed = {name: parse(name, OPPORTUNITY_FIELDS[name], text) for name, text in values.items()}
    edit = Edit("opportunity", "opportunity.update", parsed)
    return edit_apply(viewer=viewer, row=opportunity, edit=edit)
