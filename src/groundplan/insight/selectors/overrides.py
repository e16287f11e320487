"""Tiers that people set by hand: which hold, which end soon and which are over."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Q, QuerySet

from groundplan.book.selectors import visible_accounts
from groundplan.insight.models import TierOverride
from groundplan.organisation.selectors import today
from groundplan.people.contracts import Scope

State = Literal["lasting", "soon", "over"]
SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """A tier set by hand; `expires_on` is the last day on which it counts."""

    uid: UUID
    account: str
    tier: str
    reason: str
    author: str
    on: date
    expires_on: date | None
    state: State


def tier_overrides(viewer: Scope, state: State | None, most: int) -> tuple[OverrideRow, ...]:
    """Overrides of accounts that the viewer may see, those that end first before the others."""
    day = today()
    found = _visible(viewer)
    if state is not None:
        found = found.filter(_in_state(state, day))
    rows = found.select_related("account").order_by("expires_on", "account__name", "pk")
    listed = tuple(_row(row, day) for row in rows.exclude(expires_on=None)[:most])
    if len(listed) < most:
        lasting = rows.filter(expires_on=None)[: most - len(listed)]
        listed += tuple(_row(row, day) for row in lasting)
    return listed


def tier_override_counts(viewer: Scope) -> dict[State, int]:
    """How many there are in each state."""
    day, found = today(), _visible(viewer)
    states: tuple[State, ...] = ("lasting", "soon", "over")
    return {state: found.filter(_in_state(state, day)).count() for state in states}


def override_set(account_id: int) -> TierOverride | None:
    """What a person set, whether it still holds or not; the caller may see the account."""
    return TierOverride.objects.filter(account_id=account_id).first()


def _visible(viewer: Scope) -> QuerySet[TierOverride]:
    if viewer.sees_all:
        return TierOverride.objects.all()
    return TierOverride.objects.filter(account__in=visible_accounts(viewer).values("pk"))


def _in_state(state: State, day: date) -> Q:
    if state == "over":
        return Q(expires_on__lt=day)
    soon = Q(expires_on__range=(day, day + SOON))
    return soon if state == "soon" else Q(expires_on=None) | Q(expires_on__gt=day + SOON)


def tiers_decided() -> tuple[tuple[int, str], ...]:
    """Every account whose tier is a person's decision today, by id; one query."""
    holds = Q(expires_on=None) | Q(expires_on__gte=today())
    rows = TierOverride.objects.filter(holds).order_by("account_id")
    return tuple(rows.values_list("account_id", "tier"))


def _row(row: TierOverride, day: date) -> OverrideRow:
    ends = row.expires_on
    state: State = "lasting" if ends is None or ends > day + SOON else "soon"
    return OverrideRow(
        uid=row.account.uid,
        account=row.account.name,
        tier=row.tier,
        reason=row.reason,
        author=row.author,
        on=row.at.date(),
        expires_on=ends,
        state="over" if ends is not None and ends < day else state,
    )
