"""A goal says what will have been accomplished; the quota is a number that others set."""

import re
from collections.abc import Iterator
from decimal import Decimal

from groundplan.plans.contracts import Goal, Graph, Surroundings
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop

_NEAR = Decimal("0.005")
_UNITS = {
    "k": 3, "t": 3, "thousand": 3,
    "m": 6, "mn": 6, "mio": 6, "mm": 6, "million": 6, "millions": 6,
    "b": 9, "bn": 9, "billion": 9, "billions": 9,
}  # fmt: skip
_NUMBER = re.compile(
    r"(?<![\w.,])[^\w\s]?(\d{1,3}(?:[ ',.\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)"
    r"\s?([a-z]+)?",
    re.IGNORECASE,
)
_TARGET = (
    r"(?:quotas?|(?:sales|revenue|bookings?)[ -](?:goals?|targets?|quotas?)"
    r"|(?:my|our|the) numbers?(?=\W*$|[.,;:!?]|\s(?:for|in|this|by|every|each)\b))"
)
_WORDS = re.compile(
    rf"\b(?:make|meet|hit|reach|achieve|attain|exceed|beat|deliver|fulfil+|carry|cover|close)"
    rf"(?:ing)?\b[^.;]{{0,40}}\b{_TARGET}\b"
    rf"|%\s*(?:of|to)\s+(?:\w+\s+){{0,2}}{_TARGET}\b"
    rf"|^\W*(?:\w+\s+){{0,2}}{_TARGET}\b(?:\s+attainment)?\W*$",
    re.IGNORECASE,
)


def copies(goal: Goal, revenue_goal: Decimal | None) -> bool:
    """Whether a goal says that the quota will be made, or names its amount."""
    text = f"{goal.title}\n{goal.text}"
    if any(_WORDS.search(line) for line in text.splitlines()):
        return True
    if not revenue_goal:
        return False
    return any(abs(one - revenue_goal) <= revenue_goal * _NEAR for one in amounts(text))


def amounts(text: str) -> Iterator[Decimal]:
    """Every number of a text, with thousands and millions counted out: `1.2M` is 1,200,000. Where
    a mark may separate thousands or decimals, the number is given as both."""
    for match in _NUMBER.finditer(text):
        power = _UNITS.get((match[2] or "").lower(), 0)
        for number in _readings(match[1]):
            yield number.scaleb(power)


def _readings(digits: str) -> Iterator[Decimal]:
    marks = [mark for mark in digits if not mark.isdigit()]
    only_digits = Decimal("".join(one for one in digits if one.isdigit()))
    decimals = len(digits) - digits.rfind(marks[-1]) - 1 if marks else 0
    is_grouped = decimals == 3 and len(set(marks)) == 1
    if not marks or is_grouped:
        yield only_digits
    if len(marks) == 1 or (marks and not is_grouped):
        yield only_digits.scaleb(-decimals)


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    for goal in graph.goals:
        if copies(goal, surroundings.revenue_goal):
            yield Hit(str(goal.uid), goal.title)


RULE = Rule(
    code="GP101",
    name=gettext_noop("A goal copies the quota"),
    severity="error",
    message=gettext_noop("The goal “{label}” repeats the quota."),
    why=gettext_noop(
        "The quota is set by others and says nothing about how you will get there. A goal that "
        "copies it leaves the team without anything to aim at."
    ),
    mend=gettext_noop(
        "Say in words what the team will have accomplished by the end of the period, and make the "
        "amount an objective of the strategy that brings it."
    ),
    find=find,
)
