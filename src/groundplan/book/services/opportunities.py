"""Opportunities, corrected by people."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from groundplan.book.contracts import Undo
from groundplan.book.models import Opportunity
from groundplan.book.rules import OPPORTUNITY_FIELDS, parse
from groundplan.book.selectors.opportunities import opportunity_of
from groundplan.kernel.errors import InvalidInput
from groundplan.organisation.selectors import stages, today
from groundplan.people.contracts import Scope

from .edits import Edit, edit_apply, writer_required


@transaction.atomic
def opportunity_update(*, viewer: Scope, uid: UUID, values: Mapping[str, str]) -> Undo:
    """Set fields of an opportunity from what a person typed. Raises as `account_update` does.

    `stage`, a stage's id, may be set of one that somebody chose from the whitespace: sources say
    it of theirs. With another stage that stage's probability counts, unless one is typed with it.
    """
    opportunity = opportunity_of(viewer, uid, lock=True)
    writer_required(viewer)
    fields = dict(values)
    staged = _staged(opportunity, fields.pop("stage", None))
    unknown = set(fields) - set(OPPORTUNITY_FIELDS)
    if unknown:
        raise InvalidInput("This field can't be edited.", field=min(unknown))
    parsed = {name: parse(name, OPPORTUNITY_FIELDS[name], text) for name, text in fields.items()}
    if staged and parsed.get("probability") == opportunity.probability:
        staged["probability"] = None
    edit = Edit("opportunity", "opportunity.update", parsed | staged)
    return edit_apply(viewer=viewer, row=opportunity, edit=edit)


def _staged(row: Opportunity, text: str | None) -> dict[str, object]:
    """The columns that a new stage sets: what is over was over today."""
    if text is None or text == str(row.stage_id):
        return {}
    if row.grounds is None:
        raise InvalidInput("The stage comes from the source.", field="stage")
    stage = stages().filter(pk=int(text)).first() if text.isdigit() else None
    if stage is None:
        raise InvalidInput("Choose one of the stages.", field="stage")
    return {"stage_id": stage.pk, "closed_on": None if stage.outcome == "open" else today()}
