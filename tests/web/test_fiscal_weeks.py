"""Fiscal years of weeks: set on a page, summed up by quarters, called by their right names."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.test import Client
from tests.conftest import TODAY, SmallBook

from groundplan.book.models import Opportunity, Quota
from groundplan.insight.services import analyse
from groundplan.kernel import clock
from groundplan.people.models import Role, User

SignIn = Callable[[User], Client]
SETTINGS = {
    "name": "Nordwind",
    "currency": "USD",
    "time_zone": "UTC",
    "fiscal_start_month": "1",
    "fiscal_pattern": "445",
    "stale_after_days": "90",
}
# The Mondays nearest to the first of January are 29 December 2025 and 4 January 2027.
WON = {
    date(2025, 12, 28): 1,  # the last day of the year before
    date(2025, 12, 29): 10,
    date(2026, 3, 29): 100,  # Q1 ends
    date(2026, 3, 30): 1_000,
    date(2026, 9, 27): 10_000,  # Q3 ends
    date(2026, 9, 28): 100_000,
}
OPEN = {
    date(2027, 1, 3): 1_000_000,  # the 53rd week
    date(2027, 1, 4): 10_000_000,
}


def deals(book: SmallBook) -> None:
    Opportunity.objects.all().delete()
    for stage, amounts in ((book.won, WON), (book.qualified, OPEN)):
        for day, amount in amounts.items():
            Opportunity.objects.create(
                account=book.alder,
                owner=book.alder.owner,
                stage=stage,
                name=str(amount),
                amount=amount,
                probability=Decimal(1),
                close_on=day,
                closed_on=day if stage is book.won else None,
            )
    Quota.objects.create(
        person_id=book.alder.owner_id or 0,
        period_start=date(2025, 12, 29),
        period_end=date(2027, 1, 3),
        amount=371,
    )


def shown(page: str, measure: str) -> dict[str, Decimal]:
    """The figures of a measure, by period."""
    found = re.findall(
        rf'measure={re.escape(measure)}&amp;period=([\w-]+)[^"]*" data-value="([^"]+)"', page
    )
    return {period: Decimal(value) for period, value in found}


def test_quarters_of_weeks_sum_up_to_the_year_and_the_53rd_week_is_its_last(
    book: SmallBook, signed_in: SignIn
) -> None:
    deals(book)
    administrator = User.objects.create(email="a@example.com", name="Ada", role=Role.ADMINISTRATOR)
    with clock.fixed(TODAY):
        settings = signed_in(administrator).post("/settings/", SETTINGS, follow=True)
        analyse()
        page = signed_in(book.cast.olivia).get("/").content.decode()
        goals, forecasts = shown(page, "goal"), shown(page, "revenue.forecast")
        rows = [
            signed_in(book.cast.olivia).get(f"/numbers/?measure=goal&scope=mine&period={period}")
            for period in ("FY2026-Q1", "FY2026-Q4")
        ]
    told = settings.content.decode()
    assert "53 weeks" in told
    assert re.findall(r'<td class="num">(\d+)</td><td class="num">(\d+)</td>', told) == [
        ("13", "91"),
        ("13", "91"),
        ("13", "91"),
        ("14", "98"),
    ]
    quarters = [f"FY2026-Q{number}" for number in (1, 2, 3, 4)]
    assert [forecasts[key] for key in quarters] == [110, 1_000, 10_000, 1_100_000]
    assert [goals[key] for key in quarters] == [91, 91, 91, 98]
    for found in (goals, forecasts):
        assert sum(found[key] for key in quarters) == found["FY2026"]
    assert [row.status_code for row in rows] == [200, 200]
    names = re.findall(r">(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.?<", page)
    assert " ".join(names) == "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
