"""The questions of a plan's assessment, of its team assessment, and the five of every account."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from groundplan.plans.contracts import Graph, Strategy, Subject

from .rule import gettext_noop


@dataclass(frozen=True, slots=True)
class Question:
    """A question, by its code. `topics` are those of an account's profile whose statements answer
    it."""

    code: str
    text: str
    topics: tuple[str, ...] = ()


FIVE: tuple[Question, ...] = (
    Question(
        "inside",
        gettext_noop("What is happening inside it?"),
        ("financial_environment", "culture", "key_initiatives", "challenges", "product_lines"),
    ),
    Question(
        "heading",
        gettext_noop("Where is it heading?"),
        ("customer_goals", "revenue_targets", "success_measures"),
    ),
    Question(
        "influencers",
        gettext_noop("Who are the key influencers?"),
        ("political_landscape", "buying_habits"),
    ),
    Question(
        "market",
        gettext_noop("How is the market evolving?"),
        ("market_dynamics", "target_markets"),
    ),
    Question(
        "competition",
        gettext_noop("How is the competition evolving?"),
        ("market_position",),
    ),
)
"""Asked of every account that a strategy cites. Every topic of a profile answers one of them."""

_STANDING = (
    Question("revenue", gettext_noop("How did revenue develop, and why?")),
    Question("room", gettext_noop("Where is the room to grow?")),
)
ACCOUNT: tuple[Question, ...] = (
    *FIVE,
    *_STANDING,
    Question("standing", gettext_noop("How does the customer see us?")),
)
TERRITORY: tuple[Question, ...] = (
    *_STANDING,
    Question("customers", gettext_noop("Who are our customers, and what have they in common?")),
    *FIVE[3:],
    Question("coverage", gettext_noop("Whom do we reach, and whom not?")),
)
TEAM: tuple[Question, ...] = (
    Question("backing", gettext_noop("How firmly does our own management stand behind this?")),
    Question("skills", gettext_noop("Have we the knowledge that the opportunities need?")),
    Question("hours", gettext_noop("Have the people the hours?")),
    Question("delivery", gettext_noop("How well do we deliver what we sell?")),
    Question("partners", gettext_noop("Which partners help, and which are missing?")),
    Question(
        "together", gettext_noop("How well do sales, technical staff and marketing work together?")
    ),
)


def assessment_of(subject: Subject) -> tuple[Question, ...]:
    """The questions of the assessment of an account or of a territory."""
    return ACCOUNT if subject == "account" else TERRITORY


def question_of(code: str) -> Question | None:
    return next((one for one in (*ACCOUNT, *TERRITORY, *TEAM) if one.code == code), None)


def unanswered(topics: set[str]) -> tuple[str, ...]:
    """Codes of the five questions that a profile with statements on `topics` leaves open."""
    return tuple(one.code for one in FIVE if not topics.intersection(one.topics))


def cited_accounts(graph: Graph, strategy: Strategy) -> tuple[str, ...]:
    """Uids of the accounts that a strategy cites: by its opportunities, or as evidence."""
    opportunities = {one.uid: one.account for one in graph.opportunities}
    named = [opportunities.get(uid, "") for uid in strategy.opportunities]
    named += [one.evidence.key for one in strategy.evidence if one.evidence.kind == "account"]
    return tuple(dict.fromkeys(account for account in named if account))


def asked_accounts(graph: Graph) -> tuple[str, ...]:
    """Uids of the accounts that the five questions are asked of: the plan's own, or those that a
    territory's strategies cite. Nobody answers them for a whole territory."""
    if graph.plan.subject == "account":
        return (graph.plan.account,)
    cited = (cited_accounts(graph, one) for one in graph.strategies if not one.is_suggested)
    return tuple(dict.fromkeys(account for accounts in cited for account in accounts))


def open_questions(
    graph: Graph, by_profile: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """The five questions still open by account: neither the profile nor the plan answers them."""
    answered = _answered(graph)
    found = {
        account: tuple(
            code for code in by_profile.get(account, ()) if code not in answered[account]
        )
        for account in asked_accounts(graph)
    }
    return {account: codes for account, codes in found.items() if codes}


def _answered(graph: Graph) -> Mapping[str, set[str]]:
    answered: dict[str, set[str]] = defaultdict(set)
    for answer in graph.answers:
        account = answer.account or graph.plan.account
        if answer.area == "assessment" and answer.text.strip() and not answer.is_suggested:
            answered[account].add(answer.question)
    return answered
