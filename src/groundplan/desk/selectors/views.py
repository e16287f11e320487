"""Reads of what a user keeps: only ever their own."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import BigIntegerField, CharField, QuerySet

from groundplan.database.prepared import Parameter, prepared
from groundplan.desk.models import SavedView
from groundplan.people.contracts import Scope


@dataclass(frozen=True, slots=True)
class ViewRef:
    """A saved view as a page lists it; `query` is the address's query without question mark."""

    uid: UUID
    name: str
    query: str


def saved_views(viewer: Scope, page: str) -> tuple[ViewRef, ...]:
    """The viewer's own views of a page, in their order."""
    return tuple(ViewRef(*row) for row in _views().ask(user=viewer.user_id, page=page))


@prepared
def _views() -> QuerySet[SavedView, tuple[UUID, str, str]]:
    user, page = Parameter("user", BigIntegerField()), Parameter("page", CharField())
    return SavedView.objects.filter(user=user, page=page).values_list("uid", "name", "query")
