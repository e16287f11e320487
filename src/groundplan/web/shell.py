"""What surrounds every page: navigation, theme, the viewer, the demonstration's switch.

Built before rendering, so that no query runs while a template renders.
"""

from dataclasses import replace
from datetime import tzinfo
from functools import lru_cache

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from groundplan.desk.selectors import unread_count
from groundplan.people.contracts import Scope
from groundplan.people.models import User
from groundplan.people.selectors import demonstration_cast, login_of
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.excluded import excluded_line
from groundplan.snapshots.selectors import current

from .contracts import Place, Player, Shell
from .requests import SignedInRequest
from .work import work_at_once

PLACES = (
    Place(gettext_lazy("My book"), "/", "book", "b"),
    Place(gettext_lazy("Accounts"), "/accounts/", "building-skyscraper", "a"),
    Place(gettext_lazy("Whitespace"), "/whitespace/", "layout-grid", "w"),
    Place(gettext_lazy("Plans"), "/plans/", "route", "n"),
    Place(gettext_lazy("My week"), "/week/", "calendar-event", "k"),
    Place(gettext_lazy("Performance"), "/performance/", "target-arrow", "p"),
)
# A member of the demonstration company's sales force, in the words of the trade.
PARTS = {
    "member": gettext_lazy("account manager"),
    "manager": gettext_lazy("manager"),
    "leader": gettext_lazy("leader"),
    "administrator": gettext_lazy("administrator"),
}
IMPORTS = Place(gettext_lazy("Imports"), "/imports/", "database-import", "i")
SETTINGS = Place(gettext_lazy("Settings"), "/settings/", "settings", "s")


def places(scope: Scope) -> tuple[Place, ...]:
    """What the viewer's role has a use for; the pages check it again by themselves."""
    return _places(scope.may_import, _sees_settings(scope))


def _places(imports: bool, administration: bool) -> tuple[Place, ...]:
    return (*PLACES, *([IMPORTS] * imports), *([SETTINGS] * administration))


def _sees_settings(scope: Scope) -> bool:
    return scope.may_administer or scope.role == "leader"


def shell_for(request: SignedInRequest) -> Shell:
    """The shell around `request`'s page; a query each for snapshot, work, notices, and a cast."""
    user, viewer, language = request.user, request.viewer, get_language() or ""
    snapshot = current()
    return Shell(
        places=_placed(viewer.may_import, _sees_settings(viewer), _here(request.path), language),
        theme=user.theme,
        name=str(user),
        email=user.email,
        role=user.get_role_display(),
        cast=players(user.pk) if settings.GROUNDPLAN_DEMONSTRATION else (),
        snapshot_line=_snapshot_line(snapshot, language, get_current_timezone()),
        results=str(snapshot.results_uid) if snapshot else "",
        work=work_at_once(),
        unread=unread_count(viewer),
    )


def players(viewer_id: int | None = None) -> tuple[Player, ...]:
    """Whom the demonstration can be seen as, account manager first."""
    return tuple(player(user, viewer_id) for user in demonstration_cast())


def player(user: User, viewer_id: int | None = None) -> Player:
    """`user` as a part to be played; their login names them in the address."""
    part = PARTS.get(user.role, user.get_role_display())
    return Player(login_of(user), str(user), str(part), user.pk == viewer_id)


@lru_cache(maxsize=64)
def _snapshot_line(snapshot: CurrentSnapshot | None, _language: str, zone: tzinfo) -> str:
    if snapshot is None:
        return ""
    line = _("Snapshot of %(taken)s, as of %(as_of)s") % {
        "taken": date_format(localtime(snapshot.taken_at, zone), "DATETIME_FORMAT"),
        "as_of": date_format(snapshot.as_of),
    }
    return " · ".join(filter(None, (line, excluded_line(snapshot))))


@lru_cache(maxsize=128)
def _placed(imports: bool, administration: bool, here: str, _language: str) -> tuple[Place, ...]:
    """The places in words, which are what parts of the page are kept by."""
    return tuple(
        replace(place, label=str(place.label), current=place.address == here)
        for place in _places(imports, administration)
    )


def _here(path: str) -> str:
    """The address of the place that `path` belongs to, empty for a page of none."""
    if path == "/":
        return path
    addresses = [place.address for place in (*PLACES, IMPORTS, SETTINGS) if place.address != "/"]
    return next((address for address in addresses if path.startswith(address)), "")
