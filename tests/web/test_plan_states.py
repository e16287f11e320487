"""Pages of a plan's way back and of its team: withdrawn, reopened, put on both teams."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.conftest import Cast, SmallBook
from tests.web.plan_world import SmallPlan, small_plan, uid_of
from tests.worlds import KeptWorld

from groundplan.book.models import AccountTeamMember
from groundplan.desk.selectors import notices_of
from groundplan.desk.services import comment_add
from groundplan.people.models import User
from groundplan.plans.models import Plan
from groundplan.plans.services import member_add, part_update, plan_create, plan_submit

Enter = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def text(response: Any) -> str:
    return str(response.content.decode())


def as_user(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def small(cast: Cast, book: SmallBook, kept_world: KeptWorld[SmallPlan]) -> SmallPlan:
    return kept_world(small_plan, cast, book)


@pytest.fixture
def of_account(cast: Cast, book: SmallBook) -> str:
    """The address of Olivia's plan of Alder."""
    plan = plan_create(
        viewer=cast.see("olivia"),
        subject="account",
        period="FY2027",
        account_uid=str(book.alder.uid),
        prefill=False,
    )
    return f"/plans/{plan.uid}/"


def step(browser: Client, small: SmallPlan, verb: str) -> str:
    return text(browser.post(f"{small.address}state/", {"verb": verb}, follow=True))


def test_the_owner_withdraws_and_sees_why_other_steps_are_not_undone(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    assert 'value="withdraw"' in step(browser, small, "submit")
    assert 'value="submit"' in step(browser, small, "withdraw")
    log = text(browser.get(f"{small.address}changes/"))
    assert "withdrew the plan" in log
    assert "Not undone: withdraw it until it is decided on." in log


def test_a_manager_withdraws_from_the_menu_and_reopens_what_was_closed(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    maya = signed_in(cast.maya)
    assert "Withdraw the submission" in step(maya, small, "submit")
    Plan.objects.update(state="closed")
    assert 'value="reopen"' not in text(as_user(cast.olivia).get(small.address))
    assert 'value="reopen"' in text(maya.get(small.address))
    assert "in execution" in step(maya, small, "reopen")


def test_an_outsider_takes_no_step_of_a_plan(small: SmallPlan, cast: Cast) -> None:
    oscar = as_user(cast.oscar)
    for verb in ("withdraw", "reopen", "submit"):
        answer = oscar.post(f"{small.address}state/", {"verb": verb})
        assert answer.status_code == 404
    sent = {"person": uid_of(cast.oscar), "share": "1"}
    assert oscar.post(f"{small.address}team/", sent).status_code == 404


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_who_does_not_see_the_account_is_offered_for_both_teams(
    of_account: str, cast: Cast, signed_in: Enter, headers: dict[str, str]
) -> None:
    browser, sent = signed_in(cast.olivia), {"person": uid_of(cast.oscar), "function": "Expert"}
    offered = browser.post(f"{of_account}team/", sent, headers=headers)
    assert offered.status_code == 422
    assert "Oscar doesn&#x27;t see Alder Foods" in text(offered)
    asked = dict(
        re.findall(r'type="hidden" name="(person|function)" value="([^"]*)"', text(offered))
    )
    assert asked == sent
    done = browser.post(f"{of_account}team/", {**sent, "share": "1"}, headers=headers, follow=True)
    assert done.status_code == 200
    assert AccountTeamMember.objects.filter(person__login="oscar").exists()
    assert as_user(cast.oscar).get(of_account).status_code == 200


def test_who_may_not_share_the_account_is_told_whom_to_ask(
    of_account: str, cast: Cast, signed_in: Enter
) -> None:
    uid = of_account.split("/")[2]
    member_add(viewer=cast.see("olivia"), uid=uid, person_uid=uid_of(cast.tom))
    sent = {"person": uid_of(cast.oscar), "share": "1"}
    page = text(signed_in(cast.tom).post(f"{of_account}team/", sent, follow=True))
    assert "Ask Olivia to put them on the account&#x27;s team first." in page
    assert as_user(cast.oscar).get(of_account).status_code == 404


def test_a_team_change_is_undone_from_its_notice(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    sent = {"person": uid_of(cast.tom), "section": "work"}
    page = text(browser.post(f"{small.address}team/", sent, follow=True))
    found = re.search(rf"{small.address}undo/\d+/", page)
    assert found
    log = text(browser.get(f"{small.address}changes/"))
    assert "Person: " in log
    assert "Tom" in log
    browser.post(found[0])
    assert "Take Tom off" not in text(browser.get(f"{small.address}team/"))


def test_each_notice_leads_to_where_something_is_to_be_done(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    olivia, uid = cast.see("olivia"), str(small.plan.uid)
    member_add(viewer=olivia, uid=uid, person_uid=uid_of(cast.tom), section="work")
    comment_add(viewer=olivia, kind="plan", key=uid, text="@tom look")
    part_update(viewer=olivia, uid=str(small.parts["tactic"]), values={"owner": "tom"})
    browser = signed_in(cast.tom)
    ways = {
        one.code: browser.post(f"/notices/{one.uid}/").headers["Location"]
        for one in notices_of(cast.see("tom"))
    }
    assert ways == {
        "plan.signature": f"{small.address}team/",
        "mention": f"{small.address}comments/",
        "tactic.given": "/week/",
    }
    for way in ways.values():
        assert browser.get(way).status_code == 200


def test_notices_about_what_one_no_longer_sees_can_be_read_away(
    small: SmallPlan, cast: Cast, signed_in: Enter
) -> None:
    uid = str(small.plan.uid)
    member_add(viewer=cast.see("olivia"), uid=uid, person_uid=uid_of(cast.oscar))
    small.plan.members.all().delete()
    browser = signed_in(cast.oscar)
    page = text(browser.get("/notices/"))
    assert small.plan.title not in page
    assert "All read" in page
    browser.post("/notices/")
    assert "new notice" not in text(browser.get("/week/"))


def test_every_notice_has_a_sentence(small: SmallPlan, cast: Cast, signed_in: Enter) -> None:
    plan_submit(viewer=cast.see("olivia"), uid=str(small.plan.uid))
    browser = signed_in(cast.olivia)
    step(browser, small, "withdraw")
    page = text(as_user(cast.maya).get("/notices/"))
    assert "Olivia withdrew" in page
    assert "Olivia asks you to accept" in page


def test_only_periods_that_follow_are_offered_to_cut_a_plan_for_its_first_quarter_before_all(
    of_account: str, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    offered = re.findall(r'<option value="(FY[^"]+)"', text(browser.get(f"{of_account}cut/")))
    quarters = [f"-Q{number}" for number in range(1, 5)]
    assert offered == [f"FY2027{one}" for one in quarters] + [
        f"FY2028{one}" for one in ("", *quarters)
    ]
    made = browser.post(f"{of_account}cut/", {"period": offered[0]}, follow=True)
    assert "Alder Foods Q1 FY27" in text(made)
