"""What the check knows of quotas, ranges and profiles."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.conftest import SmallBook
from tests.demo_world import DemoWorld

from groundplan.book.models import Account, AccountTeamMember, ProfileStatement
from groundplan.insight.models import AnalysisRun
from groundplan.insight.ranges.selectors import person_range
from groundplan.insight.traces import explain
from groundplan.organisation.selectors import calendar
from groundplan.people.contracts import Scope
from groundplan.people.models import Person
from groundplan.people.selectors import scope_of
from groundplan.plans.contracts import Surroundings
from groundplan.plans.models import FindingSeverity, Plan, Waiver
from groundplan.plans.rules.periods import period_of
from groundplan.plans.selectors.actuals import benchmark
from groundplan.plans.selectors.checking import check
from groundplan.plans.selectors.graphs import graph_of_plan
from groundplan.plans.selectors.outlook import Outlook, outlook_of
from groundplan.plans.selectors.plans import plan_of
from groundplan.plans.selectors.reach import reach_of
from groundplan.plans.selectors.surroundings import surroundings
from groundplan.plans.services import part_add, part_remove, plan_create
from groundplan.snapshots.selectors import current

from .conftest import SmallPlan


def around(viewer: Scope, plan: Plan) -> Surroundings:
    found = plan_of(viewer, plan.uid)
    return surroundings(viewer, found, graph_of_plan(found))


def performance_write(run: AnalysisRun, rows: list[tuple[int, str, int]]) -> None:
    """What each person is to bring in and brought in, in each quarter."""
    folder = Path(settings.GROUNDPLAN_HOME) / "results" / str(run.uid)
    folder.mkdir(parents=True)
    names = ("goal", "recognised", "backlog", "weighted", "open_amount")
    table = [
        {"owner_id": owner, "quarter": quarter, **{name: Decimal(goal) for name in names}}
        for owner, quarter, goal in rows
    ]
    pq.write_table(pa.Table.from_pylist(table), folder / "performance.parquet")


@pytest.fixture
def quotas(book: SmallBook, results: AnalysisRun) -> SmallBook:
    """Olivia is to bring in 10 a quarter, Tom 7, Oscar 1000; Maya has no quota of her own."""
    people = {"olivia": 10, "tom": 7, "oscar": 1000}
    performance_write(
        results,
        [
            (getattr(book.cast, name).person_id, f"FY2027-Q{number}", amount)
            for name, amount in people.items()
            for number in range(1, 5)
        ],
    )
    return book


def person(viewer: Scope) -> Person:
    return Person.objects.get(user=viewer.user_id)


def territory(book: SmallBook, name: str, period: str = "FY2027") -> Plan:
    return plan_create(
        viewer=book.cast.see(name), subject="territory", period=period, prefill=False
    )


@pytest.mark.parametrize(("period", "goal"), [("FY2027", 40), ("FY2027-Q2", 10)])
def test_the_revenue_goal_is_the_owner_s_quota_of_the_period(
    quotas: SmallBook, period: str, goal: int
) -> None:
    plan = territory(quotas, "olivia", period)
    assert around(quotas.cast.see("olivia"), plan).revenue_goal == goal


def test_a_manager_without_a_quota_answers_for_those_below(quotas: SmallBook) -> None:
    plan = territory(quotas, "maya")
    assert around(quotas.cast.see("maya"), plan).revenue_goal == 68


def test_an_account_s_goal_is_for_a_year_and_a_quarter_has_its_days(quotas: SmallBook) -> None:
    olivia = quotas.cast.see("olivia")
    for period, goal in (("FY2027", Decimal(100_000)), ("FY2027-Q1", Decimal(9_000_000) / 365)):
        plan = plan_create(
            viewer=olivia,
            subject="account",
            period=period,
            account_uid=str(quotas.alder.uid),
            prefill=False,
        )
        assert around(olivia, plan).revenue_goal == goal


def test_before_the_first_analysis_nothing_is_known(small: SmallPlan) -> None:
    found = around(small.see("olivia"), small.plan)
    assert (found.revenue_goal, found.low, found.high, found.open_questions) == (
        None,
        None,
        None,
        {},
    )


def stated(account: Account, topic: str, **fields: object) -> None:
    plain = {"text": "So it is", "source": "Annual report", "author": "Olivia"}
    ProfileStatement.objects.create(
        account=account,
        topic=topic,
        as_of=date(2026, 10, 1),
        written_at=timezone.now(),
        **{**plain, **fields},
    )


def cite(small: SmallPlan, account: Account) -> None:
    """A second strategy goes after something at the account."""
    chosen = small.add("opportunity", title="Widgets", account=str(account.uid))
    small.add("strategy", title="Sell widgets", opportunities=chosen)


def test_questions_are_asked_of_accounts_that_strategies_cite(small: SmallPlan) -> None:
    olivia, alder = small.see("olivia"), small.book.alder
    stated(alder, "culture")
    stated(alder, "market_position", source="")
    stated(alder, "market_dynamics", withdrawn_at=timezone.now())
    assert around(olivia, small.plan).open_questions == {}
    cite(small, alder)
    assert around(olivia, small.plan).open_questions == {
        str(alder.uid): ("heading", "influencers", "market")
    }
    codes = [one.code for one in check(olivia, small.plan.uid).findings]
    assert codes.count("GP801") == 1


def test_nothing_is_asked_of_an_account_that_the_viewer_may_not_see(small: SmallPlan) -> None:
    umbra = small.book.umbra
    shared = AccountTeamMember.objects.create(account=umbra, person=small.plan.owner)
    cite(small, umbra)
    shared.delete()
    assert around(small.see("olivia"), small.plan).open_questions == {}
    assert around(small.see("liam"), small.plan).open_questions != {}


def test_severities_are_the_organisation_s_and_waivers_the_plan_s(small: SmallPlan) -> None:
    FindingSeverity.objects.create(code="GP401", severity="note")
    for plan in (small.plan, territory(small.book, "tom")):
        Waiver.objects.create(
            plan=plan,
            code="GP703",
            where=f"team{plan.owner_id}",
            reason="New",
            actor="Maya",
            at=timezone.now(),
        )
    found = around(small.see("olivia"), small.plan)
    assert found.severities == {"GP401": "note"}
    assert found.waived == {("GP703", f"team{small.plan.owner_id}")}


def test_the_check_costs_as_many_queries_for_many_parts_as_for_few(
    small: SmallPlan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    olivia = small.see("olivia")
    cite(small, small.book.alder)
    check(olivia, small.plan.uid)
    with django_assert_num_queries(QUERIES):
        check(olivia, small.plan.uid)
    for number in range(5):
        small.add("tactic", parent=small.initiative, title=f"Step {number}")
    cite(small, small.book.beacon)
    with django_assert_num_queries(QUERIES):
        check(olivia, small.plan.uid)


QUERIES = 8


def test_the_range_of_the_year_bounds_an_objective(demo_world: DemoWorld) -> None:
    seller, leader = scope_of(demo_world.seller), scope_of(demo_world.leader)
    rows = Account.objects.filter(owner=seller.person_id, plans=None)
    account = str(rows.order_by("name")[0].uid)
    year, quarter = (
        plan_create(
            viewer=seller, subject="account", period=period, account_uid=account, prefill=False
        )
        for period in ("FY2027", "FY2027-Q4")
    )
    found = around(seller, year)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.high
    part_add(
        viewer=seller,
        plan_uid=str(year.uid),
        kind="objective",
        values={"title": "All of it", "metric": "revenue", "target": str(2 * found.high)},
    )
    assert "GP304" in {one.code for one in check(seller, year.uid).findings}
    # Ranges of quarters come after those of the year.
    assert (around(seller, quarter).low, around(seller, quarter).high) == (None, None)
    territory = Plan(
        owner=person(seller),
        subject="territory",
        period="FY2027",
        starts_on=year.starts_on,
        ends_on=year.ends_on,
    )
    shown = current()
    assert shown is not None
    of_person = person_range(leader, shown, seller.person_id)
    assert of_person is not None
    expected = outlook_of(reach_of(seller, territory), shown)
    assert expected == Outlook(of_person.p10, of_person.p50, of_person.p90)
    assert outlook_of(reach_of(seller, quarter), shown) == Outlook(why="not drawn")
    outsider = scope_of(demo_world.outsider)
    assert outlook_of(reach_of(outsider, territory), shown) == Outlook(why="not seen")


def test_the_range_of_a_quarter_bounds_its_plan_s_objectives(demo_quarters: DemoWorld) -> None:
    seller, shown = scope_of(demo_quarters.seller), current()
    assert shown is not None
    account = Account.objects.filter(owner=seller.person_id, plans=None).order_by("name")[0]
    plan = plan_create(
        viewer=seller,
        subject="account",
        period="FY2028-Q1",
        account_uid=str(account.uid),
        prefill=False,
    )
    found, beside = around(seller, plan), benchmark(seller, plan_of(seller, plan.uid))
    low, high = found.low, found.high
    assert low is not None
    assert high is not None
    assert low < high
    for name, value in (("p10", low), ("p90", high)):
        assert explain(seller, beside.traces[name]).value.value == value
    for target, told in ((high * 2, True), ((low + high) / 2, False), (low / 2, True)):
        done = part_add(
            viewer=seller,
            plan_uid=str(plan.uid),
            kind="objective",
            values={"title": "All of it", "metric": "revenue", "target": str(target)},
        )
        assert ("GP304" in {one.code for one in check(seller, plan.uid).findings}) is told
        part_remove(viewer=seller, uid=str(done.uid))


def test_a_quarter_that_is_over_has_no_range_and_one_far_ahead_none_yet(
    demo_quarters: DemoWorld,
) -> None:
    seller, shown = scope_of(demo_quarters.seller), current()
    assert shown is not None
    why = {}
    for key in ("FY2027-Q2", "FY2027-Q4", "FY2028-Q4", "FY2029-Q1"):
        days = period_of(calendar(), key)
        plan = Plan(
            owner=person(seller),
            subject="territory",
            period=key,
            starts_on=days.starts_on,
            ends_on=days.ends_on,
        )
        why[key] = outlook_of(reach_of(seller, plan), shown).why
    assert list(why.values()) == ["over", "", "", "far ahead"]


def test_the_range_of_a_manager_s_territory_is_that_of_all_below_together(
    demo_world: DemoWorld,
) -> None:
    leader, shown = scope_of(demo_world.leader), current()
    assert shown is not None
    Plan.objects.filter(owner=leader.person_id).delete()
    plan = plan_create(viewer=leader, subject="territory", period="FY2027", prefill=False)
    reach = reach_of(leader, plan_of(leader, plan.uid))
    found = outlook_of(reach, shown)
    beside = benchmark(leader, plan_of(leader, plan.uid))
    assert (found.why, beside.outlook) == ("", found)
    for name, value in (("p10", found.p10), ("p50", found.p50), ("p90", found.p90)):
        trace = beside.traces[name]
        assert trace is not None
        assert explain(leader, trace).value.value == value
    alone = [person_range(leader, shown, one) for one in sorted(reach.persons)]
    p10 = sum((one.p10 for one in alone if one), Decimal(0))
    p90 = sum((one.p90 for one in alone if one), Decimal(0))
    assert found.p10 is not None
    assert found.p90 is not None
    # Not everybody has a bad year at once, nor a good one.
    assert p10 < found.p10 < found.p90 < p90
