"""Plans as values: their parts, the whole graph, and what the check finds."""

from .changes import Change, Clash, Done, EditConflict
from .checking import Checked, Finding, Severity, Surroundings
from .following import (
    MemberLine,
    QueueLine,
    VersionLine,
    WaiverLine,
    Week,
    WeekLine,
)
from .graph import Graph, PlanHead, Signature, State, Subject
from .listing import PlanLine
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
    "Change",
    "Checked",
    "ChosenOpportunity",
    "Cited",
    "Clash",
    "Contingency",
    "Done",
    "EditConflict",
    "Finding",
    "Goal",
    "Graph",
    "Initiative",
    "Kind",
    "MemberLine",
    "Objective",
    "Part",
    "PlanHead",
    "PlanLine",
    "QueueLine",
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
    "VersionLine",
    "WaiverLine",
    "Week",
    "WeekLine",
]
