"""Settings of segments, characteristics and tiers."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.conftest import TODAY, Cast, SmallBook

from groundplan.insight.models import Characteristic, InsightSettings
from groundplan.insight.services import analyse
from groundplan.kernel import clock
from groundplan.organisation.models import Job
from groundplan.people.models import Role, User

SignIn = Callable[[User], Client]
PAGES = ("segments/", "characteristics/", "characteristics/new/", "characteristics/preview/")
RULE = {
    "name": "Large",
    "attribute": "employees",
    "operator": "at_least",
    "value": "250",
    "weight": "2",
    "active": "on",
}


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create(email="ada@example.com", name="Ada", role=Role.ADMINISTRATOR)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("name", ["olivia", "maya", "vic"])
def test_for_everybody_below_a_leader_there_are_no_rules(
    cast: Cast, signed_in: SignIn, address: str, name: str
) -> None:
    client = signed_in(getattr(cast, name))
    assert client.get(f"/settings/{address}").status_code == 404
    assert client.post(f"/settings/{address}", RULE).status_code in (404, 405)


def test_a_leader_looks_and_changes_nothing(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.liam)
    assert client.get("/settings/characteristics/").status_code == 200
    assert client.post("/settings/characteristics/new/", RULE).status_code == 403
    assert client.post("/settings/segments/", {"segment_by": "industry"}).status_code == 403
    assert not Characteristic.objects.exists()


def test_a_rule_is_added_changed_and_forgotten_and_numbers_follow(
    administrator: User, signed_in: SignIn
) -> None:
    client = signed_in(administrator)
    client.post("/settings/characteristics/new/", RULE)
    made = Characteristic.objects.get()
    assert (made.value, made.weight) == (250.0, 2.0)
    assert Job.objects.filter(kind="analyse", state="queued").count() == 1
    given = {**RULE, "operator": "between", "value": "10, 20.5", "position": "3"}
    client.post(f"/settings/characteristics/{made.uid}/", given)
    made.refresh_from_db()
    assert (made.value, made.position) == ([10.0, 20.5], 3)
    page = client.get(f"/settings/characteristics/{made.uid}/").content.decode()
    assert 'value="10, 20.5"' in page
    client.post(f"/settings/characteristics/{made.uid}/forget/")
    assert not Characteristic.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("value", "many"), ("operator", "contains"), ("attribute", "shoe_size"), ("weight", "")],
)
def test_a_rule_that_makes_no_sense_is_refused(
    administrator: User, signed_in: SignIn, field: str, value: str
) -> None:
    answer = signed_in(administrator).post("/settings/characteristics/new/", {**RULE, field: value})
    assert answer.status_code == 422
    assert not Characteristic.objects.exists()


def test_segments_are_chosen_and_left_to_groundplan_again(
    administrator: User, signed_in: SignIn
) -> None:
    client = signed_in(administrator)
    client.post("/settings/segments/", {"segment_by": ["industry", "region"]})
    assert InsightSettings.objects.get().segment_by == ["industry", "region"]
    client.post("/settings/segments/", {})
    assert InsightSettings.objects.get().segment_by == []


def test_thresholds_the_wrong_way_round_are_refused(administrator: User, signed_in: SignIn) -> None:
    given = {"tier_by": "score", "tier_a_from": "1", "tier_b_from": "5"}
    assert signed_in(administrator).post("/settings/characteristics/", given).status_code == 422


def test_the_preview_counts_every_account_once(
    book: SmallBook, administrator: User, signed_in: SignIn
) -> None:
    with clock.fixed(TODAY):
        analyse()
    client = signed_in(administrator)
    for a_from in ("-100", "1", "100"):
        query = f"tier_by=score&tier_a_from={a_from}&tier_b_from=-100"
        page = client.get(f"/settings/characteristics/preview/?{query}").content.decode()
        counts = [int(part.split("</dd>")[0]) for part in page.split("<dd>")[1:]]
        assert sum(counts) == 6
        assert (counts[0] == 6) is (a_from == "-100")
    assert client.get("/settings/segments/").status_code == 200
