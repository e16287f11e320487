"""Steps of a plan's way that go back: withdrawn, reopened; and who is told of each."""

import pytest
from tests.plans.conftest import SmallPlan

from groundplan.book.models import AccountTeamMember
from groundplan.book.selectors import visible_accounts
from groundplan.desk.selectors import notices_of
from groundplan.kernel.errors import Conflict, NotAllowed, NotFound
from groundplan.people.models import User
from groundplan.plans.models import Plan
from groundplan.plans.selectors import changes_of, check, plan_of, queue, versions_of
from groundplan.plans.services import (
    member_add,
    part_update,
    plan_accept,
    plan_begin,
    plan_close,
    plan_create,
    plan_reopen,
    plan_return,
    plan_submit,
    plan_withdraw,
)

from .conftest import PERIOD


def told(small: SmallPlan, name: str) -> list[str]:
    return [one.code for one in reversed(notices_of(small.see(name)))]


def submitted(small: SmallPlan) -> str:
    plan_submit(viewer=small.see("olivia"), uid=str(small.plan.uid))
    return str(small.plan.uid)


def begun(small: SmallPlan) -> str:
    uid = submitted(small)
    errors = check(small.see("maya"), uid).errors
    waivers = [(one.code, one.where, "Agreed") for one in errors]
    plan_accept(viewer=small.see("maya"), uid=uid, waivers=waivers)
    plan_begin(viewer=small.see("olivia"), uid=uid)
    return uid


def closed(small: SmallPlan) -> str:
    uid = begun(small)
    plan_close(viewer=small.see("olivia"), uid=uid)
    return uid


def test_a_submitted_plan_is_withdrawn_recorded_and_the_reviewer_told(small: SmallPlan) -> None:
    uid = submitted(small)
    plan_withdraw(viewer=small.see("olivia"), uid=uid)
    assert plan_of(small.see("olivia"), uid).state == "draft"
    assert changes_of(small.see("olivia"), uid)[0].verb == "withdraw"
    assert queue(small.see("maya")) == []
    assert told(small, "maya") == ["plan.submitted", "plan.withdrawn"]
    assert [one.state for one in versions_of(small.see("olivia"), uid)] == ["submitted"]
    part_update(viewer=small.see("olivia"), uid=small.goal, values={"title": "Better"})
    with pytest.raises(Conflict):
        plan_accept(viewer=small.see("maya"), uid=uid)


def test_what_was_decided_on_is_not_withdrawn(small: SmallPlan) -> None:
    uid = submitted(small)
    plan_return(viewer=small.see("maya"), uid=uid, comment="Say how")
    with pytest.raises(Conflict):
        plan_withdraw(viewer=small.see("olivia"), uid=uid)
    Plan.objects.update(state="accepted")
    with pytest.raises(Conflict):
        plan_withdraw(viewer=small.see("olivia"), uid=uid)


def test_only_who_may_submit_withdraws(small: SmallPlan) -> None:
    uid = submitted(small)
    for name in ("tom", "vic", "oscar"):
        with pytest.raises(NotFound):
            plan_withdraw(viewer=small.see(name), uid=uid)
    assert plan_of(small.see("olivia"), uid).state == "submitted"


def test_who_may_only_look_withdraws_nothing(small: SmallPlan) -> None:
    vic = small.book.cast.vic.person
    assert vic
    member_add(viewer=small.see("olivia"), uid=str(small.plan.uid), person_uid=str(vic.uid))
    uid = submitted(small)
    with pytest.raises(NotAllowed):
        plan_withdraw(viewer=small.see("vic"), uid=uid)


def test_a_closed_plan_is_reopened_by_who_may_accept_it(small: SmallPlan) -> None:
    uid = closed(small)
    with pytest.raises(NotAllowed):
        plan_reopen(viewer=small.see("olivia"), uid=uid)
    plan_reopen(viewer=small.see("maya"), uid=uid)
    assert plan_of(small.see("olivia"), uid).state == "in_execution"
    assert changes_of(small.see("olivia"), uid)[0].verb == "reopen"
    assert told(small, "olivia") == ["plan.accepted", "plan.reopened"]
    with pytest.raises(Conflict):
        plan_reopen(viewer=small.see("maya"), uid=uid)
    with pytest.raises(NotFound):
        plan_reopen(viewer=small.see("oscar"), uid=uid)


def test_a_plan_whose_place_is_taken_stays_closed(small: SmallPlan) -> None:
    uid = closed(small)
    plan_create(
        viewer=small.see("olivia"), subject="territory", period=PERIOD, title="Anew", prefill=False
    )
    with pytest.raises(Conflict, match="Anew"):
        plan_reopen(viewer=small.see("maya"), uid=uid)


def test_a_submission_reaches_whoever_is_next_above_and_signs_in(small: SmallPlan) -> None:
    User.objects.filter(pk=small.book.cast.maya.pk).update(is_active=False)
    submitted(small)
    assert told(small, "liam") == ["plan.submitted"]


def test_a_submission_by_a_manager_is_told_to_the_owner(small: SmallPlan) -> None:
    plan_submit(viewer=small.see("maya"), uid=str(small.plan.uid))
    assert told(small, "olivia") == ["plan.sent"]


def test_a_plan_with_nobody_above_waits_for_those_who_lead(small: SmallPlan) -> None:
    Plan.objects.update(manager=None)
    owner = small.plan.owner
    owner.path, owner.manager = f"/{owner.pk}/", None
    owner.save()
    submitted(small)
    assert told(small, "liam") == ["plan.submitted"]
    assert told(small, "maya") == []


def test_the_team_is_told_of_decisions_and_doers_of_the_beginning(small: SmallPlan) -> None:
    cast = small.book.cast
    assert cast.tom.person
    uid, olivia = str(small.plan.uid), small.see("olivia")
    part_update(viewer=olivia, uid=small.first, values={"owner": "oscar"})
    member_add(viewer=olivia, uid=uid, person_uid=str(cast.tom.person.uid))
    begun(small)
    assert told(small, "tom") == ["plan.member", "plan.accepted", "plan.begun"]
    assert told(small, "oscar") == ["tactic.given", "tactic.begun"]
    assert told(small, "vic") == []


def test_a_tactic_given_to_somebody_is_told_once_and_leads_to_their_week(small: SmallPlan) -> None:
    olivia = small.see("olivia")
    part_update(viewer=olivia, uid=small.first, values={"owner": "oscar"})
    part_update(viewer=olivia, uid=small.second, values={"owner": "oscar"})
    (notice,) = notices_of(small.see("oscar"))
    assert (notice.code, notice.address) == ("tactic.given", "/week/")
    assert "Olivia FY27" not in notice.label
    part_update(viewer=olivia, uid=small.first, values={"owner": "olivia"})
    assert told(small, "olivia") == []
    part_update(viewer=olivia, uid=small.second, values={"owner": "maya"})
    (notice,) = notices_of(small.see("maya"))
    assert notice.label == "Olivia FY27"
    assert told(small, "oscar") == []


@pytest.fixture
def of_the_team(small: SmallPlan) -> Plan:
    """Tom's plan of Oscar's account, which he is of the team of: Maya leads Tom, not Oscar."""
    umbra, tom = small.book.umbra, small.see("tom")
    AccountTeamMember.objects.create(account=umbra, person_id=tom.person_id or 0)
    return plan_create(
        viewer=tom, subject="account", period=PERIOD, account_uid=str(umbra.uid), prefill=False
    )


def test_a_teammate_s_account_plan_goes_to_their_manager_who_sees_the_account_then(
    small: SmallPlan, of_the_team: Plan
) -> None:
    tom, maya, umbra = small.see("tom"), small.see("maya"), small.book.umbra
    assert not visible_accounts(maya).filter(pk=umbra.pk).exists()
    plan_submit(viewer=tom, uid=str(of_the_team.uid))
    assert (told(small, "maya"), told(small, "liam")) == (["plan.submitted"], [])
    assert visible_accounts(maya).filter(pk=umbra.pk).exists()
    plan_return(viewer=maya, uid=str(of_the_team.uid), comment="More of it.")
    plan_submit(viewer=tom, uid=str(of_the_team.uid))
    assert AccountTeamMember.objects.filter(account=umbra).count() == 2


def test_a_manager_named_from_outside_the_line_is_let_see_nothing(
    small: SmallPlan, of_the_team: Plan
) -> None:
    olivia = small.see("olivia")
    Plan.objects.filter(pk=of_the_team.pk).update(manager=olivia.person_id)
    plan_submit(viewer=small.see("tom"), uid=str(of_the_team.uid))
    assert not visible_accounts(olivia).filter(pk=small.book.umbra.pk).exists()
    assert told(small, "maya") == ["plan.submitted"]


def test_without_a_manager_who_signs_in_a_teammate_s_account_plan_goes_to_leaders(
    small: SmallPlan, of_the_team: Plan
) -> None:
    User.objects.filter(person=small.see("maya").person_id).update(is_active=False)
    plan_submit(viewer=small.see("tom"), uid=str(of_the_team.uid))
    assert AccountTeamMember.objects.filter(account=small.book.umbra).count() == 1
    assert told(small, "liam") == ["plan.submitted"]
