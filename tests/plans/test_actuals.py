"""How far objectives are, counted from facts where facts can tell."""

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pytest_django import DjangoAssertNumQueries
from tests.conftest import SmallBook
from tests.insight.facts import facts_write

from groundplan.book.models import Account, Contact, Interaction
from groundplan.insight.models import AnalysisRun, TierOverride
from groundplan.insight.traces import explain
from groundplan.kernel import clock
from groundplan.kernel.errors import InvalidInput, NotFound
from groundplan.kernel.figures import Trace
from groundplan.people.contracts import Scope
from groundplan.plans.models import Plan, PlanMember, PlanPart
from groundplan.plans.selectors.actuals import Actual, actuals
from groundplan.plans.selectors.graphs import graph_of_plan
from groundplan.plans.selectors.plans import plan_of
from groundplan.plans.services import part_add, part_update, plan_create
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
    bought(book)
    return plan_create(
        viewer=book.cast.see("olivia"), subject="territory", period="FY2026", prefill=False
    )


def bought(book: SmallBook) -> None:
    """Alder bought before the year and in it, Beacon for the first time; Umbra is Oscar's."""
    shown = current()
    assert shown is not None
    accounts = (book.alder, book.alder_labs, book.beacon, book.umbra)
    line = {"product_id": book.widget.pk, "channel": "direct"}
    deal = {"product_id": book.gadget.pk, "outcome": "open", "probability": 0.5}
    facts_write(
        shown.folder,
        shown.results,
        accounts=[
            {"account_id": one.pk, "owner_id": one.owner_id, "is_customer": one == book.alder}
            for one in accounts
        ],
        products=[
            {"product_id": book.widget.pk, "category": "Hardware"},
            {"product_id": book.gadget.pk, "category": "Services"},
        ],
        purchases=[
            {**line, "account_id": book.alder.pk, "date": date(2025, 5, 1), "amount": 1},
            {**line, "account_id": book.alder.pk, "date": date(2026, 2, 1), "amount": 20},
            {
                "account_id": book.beacon.pk,
                "product_id": book.gadget.pk,
                "channel": "partner",
                "date": date(2026, 5, 1),
                "amount": 300,
            },
            {
                **line,
                "account_id": book.beacon.pk,
                "date": date(2026, 12, 10),
                "amount": 4000,
                "status": "backlog",
            },
            {**line, "account_id": book.umbra.pk, "date": date(2026, 5, 1), "amount": 50_000},
        ],
        deals=[
            {
                **deal,
                "account_id": book.alder.pk,
                "owner_id": book.alder.owner_id,
                "close_on": date(2026, 12, 15),
                "amount": 70,
                "channel": "partner",
            }
        ],
        tiers={book.alder.pk: "A", book.beacon.pk: "B", book.umbra.pk: "A"},
    )


def actual_of(
    viewer: Scope, plan: Plan, later: dict[str, str] | None = None, /, **values: str
) -> Actual:
    """The actual of an objective that Olivia adds; `later` is what it says by then besides."""
    done = part_add(
        viewer=viewer,
        plan_uid=str(plan.uid),
        kind="objective",
        values={"title": "Objective", "target": "100", "due_on": "2026-12-31", **values},
    )
    row = PlanPart.objects.get(uid=done.uid)
    row.values |= later or {}
    row.save(update_fields=["values"])
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


PARTS: tuple[tuple[dict[str, str], int], ...] = (
    ({"tier": "A"}, 20),
    ({"tier": "C"}, 0),
    ({"base": "customer"}, 20),
    ({"base": "prospect"}, 4300),
    ({"category": "hardware"}, 4020),
    ({"category": "Services", "channel": "Partner", "tier": "B", "base": "prospect"}, 300),
    ({"channel": "direct", "base": "prospect"}, 4000),
    ({"due_on": "2026-06-30"}, 320),
    ({"due_on": "2026-12-09", "category": "Hardware"}, 20),
)


@pytest.mark.parametrize(("values", "amount"), PARTS)
def test_revenue_of_a_part_is_counted_and_leads_to_its_order_lines(
    values: dict[str, str], amount: int, book: SmallBook, plan: Plan
) -> None:
    olivia = book.cast.see("olivia")
    found = actual_of(olivia, plan, metric="revenue", **values)
    assert (found.pace.actual, found.is_counted) == (Decimal(amount), True)
    assert found.trace is not None
    assert explain(olivia, found.trace).value.value == amount


def test_a_tier_that_a_person_set_counts_for_revenue_too(book: SmallBook, plan: Plan) -> None:
    TierOverride.objects.create(
        account=book.beacon, tier="A", reason="Strategic", author="Maya", at=clock.now()
    )
    olivia = book.cast.see("olivia")
    found = actual_of(olivia, plan, metric="revenue", tier="A")
    assert found.pace.actual == 4320
    assert found.trace is not None
    assert explain(olivia, found.trace).value.value == 4320


def test_the_pipeline_of_a_part_is_counted(book: SmallBook, plan: Plan) -> None:
    olivia = book.cast.see("olivia")
    for values, amount in (
        ({"category": "Services"}, 70),
        ({"category": "Hardware"}, 0),
        ({"channel": "partner", "tier": "A", "base": "customer"}, 70),
    ):
        found = actual_of(olivia, plan, metric="pipeline", **values)
        assert (found.pace.actual, found.is_counted) == (Decimal(amount), True)
        assert found.trace is not None
        assert explain(olivia, found.trace).value.value == amount


WHY = {"count": "", "revenue": "no such part"} | dict.fromkeys(
    ("meetings", "new_logos"), "not by part"
)


def test_an_objective_is_of_a_category_and_a_channel_that_facts_know(
    book: SmallBook, plan: Plan
) -> None:
    olivia, uid = book.cast.see("olivia"), str(plan.uid)
    values = {"title": "Hardware by partners", "category": " hardware", "channel": "PARTNER"}
    done = part_add(viewer=olivia, plan_uid=uid, kind="objective", values=values)
    row = PlanPart.objects.get(uid=done.uid)
    assert (row.values["category"], row.values["channel"]) == ("Hardware", "partner")
    for field, mend in (("category", "Choose of Hardware, Services."), ("channel", "partner")):
        with pytest.raises(InvalidInput) as refused:
            part_update(viewer=olivia, uid=str(done.uid), values={field: "Nonsuch"})
        assert refused.value.field == field
        assert mend in refused.value.mend
    # What was said before facts knew better stays until somebody says something else.
    row.values["category"] = "Hardwear"
    row.save(update_fields=["values"])
    said = {"category": "Hardwear", "target": "5"}
    assert part_update(viewer=olivia, uid=str(done.uid), values=said).number
    for unknown in ("category", "channel"):
        assert part_update(viewer=olivia, uid=str(done.uid), values={unknown: ""}).number


def test_what_facts_cannot_tell_is_checked_in(book: SmallBook, plan: Plan) -> None:
    olivia = book.cast.see("olivia")
    gone = {"category": "Hardwear"}
    for values, later in (
        ({"metric": "count"}, {}),
        ({"metric": "revenue"}, gone),
        ({"metric": "meetings", "category": "Hardware"}, {}),
        ({"metric": "new_logos", "base": "customer"}, {}),
    ):
        found = actual_of(olivia, plan, later, actual="7", **values)
        assert (found.pace.actual, found.is_counted, found.trace) == (Decimal(7), False, None)
        assert found.why == WHY[values["metric"]]
    assert actual_of(olivia, plan, metric="count").pace.actual is None


def test_a_part_of_a_manager_s_numbers_is_not_taken_for_the_whole(
    book: SmallBook, plan: Plan
) -> None:
    maya = book.cast.see("maya")
    above = plan_create(viewer=maya, subject="territory", period="FY2026", prefill=False)
    found = actual_of(maya, above, metric="revenue", category="Hardware")
    assert found.pace.actual == 4020
    assert found.trace is not None
    assert explain(maya, found.trace).value.value == 4020
    PlanMember.objects.create(plan=above, person=plan.owner)
    row = plan_of(book.cast.see("olivia"), above.uid)
    (seen,) = actuals(book.cast.see("olivia"), row, graph_of_plan(row)).values()
    assert (seen.pace.actual, seen.is_counted, seen.why) == (None, False, "not seen")


@pytest.mark.parametrize(
    ("values", "meetings"),
    [({"tier": "A"}, 2), ({"base": "prospect"}, 1), ({"base": "customer", "tier": "B"}, 0)],
)
def test_meetings_are_counted_at_accounts_of_a_tier_and_base(
    values: dict[str, str], meetings: int, book: SmallBook, plan: Plan
) -> None:
    for account in (book.alder, book.alder, book.beacon, book.umbra):
        met(account, date(2026, 3, 1))
    found = actual_of(book.cast.see("olivia"), plan, metric="meetings", **values)
    assert (found.pace.actual, found.is_counted) == (Decimal(meetings), True)


@pytest.mark.parametrize(
    ("values", "logos"),
    [
        ({}, 1),
        ({"tier": "B"}, 1),
        ({"tier": "A"}, 0),
        ({"base": "prospect", "category": "Services"}, 1),
        ({"category": "Hardware"}, 0),
        ({"channel": "partner"}, 1),
    ],
)
def test_new_logos_of_a_part_first_bought_of_it(
    values: dict[str, str], logos: int, book: SmallBook, plan: Plan
) -> None:
    found = actual_of(book.cast.see("olivia"), plan, metric="new_logos", **values)
    assert (found.pace.actual, found.is_counted) == (Decimal(logos), True)


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


@pytest.mark.parametrize("metric", ["meetings", "campaigns", "coverage", "new_logos"])
def test_a_count_leads_to_the_rows_that_were_counted(
    book: SmallBook, plan: Plan, metric: str
) -> None:
    olivia = book.cast.see("olivia")
    Contact.objects.update(last_contacted_on=None)
    for day in (date(2026, 1, 1), date(2026, 3, 3), date(2027, 2, 2)):
        met(book.alder, day)
        met(book.umbra, day)
    met(book.alder, date(2026, 4, 4), "campaign", subject="Letter")
    met(book.beacon, date(2026, 4, 5), "campaign", subject="Letter")
    met(book.beacon, date(2026, 4, 6), "campaign")
    found = actual_of(olivia, plan, metric=metric)
    assert found.trace is not None
    with clock.fixed(DAY):
        told = explain(olivia, found.trace)
        assert told.rows is not None
        assert told.rows.count == told.rows.total == len(told.rows.cells)
        expected = float(found.pace.actual or 0)
        if metric == "coverage":
            reached, accounts = (float(part.figure.value or 0) for part in told.parts)
            assert (reached, expected) == (told.rows.count, 100 * reached / accounts)
        else:
            assert told.rows.count == expected == float(told.value.value or 0)
        with pytest.raises(NotFound):
            explain(book.cast.see("oscar"), found.trace)
        other = {"meetings": "campaigns"}.get(metric, "meetings")
        named = dict(found.trace.params)
        with pytest.raises(NotFound):
            explain(olivia, Trace.of(f"objective.{other}", **named))


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
