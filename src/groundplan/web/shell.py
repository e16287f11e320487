"""What surrounds every page: navigation, theme, the viewer, the demonstration's switch.

Built before rendering, so that no query runs while a template renders.
"""

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from groundplan.people.contracts import Scope
from groundplan.people.selectors import demonstration_cast

from .requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the main navigation; `go` is the letter that follows g on the keyboard."""

    label: str | Promise
    address: str
    icon: str
    go: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody whom the demonstration can be seen as."""

    login: str
    name: str
    role: str
    current: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything the base template shows that isn't the page itself."""

    places: tuple[Place, ...] = ()
    theme: str = "system"
    name: str = ""
    email: str = ""
    role: str = ""
    cast: tuple[Player, ...] = ()


PLACES = (
    Place(_("My book"), "/", "book", "b"),
    Place(_("Accounts"), "/accounts/", "building-skyscraper", "a"),
    Place(_("Whitespace"), "/whitespace/", "layout-grid", "w"),
    Place(_("Performance"), "/performance/", "target-arrow", "p"),
)
IMPORTS = Place(_("Imports"), "/imports/", "database-import", "i")
SETTINGS = Place(_("Settings"), "/settings/", "settings", "s")


def places(scope: Scope) -> tuple[Place, ...]:
    """What the viewer's role has a use for; the pages check it again by themselves."""
    imports = (IMPORTS,) if scope.may_import else ()
    administration = (SETTINGS,) if scope.may_administer or scope.role == "leader" else ()
    return (*PLACES, *imports, *administration)


def shell_for(request: SignedInRequest) -> Shell:
    """The shell around `request`'s page; one query, and that only in a demonstration."""
    user = request.user
    return Shell(
        places=tuple(_placed(place, request.path) for place in places(request.viewer)),
        theme=user.theme,
        name=str(user),
        email=user.email,
        role=user.get_role_display(),
        cast=players(user.pk) if settings.GROUNDPLAN_DEMONSTRATION else (),
    )


def players(viewer_id: int | None = None) -> tuple[Player, ...]:
    """Whom the demonstration can be seen as, account manager first."""
    return tuple(
        Player(user.person.login, str(user), user.get_role_display(), user.pk == viewer_id)
        for user in demonstration_cast()
        if user.person
    )


def _placed(place: Place, path: str) -> Place:
    here = path == "/" if place.address == "/" else path.startswith(place.address)
    return replace(place, current=here)
