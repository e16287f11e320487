"""A strategy about an account that nobody has asked the five questions of."""

from collections.abc import Iterator, Mapping

from groundplan.plans.contracts import Graph, Strategy, Surroundings
from groundplan.plans.rules.questions import cited_accounts, open_questions
from groundplan.plans.rules.rule import Hit, Rule, gettext_noop

_NAMED = 3


def find(graph: Graph, surroundings: Surroundings) -> Iterator[Hit]:
    """One hit a strategy of a territory, which may cite many accounts; one for an account's plan,
    all of whose strategies are about that account."""
    lacking = open_questions(graph, surroundings.open_questions)
    plan = graph.plan
    if plan.subject == "account":
        if plan.account in lacking and graph.strategies:
            yield Hit("assessment", plan.title, _values({plan.account_name: lacking[plan.account]}))
        return
    for strategy in graph.strategies:
        names = _names(graph, strategy)
        open_of = {
            names[account]: lacking[account]
            for account in cited_accounts(graph, strategy)
            if account in lacking
        }
        if open_of:
            yield Hit(str(strategy.uid), strategy.title, _values(open_of))


def _names(graph: Graph, strategy: Strategy) -> dict[str, str]:
    """The names of the accounts that a strategy may cite."""
    names = {
        one.evidence.key: one.evidence.label
        for one in strategy.evidence
        if one.evidence.kind == "account"
    }
    for one in graph.opportunities:
        names.setdefault(one.account, one.account_name or one.title)
    return names


def _values(open_of: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    names = sorted(open_of)
    more = len(names) - _NAMED
    return {
        "accounts": ", ".join(names[:_NAMED]) + (f" + {more}" if more > 0 else ""),
        "count": str(sum(len(codes) for codes in open_of.values())),
        "questions": ",".join(sorted({code for codes in open_of.values() for code in codes})),
    }


RULE = Rule(
    code="GP801",
    name=gettext_noop("Five questions unanswered"),
    severity="warning",
    message=gettext_noop(
        "Of the five questions about each account, {count} are open for: {accounts}."
    ),
    why=gettext_noop(
        "Whoever doesn't know what is happening inside an account, where it is heading, who has a "
        "say and how its market and competition evolve plans for an account that doesn't exist."
    ),
    mend=gettext_noop("Answer them in the account's profile, with a source, or in the assessment."),
    find=find,
)
