"""Objectives on a plan's page: what facts count, and what revenue is held against."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.conftest import SmallBook
from tests.insight.facts import facts_write
from tests.plans.test_surroundings import performance_write

from groundplan.book.models import Interaction
from groundplan.insight.models import AnalysisRun
from groundplan.people.models import User
from groundplan.plans.models import Plan, PlanPart
from groundplan.plans.services import part_add, plan_create
from groundplan.snapshots.selectors import current

Enter = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def words(response: Any) -> str:
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(bare).split())


@pytest.fixture
def plan(book: SmallBook, results: AnalysisRun) -> Plan:
    quarters = [f"FY2026-Q{number}" for number in range(1, 5)]
    performance_write(results, [(book.cast.olivia.person_id or 0, one, 10) for one in quarters])
    return plan_create(
        viewer=book.cast.see("olivia"), subject="territory", period="FY2026", prefill=False
    )


def objective(book: SmallBook, plan: Plan, **values: str) -> str:
    """The address of an objective that Olivia adds."""
    done = part_add(
        viewer=book.cast.see("olivia"),
        plan_uid=str(plan.uid),
        kind="objective",
        values={"title": "Objective", "due_on": "2026-12-31", **values},
    )
    return f"/plans/{plan.uid}/part/{done.uid}/?in=objectives"


def section(plan: Plan) -> str:
    return f"/plans/{plan.uid}/section/objectives/"


def test_revenue_is_counted_and_held_against_the_quota(
    book: SmallBook, plan: Plan, signed_in: Enter
) -> None:
    objective(book, plan, metric="revenue", target="160")
    shown = signed_in(book.cast.olivia).get(section(plan))
    assert "Actual, counted from facts $80" in words(shown)
    assert "Reached 50" in words(shown)
    assert "Quota or goal of the period $40" in words(shown)
    assert "measure=revenue.actual" in shown.content.decode()


def test_a_strategy_on_one_page_says_how_far_its_objectives_are(
    book: SmallBook, plan: Plan, signed_in: Enter
) -> None:
    viewer, uid = book.cast.see("olivia"), str(plan.uid)
    titled = {"title": "Displace the rival"}
    strategy = part_add(viewer=viewer, plan_uid=uid, kind="strategy", values=titled)
    objective(book, plan, metric="revenue", target="160", strategy=str(strategy.uid))
    page = signed_in(book.cast.olivia).get(f"/plans/{uid}/strategies/{strategy.uid}/")
    assert "Actual, counted from facts $80" in words(page)


def test_a_part_of_the_revenue_is_not_held_against_the_whole_quota(
    book: SmallBook, plan: Plan, signed_in: Enter
) -> None:
    current_facts = current()
    assert current_facts is not None
    facts_write(current_facts.folder, current_facts.results, accounts=(), products=())
    objective(book, plan, metric="revenue", target="160")
    # A category that later facts know no more.
    row = PlanPart.objects.get(plan=plan, kind="objective")
    row.values["category"] = "Nothing of the kind"
    row.save(update_fields=["values"])
    shown = words(signed_in(book.cast.olivia).get(section(plan)))
    assert "Not counted from facts no fact has such a category or channel" in shown
    assert "Quota" not in shown
    assert "Range of expected revenue" not in shown


def test_an_objective_s_form_offers_the_categories_and_channels_of_facts(
    book: SmallBook, plan: Plan, signed_in: Enter
) -> None:
    known = current()
    assert known is not None
    facts_write(
        known.folder,
        known.results,
        accounts=(),
        products=({"product_id": 1, "category": "Cabinets"},),
    )
    browser = signed_in(book.cast.olivia)
    address = objective(book, plan, metric="revenue", target="160", category="cabinets")
    form = browser.get(address).content.decode()
    assert re.search(r'<select name="category".*?<option value="Cabinets" selected>', form, re.S)
    assert '<select name="channel"' in form
    answer = browser.post(address, {"title": "Objective", "category": "Doors"})
    assert answer.status_code == 422
    assert "Doors" not in str(PlanPart.objects.get(plan=plan, kind="objective").values)


def test_a_plan_without_a_range_says_why(book: SmallBook, plan: Plan, signed_in: Enter) -> None:
    objective(book, plan, metric="revenue", target="160")
    shown = words(signed_in(book.cast.olivia).get(section(plan)))
    assert "Range of expected revenue None has been drawn from the facts yet." in shown


def test_what_is_checked_in_is_told_as_such(book: SmallBook, plan: Plan, signed_in: Enter) -> None:
    objective(book, plan, metric="count", target="8", actual="2")
    shown = words(signed_in(book.cast.olivia).get(section(plan)))
    assert "Actual, checked in 2" in shown
    assert "Quota" not in shown


def test_numbers_stay_when_an_objective_is_edited_in_place(
    book: SmallBook, plan: Plan, signed_in: Enter
) -> None:
    Interaction.objects.create(account=book.alder, date=date(2026, 2, 2), kind="meeting")
    address = objective(book, plan, metric="meetings", target="2", per="week")
    browser = signed_in(book.cast.olivia)
    answer = browser.get(f"{address}&show", headers=HTMX)
    again = words(answer)
    assert "Target in all 104" in again
    assert "Actual, counted from facts 1" in again
    (counted,) = re.findall(r'href="(/numbers/\?measure=objective[^"]+)"', answer.content.decode())
    number = browser.get(counted.replace("&amp;", "&")).content.decode()
    assert 'data-total="1"' in number
    assert "Meetings that an objective counts" in number
