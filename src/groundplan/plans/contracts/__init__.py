"""Plans as values: their parts, the whole graph, and what the check finds."""

from .checking import Checked, Finding, Severity, Surroundings
from .graph import Graph, PlanHead, Signature, State, Subject
from .parts import (
    Answer,
    AnyPart,
    ChosenOpportunity,
    Cited,
    Contingency,
    Goal,
    Initiative,
    Kind,
    Objective,
    Part,
    Resource,
    Risk,
    Strategy,
    Tactic,
    TacticStatus,
)

__all__ = [
    "Answer",
    "AnyPart",
    "Checked",
    "ChosenOpportunity",
    "Cited",
    "Contingency",
    "Finding",
    "Goal",
    "Graph",
    "Initiative",
    "Kind",
    "Objective",
    "Part",
    "PlanHead",
    "Resource",
    "Risk",
    "Severity",
    "Signature",
    "State",
    "Strategy",
    "Subject",
    "Surroundings",
    "Tactic",
    "TacticStatus",
]
