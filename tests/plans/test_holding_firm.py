"""What nobody gets past a plan's services: roles, states, two at once, what is gone, bad texts."""

from collections.abc import Callable, Iterator

import pytest
from tests.plans.conftest import SmallPlan

from groundplan.desk.selectors import comments_of
from groundplan.desk.services import comment_add
from groundplan.kernel.errors import Conflict, GroundplanError, InvalidInput, NotAllowed, NotFound
from groundplan.kernel.ids import uuid7
from groundplan.people.models import Person
from groundplan.plans.contracts import EditConflict, Goal, Tactic
from groundplan.plans.models import Plan, PlanChange, PlanMember, PlanPart
from groundplan.plans.rules.parsing import parsed
from groundplan.plans.selectors import changes_of, check, graph, plan_of
from groundplan.plans.services import (
    change_undo,
    finding_waive,
    member_add,
    member_remove,
    objective_check_in,
    part_add,
    part_keep,
    part_move,
    part_remove,
    part_update,
    parts_keep,
    plan_accept,
    plan_begin,
    plan_close,
    plan_cut,
    plan_reopen,
    plan_return,
    plan_revise,
    plan_sign,
    plan_submit,
    plan_unsign,
    plan_update,
    plan_withdraw,
    tactic_mark,
)
from groundplan.plans.services.bulk import parts_write

Act = Callable[[], object]


def edits(small: SmallPlan, name: str) -> Iterator[Act]:
    """Every write of the plan's own content."""
    viewer, uid = small.see(name), str(small.plan.uid)
    first = changes_of(small.see("olivia"), uid)[-2].number
    yield lambda: plan_update(viewer=viewer, uid=uid, values={"vision": "Else"})
    yield lambda: part_add(viewer=viewer, plan_uid=uid, kind="goal", values={"title": "Else"})
    yield lambda: part_update(viewer=viewer, uid=small.goal, values={"title": "Else"})
    yield lambda: part_move(viewer=viewer, uid=small.first)
    yield lambda: part_remove(viewer=viewer, uid=small.goal)
    yield lambda: part_keep(viewer=viewer, uid=small.goal)
    yield lambda: parts_keep(viewer=viewer, uids=[small.goal])
    yield lambda: change_undo(viewer=viewer, plan_uid=uid, number=first)
    yield lambda: member_add(viewer=viewer, uid=uid, person_uid="tom")
    yield lambda: member_remove(viewer=viewer, uid=uid, person_uid="vic")


def progress(small: SmallPlan, name: str) -> Iterator[Act]:
    viewer = small.see(name)
    yield lambda: tactic_mark(viewer=viewer, uid=small.first, status="done")
    objective = str(PlanPart.objects.get(kind="objective").uid)
    yield lambda: objective_check_in(viewer=viewer, uid=objective, actual="3")


def steps(small: SmallPlan, name: str) -> Iterator[Act]:
    viewer, uid = small.see(name), str(small.plan.uid)
    for step in (plan_submit, plan_withdraw, plan_begin, plan_close, plan_reopen, plan_revise):
        yield lambda step=step: step(viewer=viewer, uid=uid)  # type: ignore[misc]
    yield lambda: plan_return(viewer=viewer, uid=uid, comment="No")
    yield lambda: plan_accept(viewer=viewer, uid=uid)
    yield lambda: plan_cut(viewer=viewer, uid=uid, period="FY2027-Q1")
    yield lambda: plan_sign(viewer=viewer, uid=uid, section="goals")
    yield lambda: plan_unsign(viewer=viewer, uid=uid, section="goals")
    yield lambda: finding_waive(viewer=viewer, uid=uid, code="GP101", where="goals", reason="So")


@pytest.fixture
def teamed(small: SmallPlan) -> SmallPlan:
    """Vic, who may only look, is of the team and asked to sign; there is an objective."""
    member_add(
        viewer=small.see("olivia"), uid=str(small.plan.uid), person_uid="vic", section="goals"
    )
    small.add("objective", title="Meetings", target="3")
    return small


def test_whoever_may_only_look_writes_nothing_also_on_the_team(teamed: SmallPlan) -> None:
    before = PlanChange.objects.count()
    for state in ("draft", "submitted", "accepted", "in_execution", "closed"):
        Plan.objects.update(state=state)
        for act in (*edits(teamed, "vic"), *progress(teamed, "vic"), *steps(teamed, "vic")):
            with pytest.raises((NotAllowed, Conflict)):
                act()
    assert PlanChange.objects.count() == before


def test_an_outsider_takes_no_step_and_marks_nothing(teamed: SmallPlan) -> None:
    for act in (*edits(teamed, "oscar"), *progress(teamed, "oscar"), *steps(teamed, "oscar")):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize("state", ["submitted", "accepted", "in_execution", "closed"])
@pytest.mark.parametrize("name", ["olivia", "maya", "liam"])
def test_nobody_edits_a_plan_that_is_handed_in(teamed: SmallPlan, name: str, state: str) -> None:
    Plan.objects.update(state=state)
    for act in edits(teamed, name):
        with pytest.raises(Conflict):
            act()


@pytest.mark.parametrize("state", ["submitted", "closed"])
def test_nothing_is_marked_in_a_plan_that_waits_or_is_over(teamed: SmallPlan, state: str) -> None:
    Plan.objects.update(state=state)
    for act in progress(teamed, "olivia"):
        with pytest.raises(Conflict):
            act()


def test_a_write_that_is_refused_late_leaves_nothing(teamed: SmallPlan) -> None:
    uid, before = str(teamed.plan.uid), PlanChange.objects.count()
    plan_submit(viewer=teamed.see("olivia"), uid=uid)
    with pytest.raises(GroundplanError):
        plan_accept(
            viewer=teamed.see("maya"), uid=uid, waivers=[("GP101", "goals", "So"), ("GP1", "", "")]
        )
    with pytest.raises(InvalidInput):
        plan_return(viewer=teamed.see("maya"), uid=uid, comment="x" * 5000)
    assert plan_of(teamed.see("olivia"), uid).state == "submitted"
    assert PlanChange.objects.count() == before + 1


def test_a_decision_is_about_the_version_that_was_read(teamed: SmallPlan) -> None:
    uid, olivia, maya = str(teamed.plan.uid), teamed.see("olivia"), teamed.see("maya")
    plan_submit(viewer=olivia, uid=uid)
    read = teamed.plan.versions.get().pk
    plan_withdraw(viewer=olivia, uid=uid)
    part_update(viewer=olivia, uid=teamed.goal, values={"title": "Else"})
    plan_submit(viewer=olivia, uid=uid)
    with pytest.raises(Conflict, match="submitted anew"):
        plan_accept(viewer=maya, uid=uid, read=read)
    with pytest.raises(Conflict, match="submitted anew"):
        plan_return(viewer=maya, uid=uid, comment="No", read=read)
    latest = teamed.plan.versions.order_by("pk").last()
    plan_return(viewer=maya, uid=uid, comment="No", read=latest.pk if latest else 0)


def test_two_who_mark_one_tactic_are_shown_each_others_word(small: SmallPlan) -> None:
    olivia, maya = small.see("olivia"), small.see("maya")
    seen = PlanPart.objects.get(uid=small.first).version
    tactic_mark(viewer=maya, uid=small.first, status="done", hours_logged="5", seen=seen)
    with pytest.raises(EditConflict) as caught:
        tactic_mark(viewer=olivia, uid=small.first, status="done", hours_logged="3", seen=seen)
    (clash,) = caught.value.clashes
    assert (clash.field, clash.theirs, clash.yours, clash.by) == ("hours_logged", "5", "3", "Maya")
    again = caught.value.version
    tactic_mark(viewer=olivia, uid=small.first, status="done", hours_logged="3", seen=again)
    (tactic, _other) = graph(olivia, small.plan.uid).tactics
    assert isinstance(tactic, Tactic)
    assert str(tactic.hours_logged) == "3"


def test_two_who_check_one_objective_in_are_shown_each_others_word(teamed: SmallPlan) -> None:
    row = PlanPart.objects.get(kind="objective")
    objective_check_in(viewer=teamed.see("maya"), uid=str(row.uid), actual="2", seen=row.version)
    with pytest.raises(EditConflict):
        objective_check_in(
            viewer=teamed.see("olivia"), uid=str(row.uid), actual="1", seen=row.version
        )


def test_a_mark_is_undone_and_done_again_while_the_plan_is_carried_out(small: SmallPlan) -> None:
    olivia, uid = small.see("olivia"), str(small.plan.uid)
    edit = part_update(viewer=olivia, uid=small.goal, values={"title": "Else"})
    back = change_undo(viewer=olivia, plan_uid=uid, number=edit.number)
    Plan.objects.update(state="in_execution")
    done = tactic_mark(viewer=olivia, uid=small.first, status="done")
    undone = change_undo(viewer=olivia, plan_uid=uid, number=done.number)
    assert changes_of(olivia, uid)[0].can_undo
    change_undo(viewer=olivia, plan_uid=uid, number=undone.number)
    assert graph(olivia, uid).tactics[0].status == "done"
    offered = {one.number: one.can_undo for one in changes_of(olivia, uid)}
    assert not offered[back.number]
    with pytest.raises(Conflict, match="can't be edited"):
        change_undo(viewer=olivia, plan_uid=uid, number=back.number)


def test_an_undo_in_the_next_version_leaves_the_accepted_one_as_it_was(small: SmallPlan) -> None:
    olivia, uid = small.see("olivia"), str(small.plan.uid)
    done = part_update(viewer=olivia, uid=small.goal, values={"title": "Accepted"})
    plan_submit(viewer=olivia, uid=uid)
    errors = check(small.see("maya"), uid).errors
    plan_accept(
        viewer=small.see("maya"), uid=uid, waivers=[(one.code, one.where, "So") for one in errors]
    )
    kept = small.plan.versions.get(state="accepted")
    with pytest.raises(Conflict):
        change_undo(viewer=olivia, plan_uid=uid, number=done.number)
    plan_revise(viewer=olivia, uid=uid)
    change_undo(viewer=olivia, plan_uid=uid, number=done.number)
    assert graph(olivia, uid).goals[0].title == "Known in energy"
    assert "Accepted" in kept.graph
    assert small.plan.versions.get(pk=kept.pk).sha256 == kept.sha256


def test_nothing_is_given_back_to_somebody_who_is_gone(small: SmallPlan) -> None:
    olivia, uid = small.see("olivia"), str(small.plan.uid)
    leaving = Person.objects.create(login="gone", name="Gone")
    part_update(viewer=olivia, uid=small.first, values={"owner": "gone"})
    done = part_update(viewer=olivia, uid=small.first, values={"owner": "tom"})
    leaving.delete()
    with pytest.raises(Conflict, match="isn't there any more"):
        change_undo(viewer=olivia, plan_uid=uid, number=done.number)


def test_an_undo_makes_nobody_manager_who_is_no_longer_above(small: SmallPlan) -> None:
    olivia, uid = small.see("olivia"), str(small.plan.uid)
    done = plan_update(viewer=olivia, uid=uid, values={"manager": "liam"})
    owner, maya = small.plan.owner, small.book.cast.maya.person
    assert maya
    owner.path = owner.path.replace(f"/{maya.pk}/", "/")
    owner.save()
    with pytest.raises(Conflict, match="above the owner"):
        change_undo(viewer=olivia, plan_uid=uid, number=done.number)


def test_what_is_no_uid_is_refused_by_field(small: SmallPlan) -> None:
    olivia, uid = small.see("olivia"), str(small.plan.uid)
    with pytest.raises(InvalidInput):
        part_add(
            viewer=olivia,
            plan_uid=uid,
            kind="tactic",
            values={"title": "Loose"},
            parent_uid="nonsense",
        )
    with pytest.raises(InvalidInput):
        part_move(viewer=olivia, uid=small.first, parent_uid="nonsense")
    with pytest.raises(NotFound):
        part_update(viewer=olivia, uid="nonsense", values={"title": "Else"})


def test_evidence_that_is_an_account_names_one() -> None:
    cited = '[{"kind": "account", "key": "nonsense", "label": "Alder", "is_fact": true}]'
    with pytest.raises(InvalidInput) as caught:
        parsed("strategy", {"evidence": cited})
    assert caught.value.field == "evidence"


def test_no_tactic_is_dropped_by_an_edit_without_a_reason(small: SmallPlan) -> None:
    olivia = small.see("olivia")
    with pytest.raises(InvalidInput) as caught:
        part_update(viewer=olivia, uid=small.first, values={"status": "dropped"})
    assert caught.value.field == "reason"
    part_update(viewer=olivia, uid=small.first, values={"status": "dropped", "reason": "No plant"})


def test_null_bytes_reach_no_database(small: SmallPlan) -> None:
    olivia, maya, uid = small.see("olivia"), small.see("maya"), str(small.plan.uid)
    part_update(viewer=olivia, uid=small.goal, values={"title": "A\x00b", "text": "c\x00d"})
    member_add(viewer=olivia, uid=uid, person_uid="tom\x00", function="Food\x00 expert")
    plan_submit(viewer=olivia, uid=uid)
    finding_waive(viewer=maya, uid=uid, code="GP101", where="goals", reason="So\x00")
    plan_return(viewer=maya, uid=uid, comment="No\x00t yet")
    logged = list(PlanChange.objects.values_list("before", "after", "label"))
    assert "\\x00" not in repr(logged)
    assert PlanMember.objects.get().function == "Food expert"


def test_a_part_that_is_gone_is_not_talked_about(small: SmallPlan) -> None:
    olivia = small.see("olivia")
    comment_add(viewer=olivia, kind="plan_part", key=small.first, text="Soon")
    part_remove(viewer=olivia, uid=small.first)
    with pytest.raises(NotFound):
        comment_add(viewer=olivia, kind="plan_part", key=small.first, text="Later")
    assert comments_of(olivia, "plan_part", [small.first]) == {}


def test_texts_are_as_long_as_they_may_be_and_no_longer(small: SmallPlan) -> None:
    olivia = small.see("olivia")
    longest = {"title": "t" * 300, "text": "x" * 20_000}
    part_update(viewer=olivia, uid=small.goal, values=longest)
    goal = graph(olivia, small.plan.uid).goals[0]
    assert isinstance(goal, Goal)
    assert (len(goal.title), len(goal.text)) == (300, 20_000)
    for name, text in longest.items():
        with pytest.raises(InvalidInput) as caught:
            part_update(viewer=olivia, uid=small.goal, values={name: text + "x"})
        assert caught.value.field == name


def test_four_hundred_suggestions_are_kept_and_undone_at_once(small: SmallPlan) -> None:
    olivia, uid = small.see("olivia"), str(small.plan.uid)
    goals = [Goal(uid=uuid7(), title=f"Goal {n}", is_suggested=True) for n in range(400)]
    parts_write(viewer=olivia, plan=plan_of(olivia, uid, lock=True), parts=goals)
    assert parts_keep(viewer=olivia, uids=[str(one.uid) for one in goals]) == 400
    last = changes_of(olivia, uid)[0].number
    change_undo(viewer=olivia, plan_uid=uid, number=last)
    assert sum(one.is_suggested for one in graph(olivia, uid).goals) == 400
