"""What the palette finds: accounts and plans that the viewer may see, pages and commands."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groundplan.book.contracts import FoundAccount
from groundplan.book.selectors.search import search_every_account
from groundplan.kernel.periods import label_of
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import PlanLine
from groundplan.plans.selectors.plans import plans_listed
from groundplan.web.pages.plans.words import STATES
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
NEW_PLAN = Command(gettext_lazy("New plan"), "", "plus", "/plans/new/")
NOTICES = Command(gettext_lazy("Notices"), "", "bell", "/notices/")
LEADING = (
    Command(gettext_lazy("My team's week"), "", "calendar-event", "/week/?of=team"),
    Command(
        gettext_lazy("Plans to decide on"),
        "",
        "shield-check",
        "/plans/?state=submitted",
    ),
)
ACCOUNTS_SHOWN, PLANS_SHOWN = 8, 8


def palette(viewer: Scope, text: str) -> PaletteContext:
    """What matches `text` (all pages and commands when empty), best group first."""
    wanted = text.strip().casefold()
    groups = (
        Group(_("Accounts"), _accounts(viewer, wanted)),
        Group(_("Plans"), _plans(viewer, text)),
        Group(_("Pages"), _pages(viewer, wanted)),
        Group(_("Commands"), _commands(viewer, wanted)),
    )
    return PaletteContext(text, tuple(group for group in groups if group.hits))


def _pages(viewer: Scope, wanted: str) -> tuple[Hit, ...]:
    return tuple(
        Hit(str(place.label), place.address, place.icon, f"g {place.go}")
        for place in places(viewer)
        if wanted in str(place.label).casefold()
    )


def _commands(viewer: Scope, wanted: str) -> tuple[Hit, ...]:
    offered = (*([NEW_PLAN] * viewer.may_write), NOTICES, *(LEADING if viewer.sees_reports else ()))
    return tuple(
        Hit(str(command.label), command.address, command.icon, command=command.code)
        for command in (*offered, *COMMANDS)
        if wanted in str(command.label).casefold()
    )


def _accounts(viewer: Scope, wanted: str) -> tuple[Hit, ...]:
    found = search_every_account(viewer, wanted, ACCOUNTS_SHOWN) if wanted else ()
    return tuple(
        Hit(one.name, f"/accounts/{one.uid}/", "building-skyscraper", _account_hint(one))
        for one in found
    )


def _account_hint(one: FoundAccount) -> str:
    """What became of an account that no list shows any more."""
    if one.into:
        return _("merged into %(name)s") % {"name": one.into}
    return _("archived") if one.is_archived else ""


def _plans(viewer: Scope, text: str) -> tuple[Hit, ...]:
    found = plans_listed(viewer, text=text, limit=PLANS_SHOWN) if text.strip() else []
    return tuple(Hit(one.title, f"/plans/{one.uid}/", "route", _plan_hint(one)) for one in found)


def _plan_hint(one: PlanLine) -> str:
    about = (
        one.account_name,
        label_of(one.period),
        one.owner_name,
        str(STATES.get(one.state, one.state)),
    )
    return " · ".join(part for part in about if part)
