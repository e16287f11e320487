"""Plans drawn at random: whole and holed, with links to nothing and suggestions in between."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import strategies as st

from groundplan.plans.contracts import (
    Answer,
    AnyPart,
    ChosenOpportunity,
    Contingency,
    Goal,
    Graph,
    Initiative,
    Kind,
    Objective,
    Resource,
    Risk,
    Strategy,
    Tactic,
)
from groundplan.plans.rules.typing import graph_of, kind_of

from .good import NORTHWIND, assumption, fact, plan_head, uid

_NAMES = [uid(f"part {number}") for number in range(12)]
TITLES = st.sampled_from(["", "Make quota", "Nobody waits", "Reach 1.25M", "{braces}"])
EVIDENCE = st.lists(
    st.sampled_from([fact("Whitespace", "snapshot"), fact("They said so"), assumption("Surely")]),
    max_size=3,
).map(tuple)
UIDS = st.sampled_from(_NAMES)
LINKS = st.lists(UIDS, max_size=3).map(tuple)
DAYS = st.none() | st.integers(0, 700).map(lambda days: date(2026, 6, 1) + timedelta(days))
AMOUNTS = st.none() | st.decimals(-10, 10**7, places=2, allow_nan=False).map(Decimal)
PERSONS = st.none() | st.integers(1, 3)
PARENTS = st.none() | UIDS
SUGGESTED = st.booleans()
_NOWHERE = UUID(int=7)


def _made(made: type[AnyPart], **fields: st.SearchStrategy[object]) -> st.SearchStrategy[AnyPart]:
    return st.builds(made, uid=st.just(_NOWHERE), title=TITLES, is_suggested=SUGGESTED, **fields)


def _hung(made: type[AnyPart], **fields: st.SearchStrategy[object]) -> st.SearchStrategy[AnyPart]:
    return _made(made, parent=PARENTS, **fields)


PARTS = st.one_of(
    _made(
        Answer,
        area=st.sampled_from(["assessment", "team"]),
        question=st.sampled_from(["market", "room", "inside"]),
        text=TITLES,
        account=st.sampled_from(["", NORTHWIND]),
        evidence=EVIDENCE,
        rating=st.none() | st.integers(1, 5),
    ),
    _made(
        ChosenOpportunity,
        account=st.just(NORTHWIND),
        probability=st.none() | st.floats(0, 1),
        expected=AMOUNTS,
        evidence=EVIDENCE,
    ),
    _made(Goal, text=TITLES, owner=PERSONS),
    _made(Strategy, goals=LINKS, opportunities=LINKS, evidence=EVIDENCE),
    _made(
        Objective,
        strategy=PARENTS,
        goal=PARENTS,
        metric=st.sampled_from(["", "revenue", "meetings", "coverage", "other"]),
        target=AMOUNTS,
        per=st.sampled_from(["", "week", "year"]),
        due_on=DAYS,
        evidence=EVIDENCE,
    ),
    _hung(Initiative, customer_goal=TITLES),
    _hung(
        Tactic,
        owner=PERSONS,
        due_on=DAYS,
        hours=AMOUNTS,
        status=st.sampled_from(["planned", "done", "moved", "dropped"]),
        objectives=LINKS,
    ),
    _made(Risk, likelihood=st.none() | st.integers(1, 5)),
    _hung(Contingency, trigger=TITLES),
    _made(Resource, have=AMOUNTS, need=AMOUNTS),
)


def plan_of(parts: Sequence[AnyPart]) -> Graph:
    """A plan of these parts, as they come."""
    kinds: list[tuple[Kind, AnyPart]] = [(kind_of(part), part) for part in parts]
    return graph_of(plan_head(), kinds)


PARTS_OF_A_PLAN = st.lists(PARTS, max_size=len(_NAMES)).map(
    lambda parts: [replace(part, uid=name) for part, name in zip(parts, _NAMES, strict=False)]
)
PLANS = PARTS_OF_A_PLAN.map(plan_of)
