"""Which fields each kind of part has, what it may hang below, and the section it stands in."""

from dataclasses import dataclass
from typing import Literal, get_args

from groundplan.plans.contracts import (
    Answer,
    AnyPart,
    ChosenOpportunity,
    Contingency,
    Goal,
    Initiative,
    Kind,
    Objective,
    Resource,
    Risk,
    Strategy,
    Tactic,
)

Type = Literal["line", "text", "number", "integer", "date", "person", "choice", "parts", "evidence"]
Section = Literal[
    "assessment",
    "team",
    "whitespace",
    "opportunities",
    "strategies",
    "work",
    "capacity",
    "objectives",
    "goals",
    "vision",
    "risks",
    "contingencies",
    "resources",
    "accountability",
]
BUILD_ORDER: tuple[Section, ...] = tuple(one for one in get_args(Section) if one != "contingencies")
"""Contingencies stand with their risks."""
PRESENTATION_ORDER: tuple[Section, ...] = (
    "vision",
    "goals",
    "objectives",
    "strategies",
    "work",
    "risks",
    "resources",
    "assessment",
    "team",
    "opportunities",
    "accountability",
)
TEN_PARTS: tuple[tuple[str, tuple[Section, ...]], ...] = (
    ("assessment", ("assessment",)),
    ("team assessment", ("team",)),
    ("opportunity", ("whitespace", "opportunities")),
    ("goals", ("vision", "goals")),
    ("objectives", ("objectives",)),
    ("approach", ("strategies", "work")),
    ("risks", ("risks",)),
    ("contingencies", ("contingencies",)),
    ("resources", ("resources", "capacity")),
    ("accountability", ("accountability",)),
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a kind. `of` names the kind of part that a field of type `parts` lists; `single`
    where it names one at most. Fields called owner, due_on and status are columns of the row."""

    name: str
    type: Type = "line"
    choices: tuple[str, ...] = ()
    of: Kind | None = None
    single: bool = False
    most: int = 300


@dataclass(frozen=True, slots=True)
class KindOfPart:
    """A kind: its class, its fields beside the title, the kinds it may hang below, its section."""

    made: type[AnyPart]
    fields: tuple[Field, ...]
    section: Section
    below: tuple[Kind, ...] = ()

    def field(self, name: str) -> Field | None:
        return next((one for one in self.fields if one.name == name), None)


_TEXT = Field("text", "text", most=20_000)
_OWNER = Field("owner", "person")
_EVIDENCE = Field("evidence", "evidence")
_RATING = ("1", "2", "3", "4", "5")

KINDS: dict[Kind, KindOfPart] = {
    "answer": KindOfPart(
        Answer,
        (
            Field("area", "choice", ("assessment", "team")),
            Field("question", most=40),
            _TEXT,
            Field("rating", "integer", _RATING),
            Field("account", most=40),
            _EVIDENCE,
        ),
        "assessment",
    ),
    "opportunity": KindOfPart(
        ChosenOpportunity,
        (
            Field("account", most=40),
            Field("account_name"),
            Field("product", most=40),
            Field("amount", "number"),
            Field("probability", "number"),
            Field("expected", "number"),
            Field("tier", most=1),
            _EVIDENCE,
        ),
        "opportunities",
    ),
    "goal": KindOfPart(Goal, (_TEXT, _OWNER), "goals"),
    "strategy": KindOfPart(
        Strategy,
        (
            _TEXT,
            Field("who", most=1000),
            Field("why_now", "text", most=4000),
            Field("goals", "parts", of="goal"),
            Field("opportunities", "parts", of="opportunity"),
            _EVIDENCE,
            _OWNER,
        ),
        "strategies",
    ),
    "objective": KindOfPart(
        Objective,
        (
            Field("strategy", "parts", of="strategy", single=True),
            Field("goal", "parts", of="goal", single=True),
            Field("metric", most=40),
            Field("target", "number"),
            Field("per", "choice", ("", "week", "month", "quarter", "year")),
            Field("due_on", "date"),
            Field("tier", "choice", ("", "A", "B", "C")),
            Field("category"),
            Field("channel"),
            Field("base", "choice", ("", "customer", "prospect")),
            Field("actual", "number"),
            Field("justification", "text", most=4000),
            _EVIDENCE,
            _OWNER,
        ),
        "objectives",
    ),
    "initiative": KindOfPart(
        Initiative, (_TEXT, Field("customer_goal"), _OWNER), "work", ("strategy",)
    ),
    "tactic": KindOfPart(
        Tactic,
        (
            _TEXT,
            _OWNER,
            Field("due_on", "date"),
            Field("hours", "number"),
            Field("hours_logged", "number"),
            Field("status", "choice", ("planned", "done", "moved", "dropped")),
            Field("reason", "text", most=2000),
            Field("objectives", "parts", of="objective"),
        ),
        "work",
        ("initiative", "contingency"),
    ),
    "risk": KindOfPart(
        Risk,
        (
            Field("sort", "choice", ("dependency", "assumption", "event")),
            _TEXT,
            Field("likelihood", "integer", _RATING),
            Field("impact", "integer", _RATING),
            _OWNER,
        ),
        "risks",
    ),
    "contingency": KindOfPart(
        Contingency, (Field("trigger", most=1000), _TEXT), "contingencies", ("risk",)
    ),
    "resource": KindOfPart(
        Resource,
        (
            Field("sort", "choice", ("people", "partner", "product", "budget")),
            Field("have", "number"),
            Field("need", "number"),
            Field("unit", most=40),
            Field("justification", "text", most=4000),
            Field("decision", "choice", ("", "granted", "declined")),
            _OWNER,
        ),
        "resources",
    ),
}
COLUMNS = ("owner", "due_on", "status")
"""Fields that are columns of the row; all others are in its values."""


def section_of(kind: Kind, area: str = "") -> Section:
    """The section that a part of `kind` stands in; `area` tells answers apart."""
    return "team" if kind == "answer" and area == "team" else KINDS[kind].section
