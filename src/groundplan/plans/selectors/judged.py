"""Answers to a plan's assessment that facts already give."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext

from groundplan.book.selectors.topics import TopicStatement, statements_on
from groundplan.insight.selectors.results import results_of
from groundplan.kernel.evidence import Evidence
from groundplan.kernel.figures import Trace
from groundplan.kernel.ids import uuid7
from groundplan.kernel.money import ZERO
from groundplan.plans.contracts import Answer, Cited
from groundplan.plans.rules.questions import Question, assessment_of
from groundplan.snapshots.contracts import CurrentSnapshot

from .counted import accounts_of, touches
from .reach import Reach, subject_of
from .wording import coverage_said, customers_said, revenue_said, room_said

MOST_STATEMENTS = 6
QUIET = timedelta(days=90)
NAMED = 3


@dataclass(frozen=True, slots=True)
class Industry:
    """The plan's accounts of one industry; amounts in the organisation's currency."""

    name: str
    accounts: int
    customers: int
    revenue: Decimal
    before: Decimal
    whitespace: Decimal


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer says, and the number that it rests on."""

    text: str
    trace: Trace


def answers(
    reach: Reach, shown: CurrentSnapshot, accounts: Collection[UUID], today: date
) -> tuple[Answer, ...]:
    """Suggested answers: from statements about `accounts`, and from what facts add up to."""
    asked = assessment_of("account" if reach.plan.account_id is not None else "territory")
    topics = {topic for one in asked for topic in one.topics}
    stated = statements_on(reach.viewer, accounts, topics)
    summed = _summed(reach, shown, today)
    found: list[Answer] = []
    for question in asked:
        statements = [one for topic in question.topics for one in stated.get(topic, ())]
        if statements:
            found.append(_from_statements(question, statements, is_one=len(accounts) == 1))
        elif question.code in summed:
            found.append(_from_number(question, summed[question.code], shown))
    return tuple(found)


def _from_statements(
    question: Question, statements: Iterable[TopicStatement], *, is_one: bool
) -> Answer:
    """The latest statements; where there are several accounts each says whom it is about."""
    latest = sorted(statements, key=lambda one: (one.as_of, one.uid), reverse=True)
    chosen = latest[:MOST_STATEMENTS]
    lines = (one.text if is_one else f"{one.account_name}: {one.text}" for one in chosen)
    evidence = (
        Cited(Evidence("statement", str(one.uid), _label(one), one.as_of), one.is_fact)
        for one in chosen
    )
    return _answer(question, "\n".join(lines), tuple(evidence))


def _label(one: TopicStatement) -> str:
    said = f"{one.account_name}: {one.text}"
    source = f" ({one.source})" if one.source else ""
    return said[: 480 - len(source)] + source


def _from_number(question: Question, said: Said, shown: CurrentSnapshot) -> Answer:
    evidence = Evidence("number", said.trace.query(), said.text, shown.as_of)
    return _answer(question, said.text, (Cited(evidence, True),))


def _answer(question: Question, text: str, evidence: tuple[Cited, ...]) -> Answer:
    return Answer(
        uid=uuid7(),
        title=gettext(question.text),
        is_suggested=True,
        area="assessment",
        question=question.code,
        text=text,
        evidence=evidence,
    )


def _summed(reach: Reach, shown: CurrentSnapshot, today: date) -> dict[str, Said]:
    """What numbers say, by code of the question that it answers."""
    plan = reach.plan
    industries = _industries(reach, shown)
    if not industries:
        return {}
    subject = subject_of(reach)
    money = shown.currency
    found = {
        "revenue": Said(_revenue(industries, money), Trace.of("revenue.12m", **subject)),
        "room": Said(_room(industries, money), Trace.of("whitespace.total", **subject)),
        "customers": Said(_customers(industries), Trace.of("accounts.count", **subject)),
    }
    if plan.account_id is None:
        found["coverage"] = Said(
            _coverage(reach, today), Trace.of("accounts.needs", need="touch", **subject)
        )
    return found


def _industries(reach: Reach, shown: CurrentSnapshot) -> tuple[Industry, ...]:
    found = results_of(reach.viewer, shown).filter(account__in=accounts_of(reach).values("pk"))
    summed = {
        "accounts": Count("pk"),
        "customers": Count("pk", filter=Q(revenue_12m__gt=0)),
        "revenue": Sum("revenue_12m"),
        "before": Sum("revenue_prior_12m"),
        "room": Sum("whitespace"),
    }
    rows = found.order_by().values("account__industry").annotate(**summed)
    rows = rows.values_list("account__industry", *summed)
    return tuple(Industry(*row) for row in rows)


def _revenue(industries: Iterable[Industry], currency: str) -> str:
    known = list(industries)
    now = sum((one.revenue for one in known), ZERO)
    before = sum((one.before for one in known), ZERO)
    return revenue_said(now, before, currency)


def _room(industries: Iterable[Industry], currency: str) -> str:
    known = sorted(industries, key=lambda one: (-one.whitespace, one.name))
    total = sum((one.whitespace for one in known), ZERO)
    most = [(one.name, one.whitespace) for one in known if one.name and one.whitespace]
    # An account has one industry: naming it tells nothing.
    return room_said(total, most[:NAMED] if len(known) > 1 else (), currency)


def _customers(industries: Iterable[Industry]) -> str:
    known = sorted(industries, key=lambda one: (-one.customers, one.name))
    customers, accounts = sum(one.customers for one in known), sum(one.accounts for one in known)
    most = [(one.name, one.customers) for one in known if one.name and one.customers]
    return customers_said(customers, accounts, most[:NAMED])


def _coverage(reach: Reach, today: date) -> str:
    found = touches(reach, today - QUIET, today)
    return coverage_said(found.reached, found.accounts, QUIET.days)
