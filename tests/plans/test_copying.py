"""A quarter is cut from its year, next year from this one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from hypothesis import given

from groundplan.plans.contracts import AnyPart, Graph, Objective, Tactic
from groundplan.plans.rules.copying import Days, next_parts, quarter_parts
from groundplan.plans.rules.links import by_uid
from groundplan.plans.rules.typing import graph_of, kind_of

from .drawn import PLANS
from .good import good_plan, plan_head, uid

QUARTER = Days(date(2027, 4, 1), date(2027, 6, 30))
NEXT = Days(date(2028, 1, 1), date(2028, 12, 31))


def made(parts: tuple[AnyPart, ...]) -> Graph:
    return graph_of(plan_head(), [(kind_of(part), part) for part in parts])


def titles(parts: tuple[AnyPart, ...]) -> list[str]:
    return [part.title for part in parts]


def with_tactics(*tactics: Tactic) -> Graph:
    return replace(good_plan(), tactics=tactics)


def tactic(name: str, **values: object) -> Tactic:
    first = good_plan().tactics[0]
    return replace(first, uid=uid(name), title=name, **values)  # type: ignore[arg-type]


def test_a_quarter_has_the_year_s_strategies_and_the_tactics_that_are_due_in_it() -> None:
    year = with_tactics(
        tactic("before", due_on=date(2027, 3, 31)),
        tactic("first day", due_on=date(2027, 4, 1)),
        tactic("last day", due_on=date(2027, 6, 30), hours_logged=Decimal(1)),
        tactic("after", due_on=date(2027, 7, 1)),
        tactic("some day", due_on=None),
        tactic("done", status="done"),
    )
    quarter = made(quarter_parts(year, QUARTER))
    assert titles(quarter.tactics) == ["first day", "last day", "some day"]
    assert titles(quarter.strategies) == titles(year.strategies)
    assert titles(quarter.goals) == titles(year.goals)
    assert [one.hours_logged for one in quarter.tactics] == [None] * 3


def test_a_quarter_has_its_share_of_the_year_s_objectives_by_days() -> None:
    revenue, meetings = made(quarter_parts(good_plan(), QUARTER)).objectives
    share = (Decimal(900_000) * 91 / 365).quantize(Decimal("0.01"))
    assert (revenue.target, revenue.due_on) == (share, date(2027, 6, 30))
    assert (meetings.target, meetings.per, meetings.due_on) == (
        Decimal(2),
        "week",
        date(2027, 6, 30),
    )


def test_what_is_counted_once_a_year_has_a_share_in_a_quarter_too() -> None:
    plan = good_plan()
    yearly = replace(plan.objectives[0], target=Decimal(365), per="year")
    (cut,) = made(quarter_parts(replace(plan, objectives=(yearly,)), QUARTER)).objectives
    assert (cut.target, cut.per) == (Decimal(91), "")


def test_quarters_of_a_year_add_up_to_it() -> None:
    firsts = [date(2027, 1, 1), date(2027, 4, 1), date(2027, 7, 1), date(2027, 10, 1)]
    lasts = [date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30), date(2027, 12, 31)]
    cut = [
        made(quarter_parts(good_plan(), Days(*days))).objectives[0].target or Decimal(0)
        for days in zip(firsts, lasts, strict=True)
    ]
    assert abs(sum(cut, Decimal(-900_000))) <= Decimal("0.02")


def test_an_objective_that_is_over_is_not_the_quarter_s() -> None:
    plan = good_plan()
    early = replace(plan.objectives[0], due_on=date(2027, 3, 1))
    cut = made(quarter_parts(replace(plan, objectives=(early,)), QUARTER))
    assert cut.objectives == ()


def test_references_among_copies_lead_to_copies() -> None:
    quarter = made(quarter_parts(good_plan(), QUARTER))
    known = by_uid(quarter)
    assert not known.keys() & by_uid(good_plan()).keys()
    strategy, objective = quarter.strategies[0], quarter.objectives[0]
    assert objective.strategy == strategy.uid
    assert [known[goal].title for goal in strategy.goals] == titles(good_plan().goals)
    assert known[strategy.opportunities[0]].title == "service"


def test_next_year_begins_with_what_is_unfinished() -> None:
    plan = with_tactics(
        tactic("done", status="done"),
        tactic("dropped", status="dropped"),
        tactic("moved", status="moved", reason="They were ill", parent=uid("work displace")),
    )
    following = made(next_parts(plan, NEXT))
    assert titles(following.strategies) == ["displace"]
    assert titles(following.initiatives) == ["displace"]
    (left,) = following.tactics
    assert (left.title, left.status, left.reason, left.due_on) == ("moved", "planned", "", None)
    assert titles(following.objectives) == ["Revenue by displace"]
    assert titles(following.opportunities) == ["displace"]


def test_what_was_reached_stays_behind() -> None:
    following = made(next_parts(good_plan(), NEXT, reached=[uid("objective service")]))
    assert titles(following.objectives) == ["Revenue by displace"]
    checked_in = replace(good_plan().objectives[0], actual=Decimal(900_000))
    plan = replace(good_plan(), objectives=(checked_in,))
    assert made(next_parts(plan, NEXT)).objectives == ()


def test_next_year_s_objectives_end_when_this_year_s_did() -> None:
    due = [one.due_on for one in made(next_parts(good_plan(), NEXT)).objectives]
    assert due == [date(2028, 12, 31)] * 2
    plan = good_plan()
    middle: Objective = replace(plan.objectives[0], due_on=date(2027, 7, 1))
    (again,) = made(next_parts(replace(plan, objectives=(middle,)), NEXT)).objectives
    assert again.due_on == date(2028, 6, 30)


def test_answers_are_judged_again() -> None:
    following = made(next_parts(good_plan(), NEXT))
    assert [one.is_suggested for one in following.answers] == [True, True]
    assert following.answers[0].evidence == good_plan().answers[0].evidence


@given(PLANS)
def test_copies_of_every_plan_refer_to_copies_only(plan: Graph) -> None:
    for parts in (quarter_parts(plan, QUARTER), next_parts(plan, NEXT)):
        graph = made(parts)
        known = by_uid(graph)
        assert len(known) == len(parts)
        assert not known.keys() & by_uid(plan).keys()
        assert all(part.parent is None or part.parent in known for part in parts)
        linked: set[UUID | None] = {None}
        linked |= {uid for one in graph.strategies for uid in (*one.goals, *one.opportunities)}
        linked |= {uid for one in graph.objectives for uid in (one.strategy, one.goal)}
        linked |= {uid for one in graph.tactics for uid in one.objectives}
        assert linked - {None} <= known.keys()
