"""Whoever works on a plan sees it; who is put on a team or taken off it can be put back."""

import pytest
from tests.plans.conftest import SmallPlan

from groundplan.book.models import AccountTeamMember
from groundplan.desk.selectors import notices_of
from groundplan.kernel.errors import Conflict, NotAllowed, NotFound
from groundplan.people.models import Person
from groundplan.plans.contracts import UnseenAccount
from groundplan.plans.models import Plan
from groundplan.plans.selectors import changes_of, graph, members_of
from groundplan.plans.services import (
    change_undo,
    member_add,
    member_remove,
    plan_sign,
    plan_submit,
)


def person(small: SmallPlan, name: str) -> str:
    found = getattr(small.book.cast, name).person
    assert found
    return str(found.uid)


def added(small: SmallPlan, plan: Plan, name: str, by: str = "olivia", **more: object) -> None:
    member_add(
        viewer=small.see(by),
        uid=str(plan.uid),
        person_uid=person(small, name),
        **more,  # type: ignore[arg-type]
    )


def team(small: SmallPlan, plan: Plan) -> list[tuple[str, str]]:
    return [(one.name, one.section) for one in members_of(small.see("olivia"), plan.uid)]


def last(small: SmallPlan, plan: Plan) -> int:
    return changes_of(small.see("olivia"), plan.uid)[0].number


def undo(small: SmallPlan, plan: Plan, number: int) -> int:
    return change_undo(viewer=small.see("olivia"), plan_uid=str(plan.uid), number=number).number


def test_who_does_not_see_the_account_is_put_on_both_teams_knowingly(
    small: SmallPlan, account_plan: Plan
) -> None:
    oscar = small.see("oscar")
    with pytest.raises(UnseenAccount, match="Oscar doesn't see Alder Foods"):
        added(small, account_plan, "oscar")
    with pytest.raises(NotFound):
        graph(oscar, account_plan.uid)
    assert team(small, account_plan) == []
    added(small, account_plan, "oscar", function="Food expert", share=True)
    assert graph(oscar, account_plan.uid).plan.account_name == "Alder Foods"
    row = AccountTeamMember.objects.get(person__login="oscar")
    assert (row.account, row.function) == (small.book.alder, "Food expert")
    assert [one.code for one in notices_of(oscar)] == ["plan.member"]


def test_who_does_not_decide_on_the_account_is_told_whom_to_ask(
    small: SmallPlan, account_plan: Plan
) -> None:
    added(small, account_plan, "tom")
    with pytest.raises(NotAllowed, match="Ask Olivia") as caught:
        added(small, account_plan, "oscar", by="tom", share=True)
    assert not isinstance(caught.value, UnseenAccount)
    assert not AccountTeamMember.objects.filter(person__login="oscar").exists()


def test_a_person_without_sign_in_is_held_to_what_they_would_see(
    small: SmallPlan, account_plan: Plan
) -> None:
    guest = Person.objects.create(login="guest", name="Guest")
    with pytest.raises(UnseenAccount):
        member_add(viewer=small.see("olivia"), uid=str(account_plan.uid), person_uid=str(guest.uid))


def test_who_sees_the_account_is_added_to_its_plan_and_anybody_to_a_territorys(
    small: SmallPlan, account_plan: Plan
) -> None:
    for name in ("tom", "maya", "liam"):
        added(small, account_plan, name)
    added(small, small.plan, "oscar")
    assert graph(small.see("oscar"), small.plan.uid).plan.title == "Olivia FY27"
    assert not AccountTeamMember.objects.filter(person__login="oscar").exists()


def test_a_member_who_has_lost_sight_of_the_account_is_marked(
    small: SmallPlan, account_plan: Plan
) -> None:
    added(small, account_plan, "tom")
    AccountTeamMember.objects.filter(person__login="tom").delete()
    (line,) = members_of(small.see("olivia"), account_plan.uid)
    assert not line.sees
    added(small, small.plan, "tom")
    (line,) = members_of(small.see("olivia"), small.plan.uid)
    assert line.sees


def test_who_was_added_and_who_was_taken_off_is_put_back(small: SmallPlan) -> None:
    plan = small.plan
    added(small, plan, "tom", section="work")
    done = last(small, plan)
    assert changes_of(small.see("olivia"), plan.uid)[0].can_undo
    again = undo(small, plan, done)
    assert team(small, plan) == []
    undo(small, plan, again)
    assert team(small, plan) == [("Tom", "work")]
    member_remove(
        viewer=small.see("olivia"),
        uid=str(plan.uid),
        person_uid=person(small, "tom"),
        section="work",
    )
    undo(small, plan, last(small, plan))
    assert team(small, plan) == [("Tom", "work")]


def test_who_signed_since_is_not_undone(small: SmallPlan) -> None:
    added(small, small.plan, "tom", section="work")
    done = last(small, small.plan)
    plan_sign(viewer=small.see("tom"), uid=str(small.plan.uid), section="work")
    with pytest.raises(Conflict, match="Tom signed since"):
        undo(small, small.plan, done)


def test_a_team_that_changed_since_is_not_undone(small: SmallPlan) -> None:
    added(small, small.plan, "tom")
    done = last(small, small.plan)
    remove = {"uid": str(small.plan.uid), "person_uid": person(small, "tom")}
    member_remove(viewer=small.see("olivia"), **remove)
    gone = last(small, small.plan)
    with pytest.raises(Conflict):
        undo(small, small.plan, done)
    added(small, small.plan, "tom")
    with pytest.raises(Conflict):
        undo(small, small.plan, gone)


def test_nobody_undoes_a_team_while_the_plan_waits_and_no_outsider_ever(small: SmallPlan) -> None:
    added(small, small.plan, "tom")
    done = last(small, small.plan)
    with pytest.raises(NotFound):
        change_undo(viewer=small.see("oscar"), plan_uid=str(small.plan.uid), number=done)
    plan_submit(viewer=small.see("olivia"), uid=str(small.plan.uid))
    with pytest.raises(Conflict):
        undo(small, small.plan, done)
