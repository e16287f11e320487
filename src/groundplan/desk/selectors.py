"""Reads of what a user keeps: only ever their own."""

from dataclasses import dataclass
from uuid import UUID

from groundplan.people.contracts import Scope

from .models import SavedView


@dataclass(frozen=True, slots=True)
class ViewRef:
    """A saved view as a page lists it; `query` is the address's query without question mark."""

    uid: UUID
    name: str
    query: str


def saved_views(viewer: Scope, page: str) -> tuple[ViewRef, ...]:
    """The viewer's own views of a page, in their order."""
    rows = SavedView.objects.filter(user_id=viewer.user_id, page=page)
    return tuple(ViewRef(row.uid, row.name, row.query) for row in rows)
