"""What the palette finds: accounts the viewer may see, pages and commands."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groundplan.book.selectors.search import search_accounts
from groundplan.people.contracts import Scope
from groundplan.web.shell import places


@dataclass(frozen=True, slots=True)
class Hit:
    """A result: a link, and for commands what the page does instead of following it."""

    label: str
    address: str
    icon: str
    hint: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Results of one sort under a heading."""

    label: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class PaletteContext:
    text: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Command:
    label: str | Promise
    code: str
    icon: str
    address: str = "/"


COMMANDS = (
    Command(gettext_lazy("Light theme"), "theme:light", "sun"),
    Command(gettext_lazy("Dark theme"), "theme:dark", "moon"),
    Command(gettext_lazy("Theme of the system"), "theme:system", "device-desktop"),
    Command(gettext_lazy("List the keys"), "keys", "keyboard"),
    Command(gettext_lazy("Print this page"), "print", "printer"),
    Command(gettext_lazy("Change password"), "", "key", "/sign-in/password/change/"),
)
ACCOUNTS_SHOWN = 8


def palette(viewer: Scope, text: str) -> PaletteContext:
    """What matches `text` (all pages and commands when empty), best group first."""
    wanted = text.strip().casefold()
    groups = (
        Group(_("Accounts"), _accounts(viewer, wanted)),
        Group(_("Pages"), _pages(viewer, wanted)),
        Group(_("Commands"), _commands(wanted)),
    )
    return PaletteContext(text, tuple(group for group in groups if group.hits))


def _pages(viewer: Scope, wanted: str) -> tuple[Hit, ...]:
    return tuple(
        Hit(str(place.label), place.address, place.icon, f"g {place.go}")
        for place in places(viewer)
        if wanted in str(place.label).casefold()
    )


def _commands(wanted: str) -> tuple[Hit, ...]:
    return tuple(
        Hit(str(command.label), command.address, command.icon, command=command.code)
        for command in COMMANDS
        if wanted in str(command.label).casefold()
    )


def _accounts(viewer: Scope, wanted: str) -> tuple[Hit, ...]:
    found = search_accounts(viewer, wanted, ACCOUNTS_SHOWN) if wanted else ()
    return tuple(
        Hit(account.name, f"/accounts/{account.uid}/", "building-skyscraper") for account in found
    )
