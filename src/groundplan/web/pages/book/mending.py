"""What in the book is stale or needs somebody."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from groundplan.book.selectors.upkeep import overdue_opportunities, owned_by
from groundplan.insight.traces.needs import accounts_in_need, days
from groundplan.kernel.figures import Figure, Trace
from groundplan.organisation.selectors import stages_to_confirm, today
from groundplan.people.contracts import Scope

COUNTED = 1_000
SHOWN_OVERDUE = 4

LABELS: tuple[tuple[str, str | Promise, str | Promise, str], ...] = (
    ("owner", lazy("Nobody owns them"), lazy("claim or hand them out"), "user-question"),
    ("touch", lazy("Not in touch for 90 days"), lazy("call or visit"), "clock"),
    ("name", lazy("Nobody known by name"), lazy("find a first contact"), "user-search"),
    ("thread", lazy("Customers with a single contact"), lazy("meet a second person"), "user"),
    ("close", lazy("Opportunities past their date"), lazy("close or move them"), "calendar-due"),
    ("facts", lazy("Stale statements"), lazy("confirm or replace them"), "history"),
    ("description", lazy("No industry or size"), lazy("fill in what is missing"), "pencil"),
)


@dataclass(frozen=True, slots=True)
class Need:
    """How many accounts need something; `count` None is more than are counted."""

    label: str | Promise
    what: str | Promise
    icon: str
    count: Figure | None
    address: str


@dataclass(frozen=True, slots=True)
class Overdue:
    """An open opportunity that should have been closed."""

    name: str
    account: str
    address: str
    stage: str
    amount: Figure
    close_on: date
    days: int


def needs_of(viewer: Scope, scope: str, persons: tuple[int, ...] | None) -> tuple[Need, ...]:
    """Only what is needed; counts stop at COUNTED so that a large book costs no more."""
    found, when = [], days()
    for need, label, what, icon in LABELS:
        if need == "owner" and not viewer.sees_reports:
            continue
        count = accounts_in_need(viewer, need, persons, when).order_by()[: COUNTED + 1].count()
        if count:
            trace = Trace.of("accounts.needs", need=need, scope=scope)
            figure = Figure(count, trace=trace) if count <= COUNTED else None
            found.append(Need(label, what, icon, figure, _address(need, trace)))
    if viewer.may_administer and stages_to_confirm().exists():
        label = lazy("Stages to confirm")
        found.append(Need(label, lazy("say what they mean"), "flag", None, "/settings/"))
    return tuple(found)


def overdue_of(
    viewer: Scope, persons: tuple[int, ...] | None, currency: str
) -> tuple[Overdue, ...]:
    """The largest overdue opportunities."""
    accounts = owned_by(viewer, persons)
    rows = overdue_opportunities(accounts, today=today(), limit=SHOWN_OVERDUE)
    return tuple(
        Overdue(
            name=row.name,
            account=row.account.name,
            address=reverse("account:page", args=[row.account.uid]),
            stage=row.stage,
            amount=Figure(row.amount, "money", row.currency or currency),
            close_on=row.close_on,
            days=row.days,
        )
        for row in rows
    )


def _address(need: str, trace: Trace) -> str:
    """Where the accounts are listed: those without an owner where they can be claimed."""
    if need == "owner":
        return f"{reverse('accounts:list')}?needs=owner"
    return f"{reverse('numbers:number')}?{trace.query()}"
