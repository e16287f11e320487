"""A plan is submitted, returned, accepted, carried out: who may, what is kept, who is told."""

from dataclasses import replace

import pytest
from tests.plans.conftest import SmallPlan

from groundplan.desk.selectors import comments_of, notices_of
from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from groundplan.plans.models import FindingSeverity, Plan, PlanVersion
from groundplan.plans.selectors import (
    changes_of,
    check,
    compared,
    graph,
    members_of,
    plan_of,
    queue,
    version_graph,
    versions_of,
    waivers_of,
)
from groundplan.plans.services import (
    finding_waive,
    member_add,
    member_remove,
    part_add,
    part_update,
    plan_accept,
    plan_begin,
    plan_close,
    plan_return,
    plan_revise,
    plan_sign,
    plan_submit,
    plan_unsign,
    plan_update,
    severity_set,
)

REASON = "Agreed for the first quarter"


def waived_all(small: SmallPlan) -> list[tuple[str, str, str]]:
    """Every error that the small plan has, to be let pass."""
    errors = check(small.see("maya"), small.plan.uid).errors
    return [(one.code, one.where, REASON) for one in errors]


def accepted(small: SmallPlan) -> str:
    uid = str(small.plan.uid)
    plan_submit(viewer=small.see("olivia"), uid=uid)
    plan_accept(viewer=small.see("maya"), uid=uid, waivers=waived_all(small))
    return uid


def test_a_submitted_plan_waits_in_its_managers_queue_and_leaders(small: SmallPlan) -> None:
    assert queue(small.see("maya")) == []
    plan_submit(viewer=small.see("olivia"), uid=str(small.plan.uid))
    (line,) = queue(small.see("maya"))
    assert (line.plan.uid, line.submitted_by, line.is_mine) == (small.plan.uid, "Olivia", True)
    found = check(small.see("maya"), small.plan.uid)
    assert (line.errors, line.fact_ratio) == (len(found.errors), found.fact_ratio)
    assert line.errors > 0
    assert [one.is_mine for one in queue(small.see("liam"))] == [False]
    for name in ("olivia", "tom", "vic", "oscar"):
        assert queue(small.see(name)) == []


def test_the_manager_is_told_of_a_submission(small: SmallPlan) -> None:
    plan_submit(viewer=small.see("olivia"), uid=str(small.plan.uid))
    (notice,) = notices_of(small.see("maya"))
    assert (notice.code, notice.actor, notice.label) == ("plan.submitted", "Olivia", "Olivia FY27")
    assert notice.address == f"/plans/{small.plan.uid}/"
    assert notices_of(small.see("olivia")) == ()


def test_a_submitted_plan_is_not_edited(small: SmallPlan) -> None:
    uid = str(small.plan.uid)
    plan_submit(viewer=small.see("olivia"), uid=uid)
    for name in ("olivia", "maya"):
        with pytest.raises(Conflict):
            part_update(viewer=small.see(name), uid=small.goal, values={"title": "New"})
        with pytest.raises(Conflict):
            plan_update(viewer=small.see(name), uid=uid, values={"vision": "New"})
    with pytest.raises(Conflict):
        plan_submit(viewer=small.see("olivia"), uid=uid)
    assert not any(one.can_undo for one in changes_of(small.see("olivia"), uid))


def test_a_returned_plan_tells_its_owner_why_and_is_edited_again(small: SmallPlan) -> None:
    uid, maya = str(small.plan.uid), small.see("maya")
    plan_submit(viewer=small.see("olivia"), uid=uid)
    with pytest.raises(InvalidInput):
        plan_return(viewer=maya, uid=uid, comment=" ")
    plan_return(viewer=maya, uid=uid, comment="Too thin")
    (notice,) = notices_of(small.see("olivia"))
    assert (notice.code, notice.text) == ("plan.returned", "Too thin")
    (comment,) = comments_of(small.see("olivia"), "plan", [uid])[uid]
    assert (comment.author, comment.text) == ("Maya", "Too thin")
    part_update(viewer=small.see("olivia"), uid=small.goal, values={"title": "Thicker"})
    assert plan_submit(viewer=small.see("olivia"), uid=uid).state == "submitted"


def test_nobody_accepts_their_own_plan_and_no_colleague_does(small: SmallPlan) -> None:
    uid = str(small.plan.uid)
    plan_submit(viewer=small.see("olivia"), uid=uid)
    for act in (plan_accept, plan_begin):
        with pytest.raises((NotAllowed, Conflict)):
            act(viewer=small.see("olivia"), uid=uid)
    with pytest.raises(NotAllowed):
        plan_return(viewer=small.see("olivia"), uid=uid, comment="Mine")
    for name in ("tom", "oscar", "vic"):
        with pytest.raises(NotFound):
            plan_accept(viewer=small.see(name), uid=uid)
        with pytest.raises(NotFound):
            plan_submit(viewer=small.see(name), uid=uid)


def test_acceptance_refuses_while_errors_are_left(small: SmallPlan) -> None:
    uid, maya = str(small.plan.uid), small.see("maya")
    plan_submit(viewer=small.see("olivia"), uid=uid)
    waivers = waived_all(small)
    with pytest.raises(Conflict, match=waivers[-1][0]):
        plan_accept(viewer=maya, uid=uid, waivers=waivers[:-1])
    assert plan_of(maya, uid).state == "submitted"
    assert waivers_of(maya, uid) == ()
    plan = plan_accept(viewer=maya, uid=uid, waivers=waivers)
    assert plan.state == "accepted"
    assert {one.reason for one in waivers_of(maya, uid)} == {REASON}
    assert notices_of(small.see("olivia"))[0].code == "plan.accepted"


def test_a_waiver_names_a_finding_and_a_reason(small: SmallPlan) -> None:
    uid, maya = str(small.plan.uid), small.see("maya")
    with pytest.raises(Conflict):
        finding_waive(viewer=maya, uid=uid, code="GP101", where="", reason=REASON)
    plan_submit(viewer=small.see("olivia"), uid=uid)
    code, where, _reason = waived_all(small)[0]
    with pytest.raises(InvalidInput):
        finding_waive(viewer=maya, uid=uid, code="GP999", where=where, reason=REASON)
    with pytest.raises(InvalidInput):
        finding_waive(viewer=maya, uid=uid, code=code, where=where, reason=" ")
    with pytest.raises(NotAllowed):
        finding_waive(viewer=small.see("olivia"), uid=uid, code=code, where=where, reason=REASON)
    before = len(check(maya, uid).errors)
    finding_waive(viewer=maya, uid=uid, code=code, where=where, reason=REASON)
    assert len(check(maya, uid).errors) == before - 1


def test_the_plan_as_accepted_stays_exactly_as_it_was(small: SmallPlan) -> None:
    olivia = small.see("olivia")
    part_add(
        viewer=olivia,
        plan_uid=str(small.plan.uid),
        kind="goal",
        values={"title": "Only suggested"},
        suggested=True,
    )
    uid = accepted(small)
    was = version_graph(olivia, uid, versions_of(olivia, uid)[0].id)
    assert [goal.title for goal in was.goals] == ["Known in energy"]
    plan_revise(viewer=olivia, uid=uid)
    part_update(viewer=olivia, uid=small.goal, values={"title": "Changed"})
    accepted_version, submitted = versions_of(olivia, uid)
    assert (accepted_version.state, submitted.state) == ("accepted", "submitted")
    assert version_graph(olivia, uid, accepted_version.id) == was
    now = graph(olivia, uid)
    assert (now.plan.state, now.plan.number) == ("draft", 2)
    different = compared(olivia, uid, accepted_version.id, "now")
    assert different.added == different.removed == ()
    assert [change.after.title for change in different.changed] == ["Changed"]


def test_a_version_that_was_tampered_with_is_not_shown(small: SmallPlan) -> None:
    uid = accepted(small)
    olivia = small.see("olivia")
    version = versions_of(olivia, uid)[0].id
    row = PlanVersion.objects.get(pk=version)
    PlanVersion.objects.filter(pk=version).update(graph=row.graph.replace("energy", "mining"))
    with pytest.raises(Conflict):
        version_graph(olivia, uid, version)


def test_versions_of_other_plans_are_not_found(small: SmallPlan, account_plan: Plan) -> None:
    uid = accepted(small)
    version = versions_of(small.see("olivia"), uid)[0].id
    with pytest.raises(NotFound):
        version_graph(small.see("olivia"), account_plan.uid, version)
    for read in (versions_of, members_of, waivers_of, check):
        with pytest.raises(NotFound):
            read(small.see("oscar"), uid)
    with pytest.raises(NotFound):
        version_graph(small.see("oscar"), uid, version)


def test_an_accepted_plan_is_carried_out_closed_or_revised(small: SmallPlan) -> None:
    uid, olivia = accepted(small), small.see("olivia")
    with pytest.raises(Conflict):
        part_update(viewer=olivia, uid=small.goal, values={"title": "New"})
    assert plan_begin(viewer=olivia, uid=uid).state == "in_execution"
    revised = plan_revise(viewer=olivia, uid=uid)
    assert (revised.state, revised.number) == ("draft", 2)
    assert waivers_of(olivia, uid) == ()
    accepted(small)
    assert plan_close(viewer=olivia, uid=uid).state == "closed"
    for act in (plan_begin, plan_revise, plan_submit, plan_close):
        with pytest.raises(Conflict):
            act(viewer=olivia, uid=uid)


def test_a_signature_is_asked_for_given_and_taken_back_by_a_change(small: SmallPlan) -> None:
    uid, olivia = str(small.plan.uid), small.see("olivia")
    member_add(viewer=olivia, uid=uid, person_uid="tom", function="Technical", section="goals")
    tom = small.see("tom")
    assert [notice.code for notice in notices_of(tom)] == ["plan.signature"]
    plan_sign(viewer=tom, uid=uid, section="goals")
    (member,) = members_of(tom, uid)
    assert member.signed_at
    assert member.is_viewer
    part_update(viewer=olivia, uid=small.first, values={"title": "Ring"})
    assert members_of(tom, uid)[0].signed_at
    part_update(viewer=olivia, uid=small.goal, values={"title": "Other"})
    assert members_of(tom, uid)[0].signed_at is None
    assert [one.is_signed for one in graph(tom, uid).plan.signatures] == [False]


def test_who_signed_takes_it_back_until_the_plan_is_accepted(small: SmallPlan) -> None:
    uid, olivia, tom = str(small.plan.uid), small.see("olivia"), small.see("tom")
    member_add(viewer=olivia, uid=uid, person_uid="tom", section="goals")
    plan_sign(viewer=tom, uid=uid, section="goals")
    for other in ("olivia", "maya"):
        with pytest.raises(NotAllowed):
            plan_unsign(viewer=small.see(other), uid=uid, section="goals")
    Plan.objects.update(state="submitted")
    for _twice in range(2):
        assert plan_unsign(viewer=tom, uid=uid, section="goals").signed_at is None
    assert [one.is_signed for one in graph(tom, uid).plan.signatures] == [False]
    logged = [one.verb for one in changes_of(tom, uid)]
    assert (logged.count("sign"), logged.count("unsign")) == (1, 1)
    plan_sign(viewer=tom, uid=uid, section="goals")
    Plan.objects.update(state="accepted")
    with pytest.raises(Conflict):
        plan_unsign(viewer=tom, uid=uid, section="goals")


def test_only_whose_part_it_is_signs_it(small: SmallPlan) -> None:
    uid, olivia = str(small.plan.uid), small.see("olivia")
    member_add(viewer=olivia, uid=uid, person_uid="tom", section="goals")
    member_add(viewer=olivia, uid=uid, person_uid="vic", section="risks")
    for name, section in (("olivia", "goals"), ("tom", "risks"), ("tom", ""), ("vic", "risks")):
        with pytest.raises(NotAllowed):
            plan_sign(viewer=small.see(name), uid=uid, section=section)
    with pytest.raises(NotFound):
        plan_sign(viewer=small.see("oscar"), uid=uid, section="goals")


def test_the_team_edits_the_plan_until_they_leave_it(small: SmallPlan) -> None:
    uid, olivia = str(small.plan.uid), small.see("olivia")
    member_add(viewer=olivia, uid=uid, person_uid="oscar")
    with pytest.raises(Conflict):
        member_add(viewer=olivia, uid=uid, person_uid="oscar")
    with pytest.raises(InvalidInput):
        member_add(viewer=olivia, uid=uid, person_uid="oscar", section="cellar")
    part_update(viewer=small.see("oscar"), uid=small.goal, values={"title": "By Oscar"})
    member_remove(viewer=olivia, uid=uid, person_uid="oscar")
    with pytest.raises(NotFound):
        part_update(viewer=small.see("oscar"), uid=small.goal, values={"title": "Again"})
    with pytest.raises(NotFound):
        member_remove(viewer=olivia, uid=uid, person_uid="oscar")


def test_only_administrators_set_how_serious_findings_are(small: SmallPlan) -> None:
    code = check(small.see("olivia"), small.plan.uid).errors[0].code
    with pytest.raises(NotAllowed):
        severity_set(viewer=small.see("liam"), code=code, severity="note")
    administrator = replace(small.see("liam"), role="administrator")
    severity_set(viewer=administrator, code=code, severity="note")
    errors = check(small.see("olivia"), small.plan.uid).errors
    assert code not in {one.code for one in errors}
    severity_set(viewer=administrator, code=code, severity="")
    assert not FindingSeverity.objects.exists()
    with pytest.raises(InvalidInput):
        severity_set(viewer=administrator, code=code, severity="fatal")
