"""Every address of plans, as the list of addresses has them, is closed to an outsider."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.conftest import Cast, SmallBook
from tests.web.plan_world import SmallPlan, small_plan
from tests.worlds import KeptWorld

from groundplan.plans.models import PlanVersion
from groundplan.plans.services.accepting import plan_submit
from groundplan.web.pages.plans.urls import urlpatterns

OPEN_TO_ALL = {"list", "new"}
NAMES = sorted({str(one.name) for one in urlpatterns} - OPEN_TO_ALL)
KINDS = {"mark": "tactic", "check-in": "objective"}
HEADERS: tuple[dict[str, str], ...] = ({}, {"HX-Request": "true"})


@pytest.fixture
def small(cast: Cast, book: SmallBook, kept_world: KeptWorld[SmallPlan]) -> SmallPlan:
    """A plan that was submitted, so that it has a version and a decision to make."""
    found = kept_world(small_plan, cast, book)
    plan_submit(viewer=cast.see("olivia"), uid=str(found.plan.uid))
    return found


def test_an_outsider_finds_no_address_of_a_plan_by_page_fragment_or_form(
    small: SmallPlan, cast: Cast, client: Client
) -> None:
    client.force_login(cast.oscar)
    reached = []
    for name in NAMES:
        address = address_of(name, small)
        for headers in HEADERS:
            answers = (client.get(address, headers=headers), client.post(address, headers=headers))
            reached += [(address, one.status_code) for one in answers if not is_closed(one)]
    assert reached == []


@pytest.mark.parametrize("name", ["page", "section", "version", "strategy", "path", "check"])
def test_the_same_addresses_open_for_the_owner(
    name: str, small: SmallPlan, cast: Cast, client: Client
) -> None:
    client.force_login(cast.olivia)
    assert client.get(address_of(name, small)).status_code == 200


def is_closed(response: Any) -> bool:
    """Not found, or a way of asking that the address never answers."""
    return response.status_code in (404, 405)


def address_of(name: str, small: SmallPlan) -> str:
    """The address with what it takes of this plan."""
    version = PlanVersion.objects.filter(plan=small.plan).latest("pk").pk
    known = {
        "plan": small.plan.uid,
        "part": small.parts[KINDS.get(name, "strategy")],
        "section": "goals",
        "number": 1,
        "version": version,
    }
    route = next(one.pattern for one in urlpatterns if one.name == name)
    return reverse(f"plans:{name}", kwargs={key: known[key] for key in route.converters})
