"""How far objectives are."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from groundplan.plans.contracts import Objective
from groundplan.plans.rules.metrics import in_period, metric_of, pace

from .good import good_plan, plan_head


def objective(**values: Any) -> Objective:
    return replace(good_plan().objectives[0], **values)


@pytest.mark.parametrize(
    ("per", "target"), [("", 2), ("week", 104), ("month", 24), ("quarter", 8), ("year", 2)]
)
def test_a_target_for_each_week_or_month_is_that_many_in_the_year(per: str, target: int) -> None:
    counted = objective(metric="meetings", target=Decimal(2), per=per)
    assert in_period(counted, plan_head()) == target


def test_coverage_does_not_add_up() -> None:
    share = objective(metric="coverage", target=Decimal(80), per="month")
    assert in_period(share, plan_head()) == 80


def test_pace_is_the_actual_against_time_elapsed() -> None:
    day = date(2027, 1, 31)
    found = pace(objective(target=Decimal(365_000)), plan_head(), Decimal(30_999), day)
    assert (round(found.expected), found.is_behind) == (31_000, True)
    assert found.elapsed == 31 / 365
    on_time = pace(objective(target=Decimal(365_000)), plan_head(), Decimal(31_000), day)
    assert (on_time.is_behind, on_time.is_reached, on_time.done) == (False, False, 31_000 / 365_000)


def test_coverage_is_due_on_its_day_and_not_before() -> None:
    share = objective(metric="coverage", target=Decimal(80), due_on=date(2027, 6, 30))
    assert not pace(share, plan_head(), Decimal(10), date(2027, 6, 29)).is_behind
    assert pace(share, plan_head(), Decimal(10), date(2027, 6, 30)).is_behind


def test_nobody_is_behind_what_is_not_known_or_not_set() -> None:
    unknown = pace(objective(), plan_head(), None, date(2027, 12, 31))
    assert (unknown.is_behind, unknown.done) == (False, None)
    unset = pace(objective(target=None), plan_head(), Decimal(5), date(2027, 12, 31))
    assert (unset.is_behind, unset.done, unset.is_reached) == (False, None, False)


def test_time_before_the_plan_and_after_the_day_is_bounded() -> None:
    assert pace(objective(), plan_head(), None, date(2026, 1, 1)).elapsed == 0
    assert pace(objective(), plan_head(), None, date(2029, 1, 1)).elapsed == 1
    over = objective(due_on=date(2026, 6, 1))
    assert pace(over, plan_head(), None, date(2027, 1, 1)).elapsed == 1


def test_an_unknown_metric_is_an_own_count() -> None:
    own = metric_of("Theatre plans handed over")
    assert (own.name, own.is_counted, own.unit) == ("Theatre plans handed over", False, "number")
