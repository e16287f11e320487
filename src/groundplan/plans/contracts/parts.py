"""The parts of a plan as values: what rules decide on, versions keep and pages show.

A plan is one graph of parts. Every part has a kind, may hang below another (`parent`), and keeps
its place among its siblings (`position`). A part that was prefilled is `suggested` until somebody
keeps it; nothing that is checked, submitted or counted looks at suggestions.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from groundplan.kernel.evidence import Evidence

Kind = Literal[
    "answer",
    "opportunity",
    "goal",
    "strategy",
    "objective",
    "initiative",
    "tactic",
    "risk",
    "contingency",
    "resource",
]
TacticStatus = Literal["planned", "done", "moved", "dropped"]


@dataclass(frozen=True, slots=True)
class Cited:
    """Evidence that a part rests on. Sourced evidence is a fact, the rest an assumption."""

    evidence: Evidence
    is_fact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What every part of a plan has. `version` counts its edits: whoever saves names the one that
    they saw."""

    uid: UUID
    title: str
    parent: UUID | None = None
    position: int = 0
    is_suggested: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Part):
    """A judged answer to one question of the assessment or of the team assessment.

    `question` is a code of `rules.questions`; `rating` runs from 1, poor, to 5; an answer about
    one account of a territory names it by its uid.
    """

    area: Literal["assessment", "team"]
    question: str
    text: str = ""
    rating: int | None = None
    account: str = ""
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenOpportunity(Part):
    """Something that can be sold, chosen to be worked on: an opportunity or a whitespace cell.

    `evidence` names it; `expected` is probability times amount in the organisation's currency.
    """

    account: str
    account_name: str = ""
    product: str = ""
    amount: Decimal | None = None
    probability: float | None = None
    expected: Decimal | None = None
    tier: str = ""
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Part):
    """What the team will have accomplished, in words: never the quota."""

    text: str = ""
    owner: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy(Part):
    """How chosen opportunities will be exploited. Serves `goals`, rests on evidence."""

    text: str = ""
    who: str = ""
    why_now: str = ""
    goals: tuple[UUID, ...] = ()
    opportunities: tuple[UUID, ...] = ()
    evidence: tuple[Cited, ...] = ()
    owner: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective(Part):
    """A quantity to reach by a day; measures `strategy` and may serve `goal`.

    `metric` is a code of `rules.metrics`. It is counted over what `tier`, `category`, `channel`
    and `base` leave, once for each `per`, in money of the organisation's currency or in number.
    `actual` is what was checked in by hand where facts can't tell.
    """

    strategy: UUID | None = None
    goal: UUID | None = None
    metric: str = ""
    target: Decimal | None = None
    per: Literal["", "week", "month", "quarter", "year"] = ""
    due_on: date | None = None
    tier: str = ""
    category: str = ""
    channel: str = ""
    base: Literal["", "customer", "prospect"] = ""
    actual: Decimal | None = None
    justification: str = ""
    evidence: tuple[Cited, ...] = ()
    owner: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative(Part):
    """A body of work in a strategy; `customer_goal` is the customer's own goal that it supports."""

    text: str = ""
    customer_goal: str = ""
    owner: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tactic(Part):
    """One specific step, below an initiative, or below a contingency as its prepared answer.

    `hours` are planned, `hours_logged` spent; `reason` says why it was moved or dropped.
    """

    text: str = ""
    owner: int | None = None
    due_on: date | None = None
    hours: Decimal | None = None
    hours_logged: Decimal | None = None
    status: TacticStatus = "planned"
    reason: str = ""
    objectives: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(Part):
    """What may go wrong; `likelihood` and `impact` run from 1 to 5."""

    sort: Literal["dependency", "assumption", "event"] = "event"
    text: str = ""
    likelihood: int | None = None
    impact: int | None = None
    owner: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contingency(Part):
    """The prepared answer to the risk above it, and the trigger that calls for it."""

    trigger: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource(Part):
    """What the plan has and needs of people, product mix or budget; the rest is the gap."""

    sort: Literal["people", "partner", "product", "budget"] = "people"
    have: Decimal | None = None
    need: Decimal | None = None
    unit: str = ""
    justification: str = ""
    decision: Literal["", "granted", "declined"] = ""
    owner: int | None = None

    @property
    def gap(self) -> Decimal | None:
        if self.have is None or self.need is None:
            return None
        return max(self.need - self.have, Decimal(0))


AnyPart = (
    Answer
    | ChosenOpportunity
    | Goal
    | Strategy
    | Objective
    | Initiative
    | Tactic
    | Risk
    | Contingency
    | Resource
)
