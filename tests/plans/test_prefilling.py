"""A plan begins with what facts suggest."""

import re
from collections import Counter
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

import pytest
from django.utils import translation
from django.utils.translation import trans_real
from tests.conftest import SmallBook
from tests.demo_world import DemoWorld

from groundplan.book.models import Account, Opportunity, Product, ProfileStatement
from groundplan.book.selectors.cells import states_of
from groundplan.insight.traces import explain
from groundplan.kernel.figures import Trace
from groundplan.people.contracts import Scope
from groundplan.people.selectors import scope_of
from groundplan.plans.contracts import Answer, ChosenOpportunity, Cited, Graph, Objective
from groundplan.plans.models import Plan
from groundplan.plans.rules.checking import check
from groundplan.plans.rules.questions import assessment_of
from groundplan.plans.rules.typing import kind_of
from groundplan.plans.selectors.graphs import graph
from groundplan.plans.selectors.history import rounded
from groundplan.plans.selectors.surroundings import surroundings
from groundplan.plans.services import plan_create

LATER = "FY2028"


@pytest.fixture
def seller(demo_world: DemoWorld) -> Scope:
    return scope_of(demo_world.seller)


def territory(viewer: Scope) -> tuple[Plan, Graph]:
    plan = plan_create(viewer=viewer, subject="territory", period=LATER)
    return plan, graph(viewer, plan.uid)


def described(seller: Scope) -> Account:
    """One of the seller's accounts about which something is stated."""
    return Account.objects.filter(owner=seller.person_id, statements__isnull=False).order_by(
        "name"
    )[0]


def account_plan(viewer: Scope, account: Account) -> Graph:
    plan = plan_create(viewer=viewer, subject="account", period=LATER, account_uid=str(account.uid))
    return graph(viewer, plan.uid)


Suggested = Answer | ChosenOpportunity | Objective


def suggested(found: Graph) -> tuple[Suggested, ...]:
    return (*found.answers, *found.opportunities, *found.objectives)


def cited(found: Graph) -> list[Cited]:
    return [one for part in suggested(found) for one in part.evidence]


def test_a_territory_s_plan_comes_with_answers_opportunities_and_objectives(
    seller: Scope,
) -> None:
    _plan, found = territory(seller)
    kinds = Counter(kind_of(part) for part in found.parts())
    assert set(kinds) == {"answer", "opportunity", "objective"}
    assert all(part.is_suggested for part in found.parts())
    assert {one.question for one in found.answers} <= {
        one.code for one in assessment_of("territory")
    }
    assert {"revenue", "room", "customers", "coverage"} <= {one.question for one in found.answers}
    for part in suggested(found):
        assert part.evidence, part.title


def test_what_is_only_suggested_changes_nothing_for_the_check(seller: Scope) -> None:
    plan, found = territory(seller)
    empty = Graph(found.plan)
    around = surroundings(seller, plan, found)
    assert check(found, around) == check(empty, around)


def test_opportunities_have_expected_revenue_and_tier_and_are_the_seller_s(seller: Scope) -> None:
    _plan, found = territory(seller)
    own = {
        str(uid)
        for uid in Account.objects.filter(owner=seller.person_id).values_list("uid", flat=True)
    }
    for one in found.opportunities:
        assert one.account in own
        assert one.tier in {"A", "B", "C"}
        assert one.amount is not None
        assert one.probability is not None
        assert one.expected is not None
        assert abs(float(one.amount) * one.probability - float(one.expected)) < 1
    sorts = {one.evidence[0].evidence.kind for one in found.opportunities}
    assert "number" in sorts


def test_a_plan_of_a_period_to_come_is_suggested_no_deal_that_closes_before_it(
    seller: Scope,
) -> None:
    plan, found = territory(seller)
    mine = Opportunity.objects.filter(
        account__owner=seller.person_id, stage__outcome="open", close_on__lt=plan.starts_on
    )
    earlier = set(map(str, mine.values_list("uid", flat=True)))
    assert earlier, "the demonstration has deals that close before the plan begins"
    cited_deals = {one.evidence.key for one in cited(found) if one.evidence.kind == "opportunity"}
    assert not earlier & cited_deals


def test_whitespace_that_is_suggested_is_free(seller: Scope) -> None:
    account = described(seller)
    found = account_plan(seller, account)
    cells = [one for one in found.opportunities if one.evidence[0].evidence.kind == "number"]
    assert cells
    assert {one.account for one in found.opportunities} == {str(account.uid)}
    products = Product.objects.filter(uid__in=[UUID(one.product) for one in cells])
    assert states_of((account.pk, product.pk) for product in products) == {}


def test_every_number_that_is_cited_has_a_page(seller: Scope) -> None:
    _plan, found = territory(seller)
    numbers = [one.evidence for one in cited(found) if one.evidence.kind == "number"]
    measures = set()
    for evidence in {one.key: one for one in numbers}.values():
        named = dict(parse_qsl(evidence.key))
        measure = named.pop("measure")
        measures.add(measure)
        assert explain(seller, Trace.of(measure, **named)).value.value is not None
    assert {"revenue.12m", "whitespace.total", "whitespace.expected"} <= measures


def test_what_is_stated_answers_the_questions_about_an_account(seller: Scope) -> None:
    account = described(seller)
    found = account_plan(seller, account)
    statements = ProfileStatement.objects.filter(
        account=account, superseded_by=None, withdrawn_at=None
    )
    topics = set(statements.values_list("topic", flat=True))
    asked = {one.code for one in assessment_of("account") if topics.intersection(one.topics)}
    assert asked
    stated = {
        one.question: [cited.evidence.key for cited in one.evidence]
        for one in found.answers
        if one.evidence[0].evidence.kind == "statement"
    }
    assert set(stated) == asked
    facts = {str(one.uid): one.is_fact for one in statements}
    for one in cited(found):
        if one.evidence.kind == "statement":
            assert one.is_fact == facts[one.evidence.key]


def test_objectives_come_from_the_year_before_and_end_with_the_plan(seller: Scope) -> None:
    plan, found = territory(seller)
    by_metric = {one.metric: one for one in found.objectives}
    revenue = by_metric["revenue"]
    assert revenue.target
    assert revenue.due_on == plan.ends_on
    assert "the last twelve months" in revenue.evidence[0].evidence.label
    trace = dict(parse_qsl(revenue.evidence[0].evidence.key))
    trace.pop("measure")
    explained = explain(seller, Trace.of("revenue.12m", **trace)).value.value
    assert explained is not None
    assert abs(float(revenue.target) / float(explained) - 1) < 0.01
    assert {one.per for one in found.objectives if one.metric == "meetings"} <= {"quarter"}


GERMAN = {
    "%(product)s for %(account)s": "%(product)s für %(account)s",
    "%(metric)s in %(period)s: %(number)s a quarter": "%(metric)s: %(number)s je Quartal",
    "Meetings with stakeholders": "Treffen mit Beteiligten",
    "Who are our customers, and what have they in common?": "Wer sind unsere Kunden?",
    "%(total)s %(currency)s of whitespace, most of it in %(industries)s.": (
        "%(total)s %(currency)s sind offen, vor allem in %(industries)s."
    ),
}
"""Stands for a catalog of the organisation's language."""


def test_suggestions_are_in_the_words_of_whoever_begins_the_plan(
    seller: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: Any = trans_real.translation("de")
    for text, translated in GERMAN.items():
        monkeypatch.setitem(known._catalog._catalogs[0], text, translated)
    with translation.override("de"):
        _plan, found = territory(seller)
    assert any(" für " in one.title for one in found.opportunities)
    meetings = next(one for one in found.objectives if one.metric == "meetings")
    assert meetings.title == "Treffen mit Beteiligten"
    assert "je Quartal" in meetings.evidence[0].evidence.label
    room = next(one for one in found.answers if one.question == "room")
    assert re.match(r"\d{1,3}(\.\d{3})* \w+ sind offen, vor allem in ", room.text)
    assert "Wer sind unsere Kunden?" in [one.title for one in found.answers]


def test_suggestions_keep_no_codes(seller: Scope) -> None:
    _plan, found = territory(seller)
    for one in suggested(found):
        said = [one.title, getattr(one, "text", ""), *(c.evidence.label for c in one.evidence)]
        for text in said:
            assert "%(" not in text
            assert "_" not in text


def test_a_manager_s_plan_covers_the_accounts_of_those_below(demo_world: DemoWorld) -> None:
    manager, seller = scope_of(demo_world.manager), scope_of(demo_world.seller)
    _plan, found = territory(manager)
    owners = Account.objects.filter(uid__in={UUID(one.account) for one in found.opportunities})
    below = set(owners.values_list("owner__path", flat=True))
    assert all(path.startswith(manager.path) for path in below)
    assert len(found.opportunities) >= len(territory(seller)[1].opportunities) // 2
    # The revenue that it suggests is of all of them, and so is the page that it cites.
    revenue = next(one for one in found.objectives if one.metric == "revenue")
    cited = next(one.evidence for one in revenue.evidence if one.evidence.kind == "number")
    named = dict(parse_qsl(cited.key))
    number = explain(manager, Trace.of(named.pop("measure"), **named)).value.value
    assert number is not None
    assert f"{number:,.0f}" in cited.label


def test_without_an_analysis_nothing_is_suggested(book: SmallBook) -> None:
    plan = plan_create(viewer=book.cast.see("olivia"), subject="territory", period=LATER)
    assert list(graph(book.cast.see("olivia"), plan.uid).parts()) == []


@pytest.mark.parametrize(
    ("amount", "round_one"),
    [("1234567", "1230000"), ("1235000", "1240000"), ("12.345", "12.3"), ("7", "7"), ("0", "0")],
)
def test_amounts_are_rounded_to_three_leading_figures(amount: str, round_one: str) -> None:
    found = rounded(Decimal(amount))
    assert found == Decimal(round_one)
    assert "E" not in str(found)
