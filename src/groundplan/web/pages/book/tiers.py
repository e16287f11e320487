"""Tiers and the accounts that come first in each."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from groundplan.book.selectors.attention import Attention, attention_of
from groundplan.charts import Goal, Part, bullet
from groundplan.kernel.figures import Figure, Trace
from groundplan.organisation.selectors import today
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot

SHOWN = {"A": 12, "B": 6, "C": 4}
QUIET_AFTER_DAYS = 90


@dataclass(frozen=True, slots=True)
class TierAccount:
    """An account of a tier; `quiet` tells that nobody was in touch for a while."""

    name: str
    address: str
    owner: str
    bar: SafeString
    goal: Figure
    forecast: Figure
    gap: Figure
    whitespace: Figure
    contacts: Figure
    last_touch_on: date | None
    days_since: int | None
    quiet: bool


@dataclass(frozen=True, slots=True)
class TierGroup:
    """A tier: how many accounts it has and those worth most."""

    tier: str
    count: Figure
    accounts: tuple[TierAccount, ...]
    address: str

    @property
    def is_proactive(self) -> bool:
        return self.tier == "A"

    @property
    def has_more(self) -> bool:
        return isinstance(self.count.value, int) and self.count.value > len(self.accounts)


def tier_groups(
    viewer: Scope, current: CurrentSnapshot, scope: str, results: Any, counts: dict[str, int]
) -> tuple[TierGroup, ...]:
    """The tiers that have accounts, A first. `results` are those of the book that is open."""
    found = {
        tier: list(
            results.filter(effective_tier=tier)
            .select_related("account", "account__owner")
            .order_by("-expected", "account_id")[:shown]
        )
        for tier, shown in SHOWN.items()
        if counts.get(tier)
    }
    ids = [row.account_id for rows in found.values() for row in rows]
    touches = attention_of(ids)
    day = today()
    own = next((row.account.owner for rows in found.values() for row in rows), None)
    owner = f"&owner={own.uid}" if scope == "mine" and own else ""
    return tuple(
        TierGroup(
            tier=tier,
            count=Figure(counts[tier], trace=Trace.of("tier.accounts", tier=tier, scope=scope)),
            accounts=tuple(
                _line(row, touches[row.account_id], current.currency, day) for row in rows
            ),
            address=f"{reverse('accounts:list')}?tier={tier}{owner}",
        )
        for tier, rows in found.items()
    )


def _line(row: Any, touch: Attention, currency: str, day: date) -> TierAccount:
    uid = str(row.account.uid)
    forecast = row.recognised + row.backlog + row.weighted

    def money(measure: str, value: Decimal | None) -> Figure:
        return Figure(value, "money", currency, Trace.of(measure, account=uid))

    since = (day - touch.last_touch_on).days if touch.last_touch_on else None
    return TierAccount(
        name=row.account.name,
        address=reverse("account:page", args=[uid]),
        owner=row.account.owner.name if row.account.owner else "",
        bar=_bar(row, currency),
        goal=money("goal", row.goal),
        forecast=money("revenue.forecast", forecast),
        gap=money("goal.gap", None if row.goal is None else forecast - row.goal),
        whitespace=money("whitespace.total", row.whitespace),
        contacts=Figure(touch.contacts, trace=Trace.of("contacts.count", account=uid)),
        last_touch_on=touch.last_touch_on,
        days_since=since,
        quiet=since is None or since > QUIET_AFTER_DAYS,
    )


def _bar(row: Any, currency: str) -> SafeString:
    amounts = (
        Part("recognised", _("Recognised"), Figure(row.recognised, "money", currency)),
        Part("backlog", _("Backlog"), Figure(row.backlog, "money", currency)),
        Part("weighted", _("Weighted pipeline"), Figure(row.weighted, "money", currency)),
    )
    goal = Goal(_("Goal"), Figure(row.goal, "money", currency)) if row.goal else None
    return SafeString(bullet(amounts, goal, width=160, height=14))
