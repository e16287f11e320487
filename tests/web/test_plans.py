"""Pages of plans in a browser without scripts, and their fragments."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.conftest import Cast, SmallBook
from tests.web.plan_world import SmallPlan, small_plan, uid_of
from tests.worlds import KeptWorld

from groundplan.people.models import User
from groundplan.plans.rules.kinds import BUILD_ORDER
from groundplan.plans.services.parts import part_add
from groundplan.plans.services.plans import plan_create

Enter = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def small(cast: Cast, book: SmallBook, kept_world: KeptWorld[SmallPlan]) -> SmallPlan:
    return kept_world(small_plan, cast, book)


@pytest.mark.parametrize("section", BUILD_ORDER)
def test_each_section_opens_alone_as_page_and_as_fragment(
    section: str, small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    address = f"{small.address}section/{section}/"
    assert "<html" in text(browser.get(address))
    fragment = browser.get(address, headers=HTMX)
    assert fragment.status_code == 200
    assert "<html" not in text(fragment)


@pytest.mark.parametrize("order", ["build", "present", "parts"])
def test_a_plan_is_read_and_printed_whole_with_every_section_there(
    order: str, small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    assert "section=all" in text(browser.get(small.address))
    page = text(browser.get(f"{small.address}?order={order}&section=all"))
    sections = page.split('<details class="card plan-section')[1:]
    assert len(sections) >= 10
    assert all(" open><summary" in section[:200] for section in sections)
    assert "/section/" not in "".join(re.findall(r'class="section-body"[^>]*>', page))


def test_a_tactic_names_the_objectives_it_works_on(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    part_add(
        viewer=cast.see("olivia"),
        plan_uid=str(small.plan.uid),
        kind="tactic",
        parent_uid=str(small.parts["initiative"]),
        values={"title": "Invite them", "objectives": str(small.parts["objective"])},
    )
    page = text(signed_in(cast.olivia).get(f"{small.address}section/work/"))
    assert "Invite them" in page
    assert "Meet plant managers" in page
    assert "a part that is gone" not in page


READ = (
    "",
    "check/",
    "team/",
    "comments/",
    "changes/",
    "roll-up/",
    "compare/",
    "compare/?a=now&b=now",
    "head/",
    "cut/",
    "part/new/?kind=goal",
    "?order=present",
    "?order=parts",
    *(f"section/{one}/" for one in BUILD_ORDER),
)
OF_A_PART = ("", "move/", "mark/", "check-in/")


@pytest.mark.parametrize("part", READ)
def test_every_page_of_a_plan_opens_for_its_owner(
    part: str, small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    assert signed_in(cast.olivia).get(small.address + part).status_code == 200


@pytest.mark.parametrize("part", READ)
def test_an_outsider_gets_404_for_every_page_of_a_plan(
    part: str, small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.oscar)
    there = browser.get(small.address + part)
    nowhere = browser.get(f"/plans/{uuid4()}/{part}")
    assert there.status_code == nowhere.status_code == 404
    assert small.plan.title not in text(there)


@pytest.mark.parametrize("deed", OF_A_PART)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_outsider_gets_404_for_every_page_of_a_part(
    deed: str, headers: dict[str, str], small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.oscar)
    assert browser.get(small.part("tactic", deed), headers=headers).status_code == 404


READING = (
    "strategies/{strategy}/",
    "path/{tactic}/",
    "below/{initiative}/",
    "comments/?part={goal}",
)


@pytest.mark.parametrize("address", READING)
def test_a_reading_page_opens_for_the_owner_and_for_no_outsider(
    address: str, small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    whole = small.address + address.format(**small.parts)
    assert signed_in(cast.olivia).get(whole).status_code == 200
    assert signed_in(cast.oscar).get(whole).status_code == 404


WRITES = (
    "part/new/?kind=goal",
    "part/{goal}/",
    "part/{goal}/move/",
    "part/{goal}/remove/",
    "part/{goal}/keep/",
    "part/{tactic}/mark/",
    "part/{objective}/check-in/",
    "keep/",
    "head/",
    "state/",
    "decide/",
    "cut/",
    "team/",
    "comments/",
    "undo/1/",
)


@pytest.mark.parametrize("address", WRITES)
def test_an_outsider_can_post_to_no_address_of_a_plan(
    address: str, small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    sent = {"title": "Taken", "verb": "submit", "text": "x", "status": "done", "actual": "1"}
    whole = small.address + address.format(**small.parts)
    assert signed_in(cast.oscar).post(whole, sent).status_code == 404


def test_a_part_of_another_plan_is_not_found_in_this_one(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    other = plan_create(
        viewer=cast.see("olivia"), subject="territory", period="FY2028", prefill=False
    )
    browser = signed_in(cast.olivia)
    goal = small.parts["goal"]
    assert browser.get(f"/plans/{other.uid}/part/{goal}/").status_code == 404
    assert browser.post(f"/plans/{other.uid}/part/{goal}/remove/").status_code == 404


def test_the_list_shows_own_plans_and_no_others(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    assert small.plan.title in text(signed_in(cast.olivia).get("/plans/"))
    assert small.plan.title in text(signed_in(cast.maya).get("/plans/"))
    said = text(signed_in(cast.oscar).get("/plans/"))
    assert small.plan.title not in said
    assert "No plan yet" in said


def test_whoever_may_only_look_sees_no_way_to_edit(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    browser.post(
        f"{small.address}team/", {"person": uid_of(cast.vic), "function": "", "section": ""}
    )
    vic = Client()
    vic.force_login(cast.vic)
    page = text(vic.get(f"{small.address}?section=goals"))
    assert "first call" in page
    assert "data-act" not in page.replace('data-act="comment"', "")
    assert vic.post(small.part("goal"), {"title": "x"}).status_code == 403


COSTS = (
    ("", 10),
    ("section/work/", 15),
    ("section/objectives/", 11),
    ("check/", 12),
    ("changes/", 15),
)


@pytest.mark.parametrize(("part", "most"), COSTS)
def test_a_page_asks_as_much_of_a_big_plan_as_of_a_small_one(
    part: str, most: int, small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser, viewer = signed_in(cast.olivia), cast.see("olivia")

    def cost() -> int:
        browser.get(small.address + part)
        with CaptureQueriesContext(connection) as asked:
            browser.get(small.address + part)
        return len(asked)

    before = cost()
    for number in range(12):
        for kind in ("objective", "goal"):
            part_add(
                viewer=viewer,
                plan_uid=str(small.plan.uid),
                kind=kind,
                values={"title": f"{kind} {number}", "owner": "tom"},
            )
    assert cost() == before <= most
