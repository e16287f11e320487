"""Accounts that need something: how many, and which."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from groundplan.book.selectors.attention import stale_accounts, unnamed_accounts
from groundplan.book.selectors.upkeep import (
    owned_by,
    single_threaded,
    undescribed,
    with_overdue,
    with_stale_statements,
)
from groundplan.kernel import clock
from groundplan.kernel.figures import Figure
from groundplan.organisation.selectors import organisation
from groundplan.people.contracts import Scope

from .asking import Question, unknown
from .contracts import AccountCell, Answer, RowColumn, Rows
from .registry import explains

Accounts = Any
"""A queryset of accounts, whose model is another room's."""

COLUMNS = (RowColumn("account", "account"), RowColumn("person"))
QUIET_DAYS = 90


@explains("accounts.needs")
def needs(question: Question) -> Answer:
    """The accounts of the persons asked about that need what the trace names."""
    need = question.parameter("need")
    if need not in NEEDS or question.accounts is not None:
        raise unknown()
    found = accounts_in_need(question.viewer, need, question.cover.persons, days())
    page = question.page
    shown = found.order_by("name", "pk").values_list("uid", "name", "owner__name")
    cells = tuple(
        (AccountCell(str(uid), name), owner)
        for uid, name, owner in shown[page.start : page.start + page.size]
    )
    count = found.count()
    rows = Rows(COLUMNS, cells, count, count, page.start, page.size)
    return Answer(Figure(count), f"needs.{need}", (), rows)


@dataclass(frozen=True, slots=True)
class Days:
    """The day it is, and before which day touches and statements are old."""

    today: date
    quiet_before: date
    stale_before: date


def days() -> Days:
    """The days that needs are judged by; ask once for many."""
    settings = organisation()
    day = clock.today(settings.time_zone)
    return Days(
        day, day - timedelta(days=QUIET_DAYS), day - timedelta(days=settings.stale_after_days)
    )


def accounts_in_need(
    viewer: Scope, need: str, persons: tuple[int, ...] | None, when: Days
) -> Accounts:
    """Accounts that need `need`, one of NEEDS; of `persons` except where nobody owns them."""
    accounts = owned_by(viewer, None if need == "owner" else persons)
    return NEEDS[need](viewer, accounts, when)


NEEDS: dict[str, Callable[[Scope, Accounts, Days], Accounts]] = {
    "owner": lambda _viewer, accounts, _when: accounts.filter(owner__isnull=True),
    "touch": lambda _viewer, accounts, when: stale_accounts(accounts, when.quiet_before),
    "name": lambda _viewer, accounts, _when: unnamed_accounts(accounts),
    "thread": lambda _viewer, accounts, _when: single_threaded(accounts),
    "close": lambda _viewer, accounts, when: with_overdue(accounts, when.today),
    "facts": lambda viewer, accounts, when: with_stale_statements(
        viewer, accounts, when.stale_before
    ),
    "description": lambda _viewer, accounts, _when: undescribed(accounts),
}
"""What an account may need: somebody who owns it, a touch, a name, a second name, a decision on an
opportunity, newer facts, an industry and a size."""
