"""Managers' plans roll up those below them."""

from decimal import Decimal

import pytest
from tests.plans.conftest import PERIOD, SmallPlan

from groundplan.kernel.errors import NotFound
from groundplan.plans.selectors.rolling import rolled_up
from groundplan.plans.services import part_add, plan_create


def target(small: SmallPlan, name: str, plan: str, **values: str) -> None:
    said = {"title": values["metric"], **values}
    part_add(viewer=small.see(name), plan_uid=plan, kind="objective", values=said)


@pytest.fixture
def above(small: SmallPlan) -> str:
    """Maya's plan; Olivia's, Tom's and Oscar's have revenue to reach, Olivia's also meetings."""
    uids = {
        name: str(
            plan_create(
                viewer=small.see(name), subject="territory", period=PERIOD, prefill=False
            ).uid
        )
        for name in ("maya", "tom", "oscar")
    }
    target(small, "maya", uids["maya"], metric="revenue", target="1000")
    target(small, "tom", uids["tom"], metric="revenue", target="300")
    target(small, "oscar", uids["oscar"], metric="revenue", target="5000")
    olivia = str(small.plan.uid)
    target(small, "olivia", olivia, metric="revenue", target="400")
    target(small, "olivia", olivia, metric="revenue", target="50")
    target(small, "olivia", olivia, metric="meetings", target="2", per="month")
    target(small, "olivia", olivia, metric="coverage", target="80")
    return uids["maya"]


def test_a_managers_plan_sums_those_of_the_team(small: SmallPlan, above: str) -> None:
    found = rolled_up(small.see("maya"), above)
    assert [(line.owner, line.objectives) for line in found.plans] == [("Olivia", 4), ("Tom", 1)]
    assert [(one.metric, one.own, one.below, one.gap) for one in found.metrics] == [
        ("revenue", Decimal(1000), Decimal(750), Decimal(250)),
        ("meetings", Decimal(0), Decimal(24), Decimal(-24)),
    ]


def test_a_directors_plan_counts_a_managers_instead_of_the_teams(
    small: SmallPlan, above: str
) -> None:
    liam = small.see("liam")
    plan = plan_create(viewer=liam, subject="territory", period=PERIOD, prefill=False)
    found = rolled_up(liam, plan.uid)
    assert [line.owner for line in found.plans] == ["Maya", "Oscar"]
    assert [one.below for one in found.metrics] == [Decimal(6000)]


def test_a_leader_sees_the_same_and_an_outsider_nothing(small: SmallPlan, above: str) -> None:
    assert rolled_up(small.see("liam"), above) == rolled_up(small.see("maya"), above)
    for name in ("oscar", "olivia", "vic"):
        with pytest.raises(NotFound):
            rolled_up(small.see(name), above)


def test_a_sellers_plan_has_nothing_below_it(small: SmallPlan, above: str) -> None:
    assert rolled_up(small.see("olivia"), small.plan.uid).plans == ()
