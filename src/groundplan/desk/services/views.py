"""Writes of what a user keeps for themselves. Viewers too may keep views: they change no facts."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max

from groundplan.desk.models import SavedView
from groundplan.kernel.errors import Conflict, InvalidInput, NotFound
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope

MOST_VIEWS = 50
LONGEST_NAME = 120
LONGEST_QUERY = 4000


@transaction.atomic
def saved_view_create(*, viewer: Scope, page: str, name: str, query: str) -> SavedView:
    """Keep a page's address query under a name; the same name again replaces it.

    Raises InvalidInput for an empty or long name and when there are too many.
    """
    name = _name(name)
    if len(query) > LONGEST_QUERY:
        raise InvalidInput("These filters are too long to keep.", field="query")
    mine = SavedView.objects.filter(user_id=viewer.user_id, page=page)
    known = mine.filter(name=name).first()
    if known is None and mine.count() >= MOST_VIEWS:
        raise InvalidInput(f"At most {MOST_VIEWS} views.", field="name", mend="Delete one first.")
    if known is None:
        last = mine.aggregate(last=Max("position"))["last"] or 0
        known = SavedView(user_id=viewer.user_id, page=page, name=name, position=last + 1)
    known.query = query
    known.save()
    _record(viewer, known, "view.create")
    return known


@transaction.atomic
def saved_view_rename(*, viewer: Scope, uid: UUID, name: str) -> SavedView:
    """Give a view another name. Raises NotFound, Conflict where the name is taken."""
    view, name = _mine(viewer, uid), _name(name)
    others = SavedView.objects.filter(user_id=viewer.user_id, page=view.page, name=name)
    if others.exclude(pk=view.pk).exists():
        raise Conflict(f"You have a view called {name}.", mend="Choose another name.")
    view.name = name
    view.save(update_fields=["name"])
    _record(viewer, view, "view.rename")
    return view


@transaction.atomic
def saved_view_delete(*, viewer: Scope, uid: UUID) -> None:
    """Forget a view. Raises NotFound for somebody else's."""
    view = _mine(viewer, uid)
    _record(viewer, view, "view.delete")
    view.delete()


def _mine(viewer: Scope, uid: UUID) -> SavedView:
    view = SavedView.objects.filter(user_id=viewer.user_id, uid=uid).first()
    if view is None:
        raise NotFound("You have no such view.", mend="Reload the page.")
    return view


def _name(name: str) -> str:
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput(f"Give it a name of 1 to {LONGEST_NAME} characters.", field="name")
    return name


def _record(viewer: Scope, view: SavedView, action: str) -> None:
    audit_record(
        viewer_actor=viewer.actor,
        action=action,
        kind="view",
        key=str(view.uid),
        label=view.name,
        detail={"page": view.page},
    )
