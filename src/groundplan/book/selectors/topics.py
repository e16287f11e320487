"""What is stated about many accounts, by topic: what plans rest on."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

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
    seen = active_accounts(viewer).filter(uid__in=uids)
    found: dict[str, set[str]] = {str(uid): set() for uid in seen.values_list("uid", flat=True)}
    stated = current_statements(viewer).filter(account__uid__in=uids)
    for uid, topic in stated.order_by().values_list("account__uid", "topic").distinct():
        if str(uid) in found:
            found[str(uid)].add(topic)
    return found


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
