"""Plans are begun and edited by those who may; what collides is told."""

import pytest
from tests.plans.conftest import PERIOD, SmallPlan

from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from groundplan.plans.contracts import EditConflict
from groundplan.plans.models import Plan, PlanPart
from groundplan.plans.selectors import changes_of, graph
from groundplan.plans.services import (
    change_undo,
    part_add,
    part_keep,
    part_move,
    part_remove,
    part_update,
    parts_keep,
    plan_create,
    plan_update,
)


def titles(small: SmallPlan, kind: str = "tactics") -> list[str]:
    found = graph(small.see("olivia"), small.plan.uid)
    return [part.title for part in getattr(found, kind)]


def test_a_plan_belongs_to_its_maker_and_their_manager(small: SmallPlan) -> None:
    head = graph(small.see("olivia"), small.plan.uid).plan
    cast = small.book.cast
    assert (head.owner_name, head.manager) == ("Olivia", cast.maya.person_id)
    assert (head.period, head.state, head.title) == ("FY2027", "draft", "Olivia FY27")


def test_the_graph_has_the_parts_in_their_order_with_their_links(small: SmallPlan) -> None:
    found = graph(small.see("olivia"), small.plan.uid)
    assert [str(one.uid) for one in found.tactics] == [small.first, small.second]
    assert {str(one.parent) for one in found.tactics} == {small.initiative}
    assert [str(goal) for goal in found.strategies[0].goals] == [small.goal]


def test_a_graph_of_some_kinds_names_the_parents_of_others(small: SmallPlan) -> None:
    found = graph(small.see("olivia"), small.plan.uid, kinds=["tactic"])
    assert (found.strategies, found.initiatives) == ((), ())
    assert {str(one.parent) for one in found.tactics} == {small.initiative}


def test_a_second_plan_for_the_same_is_refused_by_name(small: SmallPlan) -> None:
    with pytest.raises(Conflict, match="Olivia FY27"):
        plan_create(viewer=small.see("olivia"), subject="territory", period=PERIOD)


def test_a_quarters_plan_hangs_below_its_years(small: SmallPlan) -> None:
    plan = plan_create(viewer=small.see("olivia"), subject="territory", period="FY2027-Q2")
    assert plan.parent == small.plan


@pytest.mark.parametrize("period", ["", "2027", "FY2027-M01", "FY2027-Q5", "FY0000"])
def test_a_plan_covers_a_fiscal_year_or_quarter(small: SmallPlan, period: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        plan_create(viewer=small.see("olivia"), subject="territory", period=period)
    assert caught.value.field == "period"


def test_a_manager_plans_for_reports_and_nobody_for_strangers(small: SmallPlan) -> None:
    tom, oscar = small.book.cast.tom.person, small.book.cast.oscar.person
    assert tom
    assert oscar
    maya = small.see("maya")
    made = plan_create(
        viewer=maya, subject="territory", period=PERIOD, owner_uid=str(tom.uid), prefill=False
    )
    assert made.owner == tom
    with pytest.raises(NotAllowed):
        plan_create(viewer=maya, subject="territory", period=PERIOD, owner_uid=str(oscar.uid))


def test_nobody_plans_an_account_that_they_do_not_see(small: SmallPlan) -> None:
    with pytest.raises(NotFound):
        plan_create(
            viewer=small.see("olivia"),
            subject="account",
            period=PERIOD,
            account_uid=str(small.book.umbra.uid),
        )


def test_an_outsider_reads_and_changes_nothing(small: SmallPlan) -> None:
    oscar, uid = small.see("oscar"), str(small.plan.uid)
    for attempt in (
        lambda: graph(oscar, uid),
        lambda: changes_of(oscar, uid),
        lambda: part_add(viewer=oscar, plan_uid=uid, kind="goal", values={"title": "Mine"}),
        lambda: part_update(viewer=oscar, uid=small.goal, values={"title": "Mine"}),
        lambda: part_move(viewer=oscar, uid=small.first),
        lambda: part_remove(viewer=oscar, uid=small.goal),
        lambda: part_keep(viewer=oscar, uid=small.goal),
        lambda: parts_keep(viewer=oscar, uids=[small.goal]),
        lambda: change_undo(viewer=oscar, plan_uid=uid, number=2),
        lambda: plan_update(viewer=oscar, uid=uid, values={"vision": "None"}),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_colleague_who_is_not_of_the_team_sees_no_territory_plan(small: SmallPlan) -> None:
    for name in ("tom", "vic"):
        with pytest.raises(NotFound):
            graph(small.see(name), small.plan.uid)


def test_the_account_team_reads_its_accounts_plan_and_only_looks(
    small: SmallPlan, account_plan: Plan
) -> None:
    uid = str(account_plan.uid)
    for name in ("tom", "vic"):
        assert graph(small.see(name), uid).plan.account_name == "Alder Foods"
        with pytest.raises(NotAllowed):
            part_add(viewer=small.see(name), plan_uid=uid, kind="goal", values={"title": "Mine"})


def test_a_manager_and_a_leader_edit_the_plans_below_them(small: SmallPlan) -> None:
    for name in ("maya", "liam"):
        part_update(viewer=small.see(name), uid=small.goal, values={"title": f"By {name}"})
    assert titles(small, "goals") == ["By liam"]


def test_a_part_of_another_plan_is_no_reference(small: SmallPlan, account_plan: Plan) -> None:
    other = part_add(
        viewer=small.see("olivia"),
        plan_uid=str(account_plan.uid),
        kind="goal",
        values={"title": "Elsewhere"},
    )
    with pytest.raises(InvalidInput) as caught:
        part_update(
            viewer=small.see("olivia"), uid=small.strategy, values={"goals": str(other.uid)}
        )
    assert caught.value.field == "goals"


def test_a_part_hangs_only_where_its_kind_may(small: SmallPlan) -> None:
    with pytest.raises(InvalidInput):
        small.add("tactic", parent=small.strategy, title="Loose")
    with pytest.raises(InvalidInput):
        small.add("tactic", title="Loose")
    with pytest.raises(InvalidInput):
        small.add("goal", parent=small.strategy, title="Below")


def test_an_owner_is_named_by_uid_or_login(small: SmallPlan) -> None:
    tom = small.book.cast.tom.person
    assert tom
    for text in (str(tom.uid), "tom"):
        part_update(viewer=small.see("olivia"), uid=small.first, values={"owner": ""})
        part_update(viewer=small.see("olivia"), uid=small.first, values={"owner": text})
        assert graph(small.see("olivia"), small.plan.uid).tactics[0].owner == tom.pk
    with pytest.raises(InvalidInput) as caught:
        part_update(viewer=small.see("olivia"), uid=small.first, values={"owner": "nobody"})
    assert caught.value.field == "owner"


def test_a_part_moves_before_a_sibling_however_often(small: SmallPlan) -> None:
    olivia = small.see("olivia")
    for _ in range(25):
        for moved, before in ((small.second, small.first), (small.first, small.second)):
            part_move(viewer=olivia, uid=moved, before_uid=before)
    assert titles(small) == ["Call", "Travel"]
    part_move(viewer=olivia, uid=small.first)
    assert titles(small) == ["Travel", "Call"]


def test_a_tactic_moves_to_another_initiative_and_back_by_undo(small: SmallPlan) -> None:
    olivia = small.see("olivia")
    other = small.add("initiative", parent=small.strategy, title="Write")
    done = part_move(viewer=olivia, uid=small.first, parent_uid=other)
    assert str(PlanPart.objects.get(uid=small.first).parent.uid) == other  # type: ignore[union-attr]
    change_undo(viewer=olivia, plan_uid=str(small.plan.uid), number=done.number)
    assert titles(small) == ["Call", "Travel"]
    with pytest.raises(InvalidInput):
        part_move(viewer=olivia, uid=small.first, parent_uid=small.goal)


def test_a_part_goes_with_all_below_it_and_comes_back_whole(small: SmallPlan) -> None:
    olivia, uid = small.see("olivia"), str(small.plan.uid)
    done = part_remove(viewer=olivia, uid=small.strategy)
    found = graph(olivia, uid)
    assert (found.strategies, found.initiatives, found.tactics) == ((), (), ())
    back = change_undo(viewer=olivia, plan_uid=uid, number=done.number)
    assert titles(small) == ["Call", "Travel"]
    change_undo(viewer=olivia, plan_uid=uid, number=back.number)
    assert titles(small) == []


def test_references_to_what_was_removed_are_left_out_until_it_is_back(small: SmallPlan) -> None:
    olivia, uid = small.see("olivia"), str(small.plan.uid)
    done = part_remove(viewer=olivia, uid=small.goal)
    assert graph(olivia, uid).strategies[0].goals == ()
    change_undo(viewer=olivia, plan_uid=uid, number=done.number)
    assert [str(one) for one in graph(olivia, uid).strategies[0].goals] == [small.goal]


def test_an_edit_is_taken_back_unless_the_field_changed_since(small: SmallPlan) -> None:
    olivia, uid = small.see("olivia"), str(small.plan.uid)
    done = part_update(viewer=olivia, uid=small.goal, values={"title": "One"})
    part_update(viewer=small.see("maya"), uid=small.goal, values={"text": "Said more"})
    change_undo(viewer=olivia, plan_uid=uid, number=done.number)
    goal = graph(olivia, uid).goals[0]
    assert (goal.title, goal.text) == ("Known in energy", "Said more")
    with pytest.raises(Conflict, match="undone already"):
        change_undo(viewer=olivia, plan_uid=uid, number=done.number)
    done = part_update(viewer=olivia, uid=small.goal, values={"title": "Two"})
    part_update(viewer=small.see("maya"), uid=small.goal, values={"title": "Three"})
    with pytest.raises(Conflict, match="Maya"):
        change_undo(viewer=olivia, plan_uid=uid, number=done.number)


def test_an_added_part_is_not_undone_once_others_worked_on_it(small: SmallPlan) -> None:
    olivia, uid = small.see("olivia"), str(small.plan.uid)
    done = part_add(viewer=olivia, plan_uid=uid, kind="risk", values={"title": "Strike"})
    below = small.add("contingency", parent=str(done.uid), trigger="News")
    with pytest.raises(Conflict):
        change_undo(viewer=olivia, plan_uid=uid, number=done.number)
    part_remove(viewer=olivia, uid=below)
    change_undo(viewer=olivia, plan_uid=uid, number=done.number)
    assert titles(small, "risks") == []


def test_what_comes_back_needs_what_it_hung_below(small: SmallPlan) -> None:
    olivia, uid = small.see("olivia"), str(small.plan.uid)
    done = part_remove(viewer=olivia, uid=small.first)
    part_remove(viewer=olivia, uid=small.initiative)
    with pytest.raises(Conflict, match="Visit plants"):
        change_undo(viewer=olivia, plan_uid=uid, number=done.number)


def test_the_later_save_of_the_same_field_is_shown_the_difference(small: SmallPlan) -> None:
    olivia, maya = small.see("olivia"), small.see("maya")
    part_update(viewer=maya, uid=small.goal, values={"title": "Hers", "text": "More"}, seen=1)
    with pytest.raises(EditConflict) as caught:
        part_update(viewer=olivia, uid=small.goal, values={"title": "Mine"}, seen=1)
    (clash,) = caught.value.clashes
    assert (clash.field, clash.by) == ("title", "Maya")
    assert (clash.base, clash.theirs, clash.yours) == ("Known in energy", "Hers", "Mine")
    assert caught.value.version == 2
    values = {"title": "Mine", "text": ""}
    part_update(viewer=olivia, uid=small.goal, values=values, seen=1, override=True)
    goal = graph(olivia, small.plan.uid).goals[0]
    assert (goal.title, goal.text) == ("Mine", "More")


def test_edits_of_different_fields_merge_without_a_word(small: SmallPlan) -> None:
    whole = {"title": "Known in energy", "text": ""}
    part_update(viewer=small.see("maya"), uid=small.goal, values={**whole, "text": "More"}, seen=1)
    part_update(
        viewer=small.see("olivia"), uid=small.goal, values={**whole, "title": "Mine"}, seen=1
    )
    goal = graph(small.see("olivia"), small.plan.uid).goals[0]
    assert (goal.title, goal.text) == ("Mine", "More")


def test_the_same_edit_twice_is_no_conflict_and_no_change(small: SmallPlan) -> None:
    olivia = small.see("olivia")
    part_update(viewer=small.see("maya"), uid=small.goal, values={"title": "Same"}, seen=1)
    done = part_update(viewer=olivia, uid=small.goal, values={"title": "Same"}, seen=1)
    assert (done.number, done.version) == (0, 2)


def test_two_visions_at_once_are_shown_side_by_side(small: SmallPlan) -> None:
    uid, seen = str(small.plan.uid), {"vision": "", "title": "Olivia FY27"}
    plan_update(viewer=small.see("maya"), uid=uid, values={"vision": "Hers"}, seen=seen)
    with pytest.raises(EditConflict) as caught:
        plan_update(viewer=small.see("olivia"), uid=uid, values={"vision": "Mine"}, seen=seen)
    assert [(one.field, one.by) for one in caught.value.clashes] == [("vision", "Maya")]
    values = {"vision": "", "title": "Ours"}
    plan_update(viewer=small.see("olivia"), uid=uid, values=values, seen=seen)
    head = graph(small.see("olivia"), uid).plan
    assert (head.vision, head.title) == ("Hers", "Ours")


def test_a_manager_has_to_be_above_the_owner(small: SmallPlan) -> None:
    olivia, uid = small.see("olivia"), str(small.plan.uid)
    plan_update(viewer=olivia, uid=uid, values={"manager": "liam"})
    with pytest.raises(InvalidInput, match="above the owner"):
        plan_update(viewer=olivia, uid=uid, values={"manager": "tom"})


def test_a_suggestion_is_kept_with_what_it_hangs_below(small: SmallPlan) -> None:
    olivia, uid = small.see("olivia"), str(small.plan.uid)
    risk = part_add(
        viewer=olivia, plan_uid=uid, kind="risk", values={"title": "Strike"}, suggested=True
    )
    answer = part_add(
        viewer=olivia,
        plan_uid=uid,
        kind="contingency",
        values={"title": "Ship early"},
        parent_uid=str(risk.uid),
        suggested=True,
    )
    part_keep(viewer=olivia, uid=str(answer.uid))
    found = graph(olivia, uid)
    assert not found.risks[0].is_suggested
    assert not found.contingencies[0].is_suggested


def test_an_edited_or_cited_suggestion_is_kept(small: SmallPlan) -> None:
    olivia, uid = small.see("olivia"), str(small.plan.uid)
    one, two = (
        part_add(viewer=olivia, plan_uid=uid, kind="goal", values={"title": title}, suggested=True)
        for title in ("One", "Two")
    )
    part_update(viewer=olivia, uid=str(one.uid), values={"text": "Ours now"})
    part_update(viewer=olivia, uid=small.strategy, values={"goals": str(two.uid)})
    assert not any(goal.is_suggested for goal in graph(olivia, uid).goals)


def test_many_suggestions_are_kept_as_one_change(small: SmallPlan) -> None:
    olivia, uid = small.see("olivia"), str(small.plan.uid)
    uids = [
        str(
            part_add(
                viewer=olivia, plan_uid=uid, kind="goal", values={"title": title}, suggested=True
            ).uid
        )
        for title in ("One", "Two")
    ]
    assert parts_keep(viewer=olivia, uids=[*uids, small.goal]) == 2
    last = changes_of(olivia, uid)[0]
    change_undo(viewer=olivia, plan_uid=uid, number=last.number)
    assert [goal.is_suggested for goal in graph(olivia, uid).goals] == [False, True, True]


def test_the_log_says_who_did_what_and_offers_undo_to_editors(small: SmallPlan) -> None:
    part_update(viewer=small.see("maya"), uid=small.goal, values={"title": "Hers"})
    change, *rest = changes_of(small.see("olivia"), small.plan.uid)
    assert (change.actor, change.verb, change.label) == ("Maya", "edit", "Hers")
    assert (change.before, change.after) == ({"title": "Known in energy"}, {"title": "Hers"})
    assert change.can_undo
    assert rest[-1].verb == "create"
    assert not rest[-1].can_undo
