"""A plan without a hole, to plant one in."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from groundplan.kernel.evidence import Evidence
from groundplan.plans.contracts import (
    Answer,
    ChosenOpportunity,
    Cited,
    Contingency,
    Goal,
    Graph,
    Initiative,
    Objective,
    PlanHead,
    Resource,
    Risk,
    Signature,
    Strategy,
    Surroundings,
    Tactic,
)

OLIVIA, TOM, MAYA = 1, 2, 3
TODAY = date(2027, 2, 1)
DUE = date(2027, 6, 30)


def uid(name: str) -> UUID:
    return uuid5(UUID(int=0), name)


def fact(label: str, kind: str = "statement") -> Cited:
    return Cited(Evidence(kind, str(uid(label)), label, date(2026, 12, 1)), True)


def assumption(label: str) -> Cited:
    return Cited(Evidence("assumption", "", label), False)


NORTHWIND, CONTOSO = str(uid("Northwind")), str(uid("Contoso"))
SURROUNDINGS = Surroundings(
    today=TODAY,
    revenue_goal=Decimal(1_250_000),
    low=Decimal(800_000),
    high=Decimal(1_400_000),
)


def plan_head() -> PlanHead:
    return PlanHead(
        uid=uid("plan"),
        title="North, FY27",
        subject="territory",
        period="FY2027",
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
        state="draft",
        number=1,
        owner=OLIVIA,
        owner_name="Olivia",
        manager=MAYA,
        vision="Every hospital of the north plans its theatres with us.",
        next_review_on=date(2027, 4, 5),
        signatures=(
            Signature(OLIVIA, "Olivia", "strategies", True),
            Signature(TOM, "Tom", "work", True),
        ),
    )


def good_plan() -> Graph:
    """Two goals, two strategies, one of everything below them, and nothing to find."""
    names = ("service", "displace")
    return Graph(
        plan_head(),
        answers=(
            Answer(
                uid=uid("answer"),
                title="Where is the room to grow?",
                area="assessment",
                question="room",
                text="In service contracts.",
                evidence=(fact("Whitespace as of 1 December", "snapshot"),),
            ),
            Answer(uid=uid("hours"), title="Hours?", area="team", question="hours"),
        ),
        opportunities=tuple(_opportunity(name) for name in names),
        goals=tuple(
            Goal(uid=uid(f"goal {name}"), title=title, owner=OLIVIA)
            for name, title in zip(
                names, ("Hospitals call us first", "Nobody waits for spare parts"), strict=True
            )
        ),
        strategies=tuple(_strategy(name, names) for name in names),
        objectives=tuple(_objective(name) for name in names),
        initiatives=tuple(
            Initiative(uid=uid(f"work {name}"), title=name, parent=uid(name)) for name in names
        ),
        tactics=(*(_tactic(name) for name in names), _prepared()),
        risks=(Risk(uid=uid("risk"), title="The tender is put off", likelihood=3, impact=4),),
        contingencies=(
            Contingency(
                uid=uid("answer to risk"),
                title="Lease instead",
                parent=uid("risk"),
                trigger="No date for the tender by May",
            ),
        ),
        resources=(
            Resource(uid=uid("resource"), title="Hours", have=Decimal(100), need=Decimal(120)),
        ),
    )


def _opportunity(name: str) -> ChosenOpportunity:
    return ChosenOpportunity(
        uid=uid(f"opportunity {name}"),
        title=name,
        account=NORTHWIND if name == "service" else CONTOSO,
        account_name="Northwind" if name == "service" else "Contoso",
        amount=Decimal(100_000),
        probability=0.25,
        expected=Decimal(25_000),
        tier="A",
        evidence=(fact(f"Opportunity {name}", "opportunity"),),
    )


def _strategy(name: str, goals: tuple[str, ...]) -> Strategy:
    return Strategy(
        uid=uid(name),
        title=name,
        goals=tuple(uid(f"goal {goal}") for goal in goals),
        opportunities=(uid(f"opportunity {name}"),),
        evidence=(fact(f"They renew in autumn ({name})"),),
        owner=OLIVIA,
    )


def _objective(name: str) -> Objective:
    return Objective(
        uid=uid(f"objective {name}"),
        title=f"Revenue by {name}",
        strategy=uid(name),
        goal=uid(f"goal {name}"),
        metric="revenue" if name == "service" else "meetings",
        target=Decimal(900_000) if name == "service" else Decimal(2),
        per="" if name == "service" else "week",
        due_on=date(2027, 12, 31),
        owner=OLIVIA,
    )


def _tactic(name: str) -> Tactic:
    """One that names the objectives that it works for."""
    return Tactic(
        uid=uid(f"tactic {name}"),
        title=f"Call on {name}",
        parent=uid(f"work {name}"),
        owner=TOM,
        due_on=DUE,
        hours=Decimal(6),
        objectives=(uid("objective service"), uid("objective displace")),
    )


def _prepared() -> Tactic:
    """The step that a trigger calls for: nobody knows when."""
    return Tactic(
        uid=uid("prepared"),
        title="Offer a lease",
        parent=uid("answer to risk"),
        owner=TOM,
        hours=Decimal(3),
    )


def with_strategies(count: int) -> Graph:
    """A good plan with this many strategies, each of them whole; with one, no goal can be met."""
    plan = good_plan()
    names = [f"strategy {number}" for number in range(count)]
    return replace(
        plan,
        opportunities=tuple(_opportunity(name) for name in names),
        strategies=tuple(_strategy(name, ("service", "displace")) for name in names),
        objectives=tuple(
            replace(_objective(name), target=Decimal(1), goal=uid(f"goal {goal}"))
            for name, goal in zip(names, ["service", "displace"] * count, strict=False)
        ),
        initiatives=tuple(
            Initiative(uid=uid(f"work {name}"), title=name, parent=uid(name)) for name in names
        ),
        tactics=tuple(replace(_tactic(name), objectives=()) for name in names),
    )
