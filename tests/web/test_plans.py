"""Pages of plans in a browser without scripts, and their fragments."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.conftest import Cast, SmallBook
from tests.web.plan_world import SmallPlan, small_plan

from groundplan.people.models import User
from groundplan.plans.rules.kinds import BUILD_ORDER

Enter = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def small(cast: Cast, book: SmallBook) -> SmallPlan:
    return small_plan(cast, book)


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


READ = (
    "",
    "check/",
    "team/",
    "comments/",
    "changes/",
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
