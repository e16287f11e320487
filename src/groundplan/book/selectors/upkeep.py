"""What in the book wants mending: opportunities past their day, old statements, thin accounts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet

from groundplan.book.contracts import AccountRef
from groundplan.book.models import Account, Opportunity, ProfileStatement
from groundplan.people.contracts import Scope

from .accounts import active_accounts
from .profile import current_statements


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """An open opportunity that should have been closed. `amount` is in `currency`."""

    account: AccountRef
    name: str
    stage: str
    amount: Decimal | None
    currency: str
    close_on: date
    days: int


def owned_by(viewer: Scope, persons: Collection[int] | None) -> QuerySet[Account]:
    """Accounts of these persons that the viewer may see; None is all that they may see."""
    accounts = active_accounts(viewer)
    return accounts if persons is None else accounts.filter(owner__in=persons)


def single_threaded(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Customers where one person is all we know: if they leave, so does the relationship."""
    known = Count("contacts", filter=Q(contacts__archived_at__isnull=True))
    return accounts.filter(is_customer=True).alias(known=known).filter(known=1)


def undescribed(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Accounts without an industry or a size: they are compared with anybody."""
    return accounts.filter(Q(industry="") | Q(employees__isnull=True))


def with_stale_statements(
    viewer: Scope, accounts: QuerySet[Account], before: date
) -> QuerySet[Account]:
    """Those of `accounts` with a statement that still counts though it is from before that day."""
    old: QuerySet[ProfileStatement] = current_statements(viewer).filter(as_of__lt=before)
    return accounts.filter(pk__in=old.values("account"))


def with_overdue(accounts: QuerySet[Account], today: date) -> QuerySet[Account]:
    """Those of `accounts` with an open opportunity that should have been closed."""
    return accounts.filter(pk__in=_overdue(today).values("account"))


def overdue_opportunities(
    accounts: QuerySet[Account], *, today: date, limit: int
) -> tuple[OverdueRow, ...]:
    """Open opportunities at `accounts` past their close date, largest first; at most `limit`."""
    rows = (
        _overdue(today)
        .filter(account__in=accounts.values("pk"))
        .select_related("account", "stage")
        .order_by(F("amount").desc(nulls_last=True), "pk")[:limit]
    )
    return tuple(_row(row, today) for row in rows)


def _overdue(today: date) -> QuerySet[Opportunity]:
    return Opportunity.objects.filter(
        archived_at__isnull=True, stage__outcome="open", close_on__lt=today
    )


def _row(row: Opportunity, today: date) -> OverdueRow:
    close_on = row.close_on or today
    return OverdueRow(
        account=AccountRef(row.account.pk, row.account.uid, row.account.name),
        name=row.name,
        stage=row.stage.name,
        amount=row.amount,
        currency=row.currency,
        close_on=close_on,
        days=(today - close_on).days,
    )
