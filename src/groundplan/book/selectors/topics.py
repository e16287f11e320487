"""What is stated about many accounts, by topic: what plans rest on."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import FilteredRelation, Q

from groundplan.people.contracts import Scope

from .accounts import active_accounts
from .profile import current_statements


@dataclass(frozen=True, slots=True)
class TopicStatement:
    """A statement that still counts, with its account. A fact has a source."""

    account: UUID
    account_name: str
    uid: UUID
    topic: str
    text: str
    source: str
    as_of: date

    @property
    def is_fact(self) -> bool:
        return bool(self.source)


def topics_known(viewer: Scope, accounts: Iterable[str]) -> dict[str, set[str]]:
    """Topics that something is stated on, by uid of those of `accounts` that the viewer sees."""
    uids = [UUID(one) for one in accounts]
    if not uids:
        return {}
    counting = Q(statements__superseded_by__isnull=True, statements__withdrawn_at__isnull=True)
    rows = active_accounts(viewer).filter(uid__in=uids).order_by()
    rows = rows.alias(current=FilteredRelation("statements", condition=counting))
    found: dict[str, set[str]] = defaultdict(set)
    for uid, topic in rows.values_list("uid", "current__topic").distinct():
        found[str(uid)].update([topic] if topic else [])
    return dict(found)


def statements_on(
    viewer: Scope, accounts: Collection[UUID], topics: Collection[str]
) -> dict[str, list[TopicStatement]]:
    """Statements on these topics about those of `accounts` that the viewer sees, latest first."""
    rows = current_statements(viewer).filter(account__uid__in=accounts, topic__in=topics)
    found: dict[str, list[TopicStatement]] = defaultdict(list)
    names = ("account__uid", "account__name", "uid", "topic", "text", "source", "as_of")
    for row in rows.order_by("-as_of", "-pk").values_list(*names):
        one = TopicStatement(*row)
        found[one.topic].append(one)
    return found
