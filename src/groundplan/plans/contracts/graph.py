"""A whole plan as one value."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from .parts import (
    Answer,
    AnyPart,
    ChosenOpportunity,
    Contingency,
    Goal,
    Initiative,
    Objective,
    Resource,
    Risk,
    Strategy,
    Tactic,
)

Subject = Literal["territory", "account"]
State = Literal["draft", "submitted", "returned", "accepted", "in_execution", "closed"]


@dataclass(frozen=True, slots=True)
class Signature:
    """Whether a person of the plan's team signed a part (`section`) of it as it now stands."""

    person: int
    name: str
    section: str
    is_signed: bool


@dataclass(frozen=True, slots=True)
class PlanHead:
    """A plan without its parts. `owner` and `manager` are ids of persons; `account` is a uid.

    `is_double` where its owner has another live plan of the account for the period: accounts were
    merged.
    """

    uid: UUID
    title: str
    subject: Subject
    period: str
    starts_on: date
    ends_on: date
    state: State
    number: int
    owner: int | None
    owner_name: str = ""
    manager: int | None = None
    account: str = ""
    account_name: str = ""
    vision: str = ""
    next_review_on: date | None = None
    parent: UUID | None = None
    is_double: bool = False
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class Graph:
    """A whole plan. Tuples are in the order that people gave the parts."""

    plan: PlanHead
    answers: tuple[Answer, ...] = ()
    opportunities: tuple[ChosenOpportunity, ...] = ()
    goals: tuple[Goal, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    objectives: tuple[Objective, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    tactics: tuple[Tactic, ...] = ()
    risks: tuple[Risk, ...] = ()
    contingencies: tuple[Contingency, ...] = ()
    resources: tuple[Resource, ...] = ()

    def parts(self) -> Iterator[AnyPart]:
        yield from self.answers
        yield from self.opportunities
        yield from self.goals
        yield from self.strategies
        yield from self.objectives
        yield from self.initiatives
        yield from self.tactics
        yield from self.risks
        yield from self.contingencies
        yield from self.resources
