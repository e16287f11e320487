"""The week: what is due over all plans, what became of it, for one and for a team."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.conftest import Cast, SmallBook
from tests.web.plan_world import SmallPlan, small_plan
from tests.worlds import KeptWorld

from groundplan.people.models import User
from groundplan.plans.services.parts import part_add

Enter = Callable[[User], Client]
HTMX = {"HX-Request": "true"}
WEEK = "/week/?around=2026-11-24"


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def small(cast: Cast, book: SmallBook, kept_world: KeptWorld[SmallPlan]) -> SmallPlan:
    return kept_world(small_plan, cast, book)


def mark(small: SmallPlan) -> str:
    return f"/week/{small.parts['tactic']}/?around=2026-11-24"


def test_a_tactic_stands_in_the_week_that_it_is_due(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    assert "Call Ada Alm" in text(browser.get(WEEK))
    assert "Nothing is due" in text(browser.get("/week/?around=2026-11-10"))


def test_what_was_not_done_stays_overdue_in_the_weeks_after(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    page = text(signed_in(cast.olivia).get("/week/?around=2026-12-08"))
    assert 'id="overdue"' in page
    assert "Call Ada Alm" in page


def test_a_manager_sees_the_week_of_their_team(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.maya)
    assert "Call Ada Alm" not in text(browser.get(WEEK))
    assert "Call Ada Alm" in text(browser.get(f"{WEEK}&of=team"))


def test_a_member_sees_no_team_and_an_outsider_nothing(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    assert "Call Ada Alm" not in text(signed_in(cast.tom).get(f"{WEEK}&of=team"))
    assert "Call Ada Alm" not in text(signed_in(cast.oscar).get(f"{WEEK}&of=team"))


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_outsider_can_neither_see_nor_mark_a_tactic(
    headers: dict[str, str], small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.oscar)
    assert browser.get(mark(small), headers=headers).status_code == 404
    assert browser.post(mark(small), {"status": "done"}, headers=headers).status_code == 404


def test_a_tactic_is_done_with_hours_and_undone(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    state = f"{small.address}state/"
    assert browser.get(mark(small), headers=HTMX).status_code == 200
    page = text(browser.post(mark(small), {"status": "done", "hours_logged": "3"}, follow=True))
    assert 'id="closed"' in page
    assert 'data-value="3"' in page
    assert f"{small.address}undo/" in page
    assert browser.post(state, {"verb": "nothing"}).status_code == 422


@pytest.mark.parametrize("status", ["moved", "dropped"])
def test_what_is_moved_or_dropped_says_why(
    status: str, small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    sent = {"status": status, "due_on": "2026-12-01"}
    refused = browser.post(mark(small), sent)
    assert refused.status_code == 422
    assert "Say why." in text(refused)
    assert browser.post(mark(small), {**sent, "reason": "Ada is ill"}).status_code == 302


def test_somebody_elses_tactic_in_a_plan_out_of_sight_is_listed_without_a_way_to_it(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    part_add(
        viewer=cast.see("olivia"),
        plan_uid=str(small.plan.uid),
        kind="tactic",
        values={"title": "Ship the demo", "owner": "oscar", "due_on": str(date(2026, 11, 25))},
        parent_uid=str(small.parts["initiative"]),
    )
    page = text(signed_in(cast.oscar).get(WEEK))
    assert "Ship the demo" in page
    assert small.plan.title not in page
    assert small.address not in page
