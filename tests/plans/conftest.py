"""Plans of the cast: Olivia's territory, and her account Alder."""

from dataclasses import dataclass, replace

import pytest
from tests.conftest import SmallBook
from tests.worlds import KeptWorld

from groundplan.people.contracts import Scope
from groundplan.plans.models import Plan
from groundplan.plans.services import part_add, plan_create

PERIOD = "FY2027"


@dataclass(frozen=True)
class SmallPlan:
    """A territory plan of Olivia's with a strategy that has an initiative with two tactics."""

    book: SmallBook
    plan: Plan
    goal: str
    strategy: str
    initiative: str
    first: str
    second: str

    def see(self, name: str) -> Scope:
        return self.book.cast.see(name)

    def add(self, kind: str, *, parent: str | None = None, **values: str) -> str:
        """A part added by Olivia; its uid."""
        done = part_add(
            viewer=self.see("olivia"),
            plan_uid=str(self.plan.uid),
            kind=kind,
            values=values,
            parent_uid=parent,
        )
        return str(done.uid)


@pytest.fixture
def small(book: SmallBook, kept_world: KeptWorld[SmallPlan]) -> SmallPlan:
    return replace(kept_world(_small, book), book=book)


def _small(book: SmallBook) -> SmallPlan:
    """Olivia's plan of her territory."""
    olivia = book.cast.see("olivia")
    plan = plan_create(viewer=olivia, subject="territory", period=PERIOD, prefill=False)
    empty = SmallPlan(book, plan, "", "", "", "", "")
    goal = empty.add("goal", title="Known in energy")
    strategy = empty.add("strategy", title="Land in energy", goals=goal)
    initiative = empty.add("initiative", parent=strategy, title="Visit plants")
    first, second = (
        empty.add("tactic", parent=initiative, title=title) for title in ("Call", "Travel")
    )
    return SmallPlan(book, plan, goal, strategy, initiative, first, second)


@pytest.fixture
def account_plan(book: SmallBook) -> Plan:
    """Olivia's plan of Alder, on whose account team Tom and Vic are."""
    return plan_create(
        viewer=book.cast.see("olivia"),
        subject="account",
        period=PERIOD,
        account_uid=str(book.alder.uid),
        prefill=False,
    )
