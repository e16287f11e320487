"""A person's word on tiers: set over what the characteristics say, with the reason, and undone."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet

from groundplan.book.contracts import Undo
from groundplan.book.selectors.accounts import accounts_by_uid
from groundplan.kernel import clock
from groundplan.kernel.errors import InvalidInput, NotAllowed, NotFound
from groundplan.organisation.selectors import audit_entries, today
from groundplan.organisation.services import audit_record
from groundplan.organisation.services.audit_many import audit_record_many
from groundplan.people.contracts import Scope

from .models import TierOverride

TIERS = ("A", "B", "C")
MOST_AT_ONCE = 2000
LONGEST_REASON = 500
SALT = "insight.tier"
UNDO_SECONDS = 24 * 3600


@transaction.atomic
def tiers_override(
    *, viewer: Scope, uids: Sequence[UUID], tier: str, reason: str, expires_on: date | None = None
) -> Undo:
    """Set the tier of accounts by hand; an empty tier gives it back to the characteristics.

    Counts at once in what everybody sees. Raises NotFound unless the viewer sees all
    of them, NotAllowed for viewers, InvalidInput without a reason.
    """
    if not viewer.may_write:
        raise NotAllowed("Your role may look but not change anything.")
    accounts = _accounts(viewer, uids)
    reason = _reason(tier, reason, expires_on)
    before = _present([account.pk for account in accounts])
    after = {"tier": tier, "reason": reason, "expires_on": _iso(expires_on)} if tier else None
    _write(viewer, {account.pk: after for account in accounts})
    entries = audit_record_many(
        viewer_actor=viewer.actor,
        action="account.tier",
        kind="account",
        subjects=[
            (
                str(a.uid),
                a.name,
                {"tier": {"from": _tier(before.get(a.pk)), "to": tier, "why": reason}},
            )
            for a in accounts
        ],
    )
    kept = {"before": [[account.pk, before.get(account.pk)] for account in accounts]}
    batch = audit_record(viewer_actor=viewer.actor, action="account.tier.bulk", detail=kept)
    return Undo(len(entries), signing.dumps([batch.pk, viewer.user_id], salt=SALT))


@transaction.atomic
def tiers_override_undo(*, viewer: Scope, token: str) -> int:
    """Put back what `tiers_override` changed. Raises NotFound for an old or another's token."""
    try:
        entry_id, user_id = signing.loads(token, salt=SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        user_id = None
    entry = audit_entries([entry_id]).first() if user_id == viewer.user_id else None
    if entry is None:
        raise NotFound("This can't be undone any more.", mend="Set the tier again instead.")
    before = dict(entry.detail["before"])
    _write(viewer, before)
    audit_record(viewer_actor=viewer.actor, action="account.tier.undo", detail=entry.detail)
    return len(before)


def overrides_that_hold(on: date) -> QuerySet[TierOverride]:
    """Overrides that hold on a day; the caller restricts them to accounts it may see."""
    lasting = Q(expires_on__isnull=True) | Q(expires_on__gte=on)
    return TierOverride.objects.filter(lasting)


def _accounts(viewer: Scope, uids: Sequence[UUID]) -> list[Any]:
    if not uids or len(uids) > MOST_AT_ONCE:
        raise InvalidInput(f"Choose 1 to {MOST_AT_ONCE} accounts.", field="account")
    accounts: list[Any] = accounts_by_uid(viewer, uids)
    if len(accounts) != len(set(uids)):
        raise NotFound("One of these accounts does not exist.", mend="Reload the list.")
    return accounts


def _reason(tier: str, reason: str, expires_on: date | None) -> str:
    reason = reason.strip()
    if tier and tier not in TIERS:
        raise InvalidInput("A tier is A, B or C.", field="tier")
    if tier and not reason:
        raise InvalidInput("Say why, so that others can judge it.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise InvalidInput(f"At most {LONGEST_REASON} characters.", field="reason")
    if expires_on and expires_on <= today():
        raise InvalidInput("This day is over.", field="expires_on", mend="Choose a later one.")
    return reason


def _present(account_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    rows = TierOverride.objects.filter(account_id__in=list(account_ids))
    return {
        row.account_id: {
            "tier": row.tier,
            "reason": row.reason,
            "expires_on": _iso(row.expires_on),
        }
        for row in rows
    }


def _write(viewer: Scope, wanted: dict[int, dict[str, Any] | None]) -> None:
    TierOverride.objects.filter(account_id__in=list(wanted)).delete()
    rows = [
        TierOverride(account_id=account, author=viewer.actor, at=clock.now(), **values)
        for account, values in wanted.items()
        if values
    ]
    TierOverride.objects.bulk_create(rows, batch_size=500)


def _tier(values: dict[str, Any] | None) -> str:
    return values["tier"] if values else ""


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
