"""What is stated about an account, by topic."""

from datetime import date
from uuid import UUID

from django.db.models import BigIntegerField, QuerySet

from groundplan.book.contracts import Statement, TopicStatements
from groundplan.book.models import Account, ProfileStatement
from groundplan.book.rules import is_stale
from groundplan.database.prepared import Parameter, prepared
from groundplan.kernel.errors import NotFound
from groundplan.people.contracts import Scope

from .visibility import visible_accounts

MOST = 500


def topics() -> tuple[str, ...]:
    """The topics of a profile, in the order in which a page shows them."""
    return tuple(ProfileStatement.Topic.values)


def confidences() -> tuple[str, ...]:
    """How sure an author may be, from least to most."""
    return tuple(ProfileStatement.Confidence.values)


def current_statements(viewer: Scope) -> QuerySet[ProfileStatement]:
    """Statements that still count: neither revised nor withdrawn, on accounts the viewer sees."""
    return ProfileStatement.objects.filter(
        account__in=visible_accounts(viewer),
        superseded_by__isnull=True,
        withdrawn_at__isnull=True,
    )


def profile_of(
    account: Account, *, today: date, stale_after_days: int
) -> tuple[TopicStatements, ...]:
    """An account's current statements, a group a topic, empty topics included.

    `account` comes from a selector that took the viewer.
    """
    rows = _statements().ask(account=account.pk)
    by_topic: dict[str, list[Statement]] = {topic: [] for topic in topics()}
    for row in rows:
        by_topic[row.topic].append(_statement(row, today, stale_after_days))
    return tuple(TopicStatements(topic, tuple(found)) for topic, found in by_topic.items())


@prepared
def _statements() -> QuerySet[ProfileStatement]:
    return (
        ProfileStatement.objects.filter(
            account=Parameter("account", BigIntegerField()),
            superseded_by__isnull=True,
            withdrawn_at__isnull=True,
        )
        .select_related("profilestatement")
        .order_by("topic", "-as_of", "-pk")[:MOST]
    )


def statement_of(viewer: Scope, uid: UUID, *, lock: bool = False) -> ProfileStatement:
    """One current statement with its account. Raises NotFound as `account_of` does."""
    rows = current_statements(viewer).select_related("account")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(uid=uid).first()
    if row is None:
        raise NotFound("There is no such statement.", mend="Reload the account.")
    return row


def _statement(row: ProfileStatement, today: date, stale_after_days: int) -> Statement:
    return Statement(
        uid=row.uid,
        topic=row.topic,
        text=row.text,
        source=row.source,
        as_of=row.as_of,
        confidence=row.confidence,
        author=row.author,
        written_at=row.written_at,
        is_fact=row.is_fact,
        is_stale=is_stale(row.as_of, today, stale_after_days),
        age_days=max((today - row.as_of).days, 0),
        is_revision=hasattr(row, "profilestatement"),
    )
