"""What is done to a plan on its pages: added, edited, kept, moved, decided on."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.conftest import Cast, SmallBook
from tests.web.plan_world import SmallPlan, small_plan, uid_of
from tests.worlds import KeptWorld

from groundplan.people.models import User
from groundplan.plans.services.parts import part_add

Enter = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def small(cast: Cast, book: SmallBook, kept_world: KeptWorld[SmallPlan]) -> SmallPlan:
    return kept_world(small_plan, cast, book)


def test_a_plan_is_begun_from_a_territory_and_a_period(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    owner = uid_of(cast.olivia)
    sent = {"subject": "territory", "period": "FY2026", "owner": owner}
    page = browser.post("/plans/new/", sent, follow=True)
    assert "workspace" in text(page)
    again = browser.post("/plans/new/", sent)
    assert again.status_code == 422
    assert "There is a plan already" in text(again)


def test_a_part_is_added_in_place_with_a_notice_that_undoes_it(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    address = f"{small.address}part/new/?kind=goal&in=goals"
    response = browser.post(address, {"title": "Second goal", "sent": "1"}, headers=HTMX)
    assert "Second goal" in text(response)
    trigger = json.loads(response.headers["HX-Trigger"])
    assert trigger["planchanged"]["part"]
    browser.post(trigger["toast"]["undo"])
    assert "Second goal" not in text(browser.get(f"{small.address}section/goals/"))


def test_a_refused_part_comes_back_with_its_reason_and_what_was_typed(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    sent = {"title": "Lunch", "due_on": "someday", "hours": "many", "sent": "1"}
    address = f"{small.address}part/new/?kind=tactic&parent={small.parts['initiative']}"
    for headers in ({}, HTMX):
        response = signed_in(cast.olivia).post(address, sent, headers=headers)
        assert response.status_code == 422
        assert 'value="Lunch"' in text(response)
        assert 'value="many"' in text(response)


def test_a_statement_with_a_source_is_a_fact_and_one_without_an_assumption(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    for words, source in (("They rent a plant", "Annual report, p. 3"), ("They may sell", "")):
        page = browser.get(small.part("strategy") + "?in=strategies", headers=HTMX)
        seen = re.search(r'name="seen" value="(\d+)"', text(page))
        ticked = re.findall(r'name="evidence" value="([^"]*)"[^>]*checked', text(page))
        sent = {
            "title": "Displace Vexa",
            "evidence": [unescape(one) for one in ticked],
            "evidence_text": words,
            "evidence_source": source,
            "sent": "1",
            "seen": seen[1] if seen else "",
        }
        assert browser.post(small.part("strategy"), sent, headers=HTMX).status_code == 200
    said = text(browser.get(f"{small.address}section/strategies/"))
    assert re.search(r'<li class="fact">They rent a plant', said)
    assert re.search(r'<li class="assumption">They may sell', said)


def test_the_later_of_two_edits_is_shown_both_texts_and_may_take_theirs(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    olivia, maya = signed_in(cast.olivia), Client()
    maya.force_login(cast.maya)
    address = small.part("goal")
    assert maya.post(address, {"title": "Maya's", "seen": "1"}, headers=HTMX).status_code == 200
    refused = olivia.post(address, {"title": "Olivia's", "seen": "1"}, headers=HTMX)
    assert refused.status_code == 422
    for words in ("Maya&#x27;s", "Olivia&#x27;s", "plant managers&#x27; first call"):
        assert words in text(refused)
    sent = {"title": "Olivia's", "seen": "2", "theirs": "title"}
    taken = olivia.post(address, sent, headers=HTMX)
    assert 'value="Maya&#x27;s"' in text(taken)


def test_a_suggestion_is_drawn_apart_until_somebody_keeps_it(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    done = part_add(
        viewer=cast.see("olivia"),
        plan_uid=str(small.plan.uid),
        kind="goal",
        values={"title": "Suggested goal"},
        suggested=True,
    )
    browser = signed_in(cast.olivia)
    section = f"{small.address}section/goals/"
    assert "part-goal suggested" in text(browser.get(section))
    browser.post(f"{small.address}part/{done.uid}/keep/", headers=HTMX)
    assert "part-goal suggested" not in text(browser.get(section))


def test_all_suggestions_of_a_section_are_kept_at_once(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    for title in ("One", "Two"):
        part_add(
            viewer=cast.see("olivia"),
            plan_uid=str(small.plan.uid),
            kind="goal",
            values={"title": title},
            suggested=True,
        )
    browser = signed_in(cast.olivia)
    said = browser.post(f"{small.address}keep/", {"section": "goals"}, headers=HTMX)
    assert said.headers["HX-Retarget"] == "#section-body-goals"
    assert "suggested" not in text(said).replace("suggested-", "")
    browser.post(json.loads(said.headers["HX-Trigger"])["toast"]["undo"])
    assert text(browser.get(f"{small.address}section/goals/")).count("part-goal suggested") == 2


def test_a_tactic_moves_below_another_initiative(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    viewer, browser = cast.see("olivia"), signed_in(cast.olivia)
    other = part_add(
        viewer=viewer,
        plan_uid=str(small.plan.uid),
        kind="initiative",
        values={"title": "Road show"},
        parent_uid=str(small.parts["strategy"]),
    )
    address = small.part("tactic", "move/")
    assert "Road show" in text(browser.get(address))
    browser.post(address, {"parent": str(other.uid)})
    assert "Call Ada Alm" in text(browser.get(f"{small.address}below/{other.uid}/"))


def test_a_plan_is_submitted_returned_with_a_comment_and_accepted_with_waivers(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    olivia, maya = signed_in(cast.olivia), Client()
    maya.force_login(cast.maya)
    state, decide = f"{small.address}state/", f"{small.address}decide/"
    olivia.post(state, {"verb": "submit"})
    assert small.plan.title in text(maya.get("/plans/")).split("</section>")[0]
    assert maya.post(decide, {"return": "1"}).status_code == 422
    maya.post(decide, {"return": "1", "comment": "Name a second strategy."})
    page = olivia.get(small.address)
    assert "returned" in text(page)
    assert "Name a second strategy." in text(olivia.get(f"{small.address}comments/"))
    olivia.post(state, {"verb": "submit"})
    refused = maya.post(decide, {"accept": "1"})
    assert refused.status_code == 422
    names = re.findall(r'name="(waive:[^"]+)"', text(refused))
    assert names
    maya.post(decide, {"accept": "1", **dict.fromkeys(names, "A pilot")})
    assert "accepted" in text(olivia.get(small.address))


def test_the_owner_may_not_decide_on_their_own_plan(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    browser.post(f"{small.address}state/", {"verb": "submit"})
    assert browser.get(f"{small.address}decide/").status_code == 403


def test_the_plan_as_submitted_stays_and_is_compared_with_now(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser, maya = signed_in(cast.olivia), Client()
    maya.force_login(cast.maya)
    browser.post(f"{small.address}state/", {"verb": "submit"})
    maya.post(f"{small.address}decide/", {"return": "1", "comment": "Again."})
    browser.post(small.part("goal"), {"title": "Reworded"})
    changes = text(browser.get(f"{small.address}changes/"))
    version = re.search(r"/versions/\d+/", changes)
    assert version
    assert "first call" in text(browser.get(small.address + version[0][1:]))
    compared = text(browser.get(f"{small.address}compare/"))
    assert "first call" in compared
    assert "Reworded" in compared


def test_a_member_signs_their_part(small: SmallPlan, cast: Cast, signed_in: Enter) -> None:
    browser, tom = signed_in(cast.olivia), Client()
    tom.force_login(cast.tom)
    sent = {"person": uid_of(cast.tom), "function": "Technician", "section": "resources"}
    browser.post(f"{small.address}team/", sent)
    assert "Sign Resources" in text(tom.get(f"{small.address}team/"))
    tom.post(f"{small.address}team/", {"sign": "resources"})
    assert "signed Resources" in text(browser.get(f"{small.address}team/"))
    assert "Take the signature back" not in text(browser.get(f"{small.address}team/"))
    assert "Take the signature back" in text(tom.get(f"{small.address}team/"))
    tom.post(f"{small.address}team/", {"unsign": "resources"})
    assert "Sign Resources" in text(tom.get(f"{small.address}team/"))
    assert "took the signature back" in text(browser.get(f"{small.address}changes/"))
