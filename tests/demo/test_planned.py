"""The demonstration's plans: one without a hole, one with those that plans usually have."""

from tests.demo_world import DemoWorld

from groundplan.people.selectors import scope_of
from groundplan.plans.contracts import Checked
from groundplan.plans.models import Plan
from groundplan.plans.selectors.checking import check

USUAL = {
    "GP101",  # a goal copies the quota
    "GP102",  # a goal without objective
    "GP201",  # too few strategies
    "GP301",  # an objective without a quantity
    "GP302",  # and without a day
    "GP401",  # tactics without owner, day and hours
    "GP402",
    "GP403",
    "GP501",  # a risk without contingency
    "GP702",  # no review date
    "GP801",  # an account of which nobody knows enough
}


def checked(world: DemoWorld, title: str) -> Checked:
    return check(scope_of(world.leader), Plan.objects.get(title=title).uid)


def test_nothing_is_found_in_the_good_plan(demo_world: DemoWorld) -> None:
    found = checked(demo_world, "US East FY27")
    assert found.findings == ()
    assert found.fact_ratio is not None
    assert found.fact_ratio > 0.8


def test_the_holed_plan_has_the_usual_holes(demo_world: DemoWorld) -> None:
    codes = {one.code for one in checked(demo_world, "US Central FY28").findings}
    assert codes >= USUAL


def test_year_plans_have_quarters_and_one_is_a_customers(demo_world: DemoWorld) -> None:
    cut = Plan.objects.filter(parent__isnull=False)
    assert {plan.period for plan in cut} == {"FY2027-Q4", "FY2028-Q1"}
    account = Plan.objects.get(subject="account", period="FY2028")
    assert account.state == "submitted"
    assert cut.filter(parent=account).exists()
