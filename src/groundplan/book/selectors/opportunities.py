"""Deals at an account, and who else sells there."""

from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import BigIntegerField, Case, IntegerField, QuerySet, Value, When

from groundplan.book.contracts import OpportunityRow, Outcome, PositionRow
from groundplan.book.grounds import grounds_read
from groundplan.book.models import Account, CompetitorPosition, Opportunity
from groundplan.database.prepared import Parameter, prepared
from groundplan.kernel.errors import NotFound
from groundplan.people.contracts import Scope

from .cells import effective_positions
from .visibility import visible_accounts


def opportunities_of(
    account: Account, *, today: date, limit: int = 100
) -> tuple[OpportunityRow, ...]:
    """An account's opportunities: open ones by close date, then won and lost, latest first.

    `account` comes from a selector that took the viewer.
    """
    return tuple(_row(row, today) for row in _opportunities(limit).ask(account=account.pk))


@prepared
def _opportunities(limit: int) -> QuerySet[Opportunity]:
    rank = Case(
        When(stage__outcome="open", then=Value(0)),
        When(stage__outcome="won", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    account = Parameter("account", BigIntegerField())
    return (
        Opportunity.objects.filter(account=account, archived_at__isnull=True)
        .select_related("stage", "product", "owner")
        .annotate(rank=rank)
        .order_by("rank", "-close_on", "pk")[:limit]
    )


def opportunity_of(viewer: Scope, uid: UUID, *, lock: bool = False) -> Opportunity:
    """One opportunity with its stage. Raises NotFound as `account_of` does."""
    rows = Opportunity.objects.filter(account__in=visible_accounts(viewer))
    rows = rows.select_related("account", "stage")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(uid=uid).first()
    if row is None:
        raise NotFound("There is no such opportunity.", mend="Reload the account.")
    return row


def positions_of(account: Account, *, limit: int = 100) -> tuple[PositionRow, ...]:
    """Products at an account that somebody else supplies or nobody can, by product."""
    return tuple(
        PositionRow(
            product=row.product.name,
            position=row.position,
            competitor=row.competitor,
            amount=row.amount,
            renewal_on=row.renewal_on,
            product_uid=row.product.uid,
            reason=row.reason,
            author=row.author,
            marked_at=row.marked_at,
        )
        for row in _positions(limit).ask(account=account.pk)
    )


@prepared
def _positions(limit: int) -> QuerySet[CompetitorPosition]:
    account = Parameter("account", BigIntegerField())
    rows = effective_positions(CompetitorPosition.objects.filter(account=account))
    return rows.select_related("product").order_by("product__name")[:limit]


def _row(row: Opportunity, today: date) -> OpportunityRow:
    is_open = row.stage.outcome == "open"
    own = row.probability
    return OpportunityRow(
        uid=row.uid,
        name=row.name,
        product=row.product.name if row.product else "",
        owner=row.owner.name if row.owner else "",
        stage=row.stage.name,
        outcome=cast("Outcome", row.stage.outcome),
        amount=row.amount,
        currency=row.currency,
        probability=row.stage.probability if own is None else own,
        opened_on=row.opened_on,
        close_on=row.close_on,
        closed_on=row.closed_on,
        is_overdue=is_open and row.close_on is not None and row.close_on < today,
        grounds=grounds_read(row.grounds),
    )
