"""Ways through a plan, up and down."""

from dataclasses import replace

import pytest
from hypothesis import given

from groundplan.plans.contracts import AnyPart, Goal, Graph
from groundplan.plans.rules.tree import Node, path_up, tree_below, whole_tree

from .drawn import PLANS
from .good import good_plan, uid, with_strategies


def titles(parts: tuple[AnyPart, ...]) -> list[str]:
    return [part.title for part in parts]


def outline(node: Node, depth: int = 0) -> list[str]:
    lines = [f"{'.' * depth}{node.part.title}"]
    for one in node.below:
        lines += outline(one, depth + 1)
    return lines


def test_a_tactic_shows_its_path_up_to_goals_and_evidence() -> None:
    path = path_up(good_plan(), uid("tactic service"))
    assert titles(path.above) == ["service", "service"]
    assert titles(path.goals) == ["Hospitals call us first", "Nobody waits for spare parts"]
    assert titles(path.objectives) == ["Revenue by service", "Revenue by displace"]
    assert titles(path.opportunities) == ["service"]
    cited = [(part.uid, one.evidence.label) for part, one in path.evidence]
    assert cited == [
        (uid("service"), "They renew in autumn (service)"),
        (uid("opportunity service"), "Opportunity service"),
    ]


def test_a_tactic_that_names_no_objective_works_for_those_of_its_strategy() -> None:
    path = path_up(with_strategies(3), uid("tactic strategy 1"))
    assert titles(path.objectives) == ["Revenue by strategy 1"]


def test_a_prepared_answer_leads_up_to_its_risk() -> None:
    path = path_up(good_plan(), uid("prepared"))
    assert titles(path.above) == ["Lease instead", "The tender is put off"]
    assert (path.goals, path.objectives, path.evidence) == ((), (), ())


def test_an_objective_leads_to_its_strategy_s_goals_and_evidence() -> None:
    path = path_up(good_plan(), uid("objective service"))
    assert (titles(path.objectives), len(path.goals)) == (["Revenue by service"], 2)
    assert uid("service") in {part.uid for part, _ in path.evidence}


def test_a_goal_shows_its_tree_of_work() -> None:
    node = tree_below(good_plan(), uid("goal service"))
    assert outline(node) == [
        "Hospitals call us first",
        ".service",
        "..service",
        "...Call on service",
        ".displace",
        "..displace",
        "...Call on displace",
    ]
    assert titles(node.objectives) == ["Revenue by service"]
    assert [titles(one.objectives) for one in node.below] == [
        ["Revenue by service"],
        ["Revenue by displace"],
    ]


def test_strategies_without_a_goal_stand_in_the_tree_too() -> None:
    plan = good_plan()
    alone = replace(plan.strategies[0], goals=())
    plan = replace(plan, strategies=(alone, plan.strategies[1]))
    assert [outline(one)[0] for one in whole_tree(plan)][-1] == "service"


def test_what_is_no_part_of_the_plan_has_no_path() -> None:
    with pytest.raises(KeyError):
        path_up(good_plan(), uid("nowhere"))


@given(PLANS)
def test_every_part_of_every_plan_has_a_path_and_a_tree(plan: Graph) -> None:
    for part in plan.parts():
        path = path_up(plan, part.uid)
        assert part not in path.above
        assert path.goals == tuple(one for one in plan.goals if one in path.goals)
        assert tree_below(plan, part.uid).part is part
    tops = [node.part for node in whole_tree(plan)]
    assert [one for one in tops if isinstance(one, Goal)] == list(plan.goals)
