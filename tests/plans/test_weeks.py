"""Tactics are marked, objectives checked in, and a week lists what is due."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from tests.plans.conftest import SmallPlan
from tests.plans.test_acceptance import accepted

from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from groundplan.people.contracts import SYSTEM
from groundplan.plans.selectors import changes_of, graph, week, weeks
from groundplan.plans.selectors.weeks import week_line
from groundplan.plans.services import (
    change_undo,
    objective_check_in,
    part_update,
    plan_begin,
    plan_close,
    plan_cut,
    plan_submit,
    tactic_mark,
)

MONDAY = date(2026, 11, 23)


def due(small: SmallPlan, tactic: str, owner: str, day: str, hours: str = "3") -> None:
    values = {"owner": owner, "due_on": day, "hours": hours}
    part_update(viewer=small.see("olivia"), uid=tactic, values=values)


def titles(small: SmallPlan, name: str, of: str = "mine", day: date = MONDAY) -> list[str]:
    found = week(small.see(name), of=of, around=day)  # type: ignore[arg-type]  # the literals
    return [line.title for line in (*found.overdue, *found.due)]


def test_a_week_lists_what_is_overdue_and_due_from_monday_to_sunday(small: SmallPlan) -> None:
    due(small, small.first, "olivia", "2026-11-22")
    due(small, small.second, "olivia", "2026-11-29", "4.5")
    found = week(small.see("olivia"), of="mine", around=date(2026, 11, 25))
    assert (found.starts_on, found.ends_on) == (MONDAY, date(2026, 11, 29))
    assert [line.title for line in found.overdue] == ["Call"]
    assert [(line.title, line.above) for line in found.due] == [("Travel", "Visit plants")]
    assert found.hours == Decimal("7.5")


def test_what_is_done_is_overdue_no_more_and_stays_in_its_week(small: SmallPlan) -> None:
    due(small, small.first, "olivia", "2026-11-22")
    olivia = small.see("olivia")
    tactic_mark(viewer=olivia, uid=small.first, status="done", hours_logged="2.5")
    assert titles(small, "olivia") == []
    found = week(olivia, of="mine", around=date(2026, 11, 20))
    assert [line.status for line in found.closed] == ["done"]
    assert found.hours_logged == Decimal("2.5")


def test_hours_add_up_over_more_tactics_than_are_listed(
    small: SmallPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weeks, "MOST", 1)
    due(small, small.first, "olivia", "2026-11-24", "1.25")
    due(small, small.second, "olivia", "2026-11-25", "2.5")
    found = week(small.see("olivia"), of="mine", around=MONDAY)
    assert [line.title for line in found.due] == ["Call"]
    assert found.hours == Decimal("3.75")
    assert found.more


def test_whoever_is_no_person_has_no_week_of_their_own(small: SmallPlan) -> None:
    assert week(SYSTEM, of="mine", around=MONDAY).due == ()
    assert week_line(replace(small.see("olivia"), person_id=None), UUID(small.first)) is None


def test_a_manager_sees_the_teams_week_and_others_only_their_own(small: SmallPlan) -> None:
    due(small, small.first, "olivia", "2026-11-24")
    due(small, small.second, "tom", "2026-11-25")
    assert titles(small, "maya", "team") == ["Call", "Travel"]
    assert titles(small, "maya") == []
    assert titles(small, "tom", "team") == []
    assert titles(small, "oscar", "team") == titles(small, "vic", "team") == []


def test_ones_own_tactic_of_a_plan_out_of_sight_is_listed_and_marked(small: SmallPlan) -> None:
    due(small, small.first, "tom", "2026-11-24")
    (line,) = week(small.see("tom"), of="mine", around=MONDAY).due
    assert (line.title, line.plan, line.plan_title) == ("Call", None, "")
    tactic_mark(viewer=small.see("tom"), uid=small.first, status="done")
    with pytest.raises(NotFound):
        tactic_mark(viewer=small.see("tom"), uid=small.second, status="done")
    with pytest.raises(NotFound):
        graph(small.see("tom"), small.plan.uid)


def test_who_may_only_look_marks_nothing(small: SmallPlan) -> None:
    due(small, small.first, "vic", "2026-11-24")
    with pytest.raises(NotAllowed):
        tactic_mark(viewer=small.see("vic"), uid=small.first, status="done")


@pytest.mark.parametrize("status", ["moved", "dropped"])
def test_what_is_moved_or_dropped_needs_a_reason(small: SmallPlan, status: str) -> None:
    olivia = small.see("olivia")
    with pytest.raises(InvalidInput) as caught:
        tactic_mark(viewer=olivia, uid=small.first, status=status, due_on="2026-12-01")
    assert caught.value.field == "reason"


def test_what_is_moved_is_due_on_another_day(small: SmallPlan) -> None:
    olivia = small.see("olivia")
    due(small, small.first, "olivia", "2026-11-24")
    for day in ("", "2026-11-24"):
        with pytest.raises(InvalidInput) as caught:
            tactic_mark(viewer=olivia, uid=small.first, status="moved", reason="Ill", due_on=day)
        assert caught.value.field == "due_on"
    tactic_mark(viewer=olivia, uid=small.first, status="moved", reason="Ill", due_on="2026-12-01")
    assert titles(small, "olivia") == []
    assert titles(small, "olivia", day=date(2026, 12, 1)) == ["Call"]


def test_marks_and_check_ins_go_on_while_a_plan_is_carried_out(small: SmallPlan) -> None:
    olivia = small.see("olivia")
    objective = small.add("objective", title="Five plants", metric="count", target="5")
    uid = accepted(small)
    done = tactic_mark(viewer=olivia, uid=small.first, status="done")
    plan_begin(viewer=olivia, uid=uid)
    objective_check_in(viewer=olivia, uid=objective, actual="3")
    found = graph(olivia, uid)
    assert found.objectives[0].actual == Decimal(3)
    assert [tactic.status for tactic in found.tactics] == ["done", "planned"]
    assert changes_of(olivia, uid)[0].can_undo
    change_undo(viewer=olivia, plan_uid=uid, number=done.number)
    assert [tactic.status for tactic in graph(olivia, uid).tactics] == ["planned", "planned"]
    plan_close(viewer=olivia, uid=uid)
    with pytest.raises(Conflict):
        tactic_mark(viewer=olivia, uid=small.first, status="done")


def test_nothing_is_marked_while_a_plan_waits_for_acceptance(small: SmallPlan) -> None:
    plan_submit(viewer=small.see("olivia"), uid=str(small.plan.uid))
    with pytest.raises(Conflict):
        tactic_mark(viewer=small.see("olivia"), uid=small.first, status="done")


def test_a_quarters_tactics_stand_for_its_years(small: SmallPlan) -> None:
    due(small, small.first, "olivia", "2027-02-03")
    quarter = plan_cut(viewer=small.see("olivia"), uid=str(small.plan.uid), period="FY2027-Q1")
    assert (quarter.parent, quarter.previous) == (small.plan, small.plan)
    day = date(2027, 2, 3)
    (line,) = week(small.see("olivia"), of="mine", around=day).due
    assert line.plan == quarter.uid


def test_next_years_plan_is_cut_with_what_is_unfinished(small: SmallPlan) -> None:
    olivia = small.see("olivia")
    tactic_mark(viewer=olivia, uid=small.first, status="done")
    following = plan_cut(viewer=olivia, uid=str(small.plan.uid), period="FY2028")
    found = graph(olivia, following.uid)
    assert [tactic.title for tactic in found.tactics] == ["Travel"]
    assert [strategy.title for strategy in found.strategies] == ["Land in energy"]
    assert (following.parent, following.previous) == (None, small.plan)
    for period in ("FY2026", "FY2026-Q4", "FY2027"):
        with pytest.raises(InvalidInput):
            plan_cut(viewer=olivia, uid=str(small.plan.uid), period=period)
