"""What is different between two versions of a plan."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given

from groundplan.plans.contracts import AnyPart, Graph
from groundplan.plans.rules.differing import difference
from groundplan.plans.rules.typing import kind_of

from .drawn import PARTS_OF_A_PLAN, PLANS, plan_of
from .good import good_plan, uid


def test_a_changed_field_is_told_with_both_values() -> None:
    before = good_plan()
    changed = replace(before.tactics[0], due_on=date(2027, 7, 1), title="Ring service")
    after = replace(before, tactics=(changed, *before.tactics[1:]))
    (found,) = difference(before, after).changed
    told = [(one.name, one.before, one.after) for one in found.fields]
    assert told == [
        ("title", "Call on service", "Ring service"),
        ("due_on", "2027-06-30", "2027-07-01"),
    ]
    assert (found.kind, found.is_moved) == ("tactic", False)


def test_what_was_emptied_and_what_was_filled_is_told() -> None:
    before = good_plan()
    after = replace(before, plan=replace(before.plan, vision="", account_name="Northwind"))
    found = {one.name: (one.before, one.after) for one in difference(before, after).head}
    assert found == {
        "vision": (before.plan.vision, None),
        "account_name": (None, "Northwind"),
    }


def test_a_signature_is_a_change_and_a_state_is_none() -> None:
    before = good_plan()
    first, second = before.plan.signatures
    head = replace(
        before.plan, state="submitted", signatures=(first, replace(second, is_signed=False))
    )
    (found,) = difference(before, replace(before, plan=head)).head
    assert (found.before, found.after) == (
        ["Olivia: strategies", "Tom: work"],
        ["Olivia: strategies"],
    )


def test_a_part_below_another_parent_is_moved() -> None:
    before = good_plan()
    moved = replace(before.tactics[0], parent=uid("work displace"), position=9, version=4)
    (found,) = difference(before, replace(before, tactics=(*before.tactics[1:], moved))).changed
    assert (found.before.title, found.fields, found.is_moved) == ("Call on service", (), True)


def test_of_many_siblings_only_the_one_that_was_moved_is_told() -> None:
    names = [f"goal {number}" for number in range(6)]
    goals = [replace(good_plan().goals[0], uid=uid(name), title=name) for name in names]
    before = replace(good_plan(), goals=tuple(goals))
    after = replace(before, goals=(*goals[1:5], goals[0], goals[5]))
    assert [one.after.title for one in difference(before, after).changed] == ["goal 0"]


def test_an_inserted_part_moves_nobody() -> None:
    before = good_plan()
    more = replace(before.goals[0], uid=uid("new"), title="New")
    found = difference(before, replace(before, goals=(more, *before.goals)))
    assert (found.added, found.changed, found.removed) == ((more,), (), ())


@given(PLANS)
def test_a_plan_is_no_different_from_itself(plan: Graph) -> None:
    assert difference(plan, plan).is_none


@given(PARTS_OF_A_PLAN, PARTS_OF_A_PLAN)
def test_a_difference_makes_the_later_of_the_earlier(
    one: list[AnyPart], two: list[AnyPart]
) -> None:
    # The same uid is the same kind of part wherever it stands.
    kinds = {part.uid: kind_of(part) for part in one}
    two = [part for part in two if kinds.get(part.uid, kind_of(part)) == kind_of(part)]
    before, after = plan_of(one), plan_of(two)
    found = difference(before, after)
    made: dict[Any, AnyPart] = {part.uid: part for part in before.parts()}
    for gone in found.removed:
        del made[gone.uid]
    made |= {part.uid: part for part in found.added}
    made |= {change.after.uid: change.after for change in found.changed}
    assert made == {part.uid: part for part in after.parts()}
    back = difference(after, before)
    assert (back.added, back.removed) == (found.removed, found.added)
