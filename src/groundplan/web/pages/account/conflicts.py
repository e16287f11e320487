"""Edits that their source has changed too, as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from groundplan.book.contracts import Conflicted
from groundplan.web.change_values import names_in, worded
from groundplan.web.change_words import field_word


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """An edit in conflict: what the source said when it was made, says by now, and the edit."""

    id: int
    account: str
    account_uid: UUID
    row: str
    field: str
    label: str | Promise
    before: str
    now: str
    edited: str
    author: str
    at: datetime


def conflict_lines(conflicts: Sequence[Conflicted]) -> tuple[ConflictLine, ...]:
    """In the order given; names of persons in one query."""
    names = names_in(
        (one.conflict.field, value)
        for one in conflicts
        for value in (one.conflict.base, one.conflict.edited, one.conflict.incoming)
    )
    return tuple(
        ConflictLine(
            id=one.conflict.override_id,
            account=one.account.name,
            account_uid=one.account.uid,
            row=one.row,
            field=one.conflict.field,
            label=field_word(one.conflict.field),
            before=worded(one.conflict.field, one.conflict.base, names),
            now=worded(one.conflict.field, one.conflict.incoming, names),
            edited=worded(one.conflict.field, one.conflict.edited, names),
            author=one.conflict.author,
            at=one.conflict.at,
        )
        for one in conflicts
    )
