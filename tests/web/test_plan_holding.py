"""Pages of plans hold what people typed, whatever it is and whoever else typed meanwhile."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.conftest import Cast, SmallBook
from tests.web.plan_world import SmallPlan, small_plan, uid_of
from tests.worlds import KeptWorld

from groundplan.book.models import Account
from groundplan.desk.services import comment_add
from groundplan.people.models import Person, User
from groundplan.plans.models import PlanPart
from groundplan.plans.rules.kinds import BUILD_ORDER
from groundplan.plans.services import (
    member_add,
    part_update,
    plan_return,
    plan_submit,
    plan_update,
    plan_withdraw,
    tactic_mark,
)

Enter = Callable[[User], Client]
HTMX = {"HX-Request": "true"}
EVIL = "\"'><script>alert(1)</script>{{7*7}}<img src=x onerror=alert(1)>"


def text(response: Any) -> str:
    return str(response.content.decode())


def typed_in(page: str) -> dict[str, list[str]]:
    """What the form on a page would send as it stands, tokens aside."""
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"[^>]*checked', page):
        sent.setdefault(name, []).append(unescape(value))
    for name, value in re.findall(
        r'<input type="(?:text|hidden|date)" name="(\w+)" value="([^"]*)"', page
    ):
        sent.setdefault(name, []).append(unescape(value))
    for name, body in re.findall(r'<select name="(\w+)"(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        sent[name] = [unescape(chosen[1])] if chosen else [""]
    for name, body in re.findall(r'<textarea name="(\w+)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        sent[name] = [unescape(body).strip()]
    sent.pop("csrfmiddlewaretoken", None)
    return sent


@pytest.fixture
def small(cast: Cast, book: SmallBook, kept_world: KeptWorld[SmallPlan]) -> SmallPlan:
    return kept_world(small_plan, cast, book)


@pytest.mark.parametrize("kind", ["answer", "opportunity", "strategy", "objective", "tactic"])
def test_saving_a_form_as_it_stands_changes_nothing(
    small: SmallPlan, cast: Cast, book: SmallBook, signed_in: Enter, kind: str
) -> None:
    """Also where its account was handed on, its person left and its evidence is one of many."""
    Account.objects.filter(pk=book.alder.pk).update(owner=cast.tom.person)
    leaving = Person.objects.create(login="gone", name="Gone")
    row = PlanPart.objects.get(uid=small.parts[kind])
    if kind in ("objective", "tactic"):
        part_update(viewer=cast.see("olivia"), uid=str(row.uid), values={"owner": "gone"})
    Person.objects.filter(pk=leaving.pk).update(archived_at="2026-01-01T00:00Z")
    row.refresh_from_db()
    for number in range(70):
        cited = {"kind": "stated", "key": "Report", "label": f"Fact {number}", "on": None}
        answer = PlanPart.objects.get(uid=small.parts["answer"])
        answer.values.setdefault("evidence", []).append({**cited, "is_fact": True})
        answer.save()
    row.refresh_from_db()
    if kind == "strategy":
        row.values["evidence"] = [
            {"kind": "stated", "key": "Last", "label": "The last", "on": None, "is_fact": True}
        ]
        row.save()
    before = (row.values, row.owner_id, row.due_on, row.version)
    browser = signed_in(cast.olivia)
    sent = typed_in(text(browser.get(small.part(kind), headers=HTMX)))
    answer_page = browser.post(small.part(kind), sent, headers=HTMX)
    assert answer_page.status_code == 200
    row.refresh_from_db()
    assert (row.values, row.owner_id, row.due_on, row.version) == before


def test_evidence_that_no_form_sends_is_refused(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    sent = {"title": "Displace Vexa", "evidence": "nonsense", "sent": "1", "seen": "1"}
    answer = signed_in(cast.olivia).post(small.part("strategy"), sent, headers=HTMX)
    assert answer.status_code == 422


def test_a_refused_form_is_still_about_the_version_that_was_seen(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser, address = signed_in(cast.olivia), small.part("goal")
    goal = str(small.parts["goal"])
    part_update(viewer=cast.see("maya"), uid=goal, values={"title": "Maya's"})
    refused = browser.post(address, {"title": "x" * 301, "seen": "1"}, headers=HTMX)
    assert refused.status_code == 422
    seen = typed_in(text(refused))["seen"]
    clashing = browser.post(address, {"title": "Olivia's", "seen": seen}, headers=HTMX)
    assert clashing.status_code == 422
    assert "Maya&#x27;s" in text(clashing)


@pytest.mark.parametrize("page", ["plan", "week"])
def test_two_who_mark_a_tactic_see_each_others_word(
    small: SmallPlan, cast: Cast, signed_in: Enter, page: str
) -> None:
    tactic = small.parts["tactic"]
    address = small.part("tactic", "mark/") if page == "plan" else f"/week/{tactic}/"
    browser = signed_in(cast.olivia)
    opened = typed_in(text(browser.get(address, headers=HTMX)))
    tactic_mark(viewer=cast.see("maya"), uid=str(tactic), status="done", hours_logged="5")
    sent = {**opened, "status": "done", "hours_logged": "3"}
    clashing = browser.post(address, sent, headers=HTMX)
    assert clashing.status_code == 422
    assert "Maya" in text(clashing)
    assert "5" in text(clashing)
    again = {**typed_in(text(clashing)), "status": "done", "hours_logged": "3"}
    assert browser.post(address, again, headers=HTMX).status_code in (200, 204, 302)
    assert PlanPart.objects.get(uid=tactic).values["hours_logged"] == "3"


def test_nobody_decides_on_what_they_have_not_read(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    olivia, uid = cast.see("olivia"), str(small.plan.uid)
    plan_submit(viewer=olivia, uid=uid)
    maya = signed_in(cast.maya)
    read = typed_in(text(maya.get(f"{small.address}decide/")))["read"]
    plan_withdraw(viewer=olivia, uid=uid)
    plan_submit(viewer=olivia, uid=uid)
    sent = {"read": read, "comment": "No", "return": "1"}
    assert "submitted anew" in text(maya.post(f"{small.address}decide/", sent))
    fresh = typed_in(text(maya.get(f"{small.address}decide/")))["read"]
    assert maya.post(f"{small.address}decide/", {**sent, "read": fresh}).status_code == 302


def test_no_text_that_people_type_becomes_a_page_of_its_own(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    olivia, uid = cast.see("olivia"), str(small.plan.uid)
    for kind, part in small.parts.items():
        row = PlanPart.objects.get(uid=part)
        lines = {"title": EVIL}
        if "text" in row.values:
            lines["text"] = EVIL
        part_update(viewer=olivia, uid=str(part), values={} if kind == "answer" else lines)
        row.refresh_from_db()
        evidence = {"kind": "stated", "key": EVIL, "label": EVIL, "on": None, "is_fact": True}
        row.values |= {"evidence": [evidence], "text": EVIL, "reason": EVIL, "trigger": EVIL}
        row.values |= {"who": EVIL, "why_now": EVIL, "unit": EVIL, "customer_goal": EVIL}
        row.save()
    plan_update(viewer=olivia, uid=uid, values={"title": EVIL, "vision": EVIL})
    member_add(viewer=olivia, uid=uid, person_uid=uid_of(cast.tom), function=EVIL[:80])
    comment_add(viewer=olivia, kind="plan", key=uid, text=f"@tom {EVIL}")
    comment_add(viewer=olivia, kind="plan_part", key=str(small.parts["goal"]), text=EVIL)
    plan_submit(viewer=olivia, uid=uid)
    plan_return(viewer=cast.see("maya"), uid=uid, comment=EVIL)
    version = small.plan.versions.get().pk
    parts = [f"section/{one}/" for one in (*BUILD_ORDER, "contingencies")]
    parts += [f"part/{one}/{deed}" for one in small.parts.values() for deed in ("", "move/")]
    parts += ["", "?order=parts", "check/", "changes/", "compare/", "team/", "comments/", "cut/"]
    parts += [f"versions/{version}/", "roll-up/", "head/", f"path/{small.parts['tactic']}/"]
    parts += [f"strategies/{small.parts['strategy']}/", f"comments/?part={small.parts['goal']}"]
    addresses = [small.address + one for one in parts]
    addresses += ["/week/?around=2026-11-24", "/plans/", "/palette/?q=script", "/notices/"]
    browser = signed_in(cast.olivia)
    for address in addresses:
        for headers in ({}, HTMX):
            page = text(browser.get(address, headers=headers))
            assert "<script>alert" not in page, address
            assert "<img src=x" not in page, address
            assert "49<img" not in unescape(page), address
