"""How far objectives are, counted from facts where facts can tell."""

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pytest_django import DjangoAssertNumQueries
from tests.conftest import SmallBook

from groundplan.book.models import Account, Contact, Interaction
from groundplan.insight.models import AnalysisRun
from groundplan.kernel import clock
from groundplan.kernel.figures import Trace
from groundplan.people.contracts import Scope
from groundplan.plans.models import Plan
from groundplan.plans.selectors.actuals import Actual, actuals
from groundplan.plans.selectors.graphs import graph_of_plan
from groundplan.plans.selectors.plans import plan_of
from groundplan.plans.services import part_add, plan_create
from groundplan.snapshots.selectors import current

from .test_surroundings import performance_write

DAY = date(2026, 11, 22)


@pytest.fixture
def plan(book: SmallBook, results: AnalysisRun) -> Plan:
    """Olivia's territory in the fiscal year of the results, on a day late in it."""
    performance_write(
        results,
        [(book.cast.olivia.person_id or 0, f"FY2026-Q{number}", 10) for number in (1, 2, 3, 4)]
        + [(book.cast.oscar.person_id or 0, "FY2026-Q1", 1000)],
    )
    return plan_create(
        viewer=book.cast.see("olivia"), subject="territory", period="FY2026", prefill=False
    )


def actual_of(viewer: Scope, plan: Plan, **values: str) -> Actual:
    """The actual of an objective that Olivia adds."""
    done = part_add(
        viewer=viewer,
        plan_uid=str(plan.uid),
        kind="objective",
        values={"title": "Objective", "target": "100", "due_on": "2026-12-31", **values},
    )
    with clock.fixed(DAY):
        found = plan_of(viewer, plan.uid)
        return actuals(viewer, found, graph_of_plan(found))[done.uid]


def met(account: Account, day: date, kind: str = "meeting", **more: Any) -> None:
    Interaction.objects.create(account=account, date=day, kind=kind, **more)


def test_revenue_is_what_the_territory_s_person_is_credited_with(
    book: SmallBook, plan: Plan
) -> None:
    found = actual_of(book.cast.see("olivia"), plan, metric="revenue")
    assert (found.pace.actual, found.is_counted) == (Decimal(80), True)
    owner = book.cast.olivia.person
    assert owner is not None
    assert found.trace == Trace.of("revenue.actual", owner=owner.uid, period="FY2026")


def test_pipeline_is_what_is_open_in_the_period(book: SmallBook, plan: Plan) -> None:
    found = actual_of(book.cast.see("olivia"), plan, metric="pipeline")
    assert (found.pace.actual, found.is_counted) == (Decimal(40), True)


def test_revenue_of_a_tier_or_base_is_summed_by_account(book: SmallBook, plan: Plan) -> None:
    olivia = book.cast.see("olivia")
    # Alder has tier A and is the one customer; each account brought in 25,000.
    assert actual_of(olivia, plan, metric="revenue", tier="A").pace.actual == 25_000
    assert actual_of(olivia, plan, metric="revenue", base="customer").pace.actual == 25_000
    assert actual_of(olivia, plan, metric="revenue", tier="C", base="customer").pace.actual == 0


def test_what_facts_cannot_tell_is_checked_in(book: SmallBook, plan: Plan) -> None:
    olivia = book.cast.see("olivia")
    for values in ({"metric": "count"}, {"metric": "revenue", "category": "Hardware"}):
        found = actual_of(olivia, plan, actual="7", **values)
        assert (found.pace.actual, found.is_counted, found.trace) == (Decimal(7), False, None)
    assert actual_of(olivia, plan, metric="count").pace.actual is None


def test_meetings_and_campaigns_of_the_territory_are_counted(book: SmallBook, plan: Plan) -> None:
    olivia = book.cast.see("olivia")
    met(book.alder, date(2026, 1, 1))
    met(book.beacon, date(2026, 11, 22))
    met(book.alder, date(2025, 12, 31))
    met(book.umbra, date(2026, 5, 5))
    met(book.alder, date(2026, 6, 1), archived_at=clock.now())
    for account in (book.alder, book.beacon):
        met(account, date(2026, 3, 3), "campaign", subject="Spring letter")
    met(book.alder, date(2026, 4, 4), "campaign")
    assert actual_of(olivia, plan, metric="meetings").pace.actual == 2
    assert actual_of(olivia, plan, metric="campaigns").pace.actual == 2


def test_only_what_happened_by_the_objective_s_day_counts(book: SmallBook, plan: Plan) -> None:
    met(book.alder, date(2026, 6, 30))
    met(book.alder, date(2026, 7, 1))
    found = actual_of(book.cast.see("olivia"), plan, metric="meetings", due_on="2026-06-30")
    assert found.pace.actual == 1


def test_coverage_is_the_share_of_accounts_that_anybody_was_in_touch_with(
    book: SmallBook, plan: Plan
) -> None:
    olivia = book.cast.see("olivia")
    Contact.objects.update(last_contacted_on=None)
    met(book.beacon, date(2026, 2, 2), "call")
    found = actual_of(olivia, plan, metric="coverage").pace.actual
    assert found is not None
    assert round(found) == 33
    Contact.objects.filter(account=book.alder).update(last_contacted_on=date(2026, 5, 5))
    again = actual_of(olivia, plan, metric="coverage").pace.actual
    assert again is not None
    assert round(again) == 67


def test_new_logos_are_accounts_that_bought_for_the_first_time(book: SmallBook, plan: Plan) -> None:
    shown = current()
    assert shown is not None
    rows = {book.alder: date(2026, 5, 1), book.beacon: date(2025, 5, 1), book.umbra: DAY}
    table = [{"account_id": account.pk, "first_on": day} for account, day in rows.items()]
    pq.write_table(pa.Table.from_pylist(table), shown.folder / "account_totals.parquet")
    olivia = book.cast.see("olivia")
    assert actual_of(olivia, plan, metric="new_logos").pace.actual == 1


def test_an_account_s_plan_counts_what_happened_there(book: SmallBook, plan: Plan) -> None:
    olivia = book.cast.see("olivia")
    of_account = plan_create(
        viewer=olivia,
        subject="account",
        period="FY2026",
        account_uid=str(book.alder.uid),
        prefill=False,
    )
    met(book.alder, date(2026, 2, 2))
    met(book.beacon, date(2026, 2, 2))
    assert actual_of(olivia, of_account, metric="meetings").pace.actual == 1


def test_many_objectives_cost_no_more_queries_than_few(
    book: SmallBook, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    olivia = book.cast.see("olivia")
    for number in range(20):
        for metric in ("revenue", "meetings", "campaigns", "coverage"):
            part_add(
                viewer=olivia,
                plan_uid=str(plan.uid),
                kind="objective",
                values={
                    "title": "Objective",
                    "metric": metric,
                    "target": "1",
                    "due_on": f"2026-12-{number + 1:02d}",
                },
            )
    found = plan_of(olivia, plan.uid)
    whole = graph_of_plan(found)
    with clock.fixed(DAY), django_assert_max_num_queries(8):
        assert len(actuals(olivia, found, whole)) == 80


def test_before_the_first_analysis_money_is_checked_in(book: SmallBook) -> None:
    olivia = book.cast.see("olivia")
    plan = plan_create(viewer=olivia, subject="territory", period="FY2026", prefill=False)
    found = actual_of(olivia, plan, metric="revenue", actual="12")
    assert (found.pace.actual, found.is_counted) == (Decimal(12), False)
