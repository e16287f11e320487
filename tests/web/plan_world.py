"""Plans of the named cast for tests of pages: a small one with a part of every kind."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.conftest import Cast, SmallBook

from groundplan.people.models import User
from groundplan.plans.services.parts import part_add
from groundplan.plans.services.plans import plan_create


@dataclass(frozen=True)
class SmallPlan:
    """Olivia's plan of her territory; `parts` by kind."""

    plan: Any
    parts: dict[str, UUID]

    @property
    def address(self) -> str:
        return f"/plans/{self.plan.uid}/"

    def part(self, kind: str, deed: str = "") -> str:
        return f"{self.address}part/{self.parts[kind]}/{deed}"


def small_plan(cast: Cast, book: SmallBook) -> SmallPlan:
    """A plan with one part of each kind, each referring to those before it."""
    viewer = cast.see("olivia")
    plan = plan_create(viewer=viewer, subject="territory", period="FY2027", prefill=False)
    made: dict[str, UUID] = {}

    def add(kind: str, parent: str = "", **values: str) -> None:
        done = part_add(
            viewer=viewer,
            plan_uid=str(plan.uid),
            kind=kind,
            values=values,
            parent_uid=str(made[parent]) if parent else None,
        )
        made[kind] = done.uid

    add("answer", area="assessment", question="room", text="Two plants buy elsewhere.")
    add(
        "opportunity",
        title="Widgets for Alder",
        account=str(book.alder.uid),
        account_name="Alder Foods",
        amount="50000",
        probability="0.4",
        expected="20000",
    )
    add("goal", title="Be the plant managers' first call")
    add(
        "strategy",
        title="Displace Vexa",
        goals=str(made["goal"]),
        opportunities=str(made["opportunity"]),
    )
    measured = {"strategy": str(made["strategy"]), "target": "12", "owner": "olivia"}
    add("objective", title="Meet plant managers", **measured)
    add("initiative", "strategy", title="Plant tour")
    add(
        "tactic", "initiative", title="Call Ada Alm", owner="olivia", due_on="2026-11-24", hours="2"
    )
    add("risk", title="Budget freeze")
    add("contingency", "risk", title="Lease instead", trigger="A freeze is announced")
    add("resource", title="Technician", have="1", need="2")
    return SmallPlan(plan, made)


def uid_of(user: User) -> str:
    """The person of one of the cast, as forms name them."""
    assert user.person is not None
    return str(user.person.uid)
