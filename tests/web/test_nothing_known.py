"""What pages show where facts don't suffice: words or a dash, and no number that means nothing."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.test import Client
from tests.conftest import Cast, SmallBook

from groundplan.book.models import Opportunity
from groundplan.people.models import User
from groundplan.web.pages.imports.checking import RejectGroup

Enter = Callable[[User], Client]


def main(browser: Client, address: str) -> str:
    page = browser.get(address).content.decode()
    return page.split("<main")[1].split("</main>")[0]


def test_of_many_opportunities_that_are_over_the_latest_are_shown_and_the_rest_led_to(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    Opportunity.objects.bulk_create(
        Opportunity(
            account=book.alder,
            name=f"Lost number {number:02}",
            stage=book.lost,
            amount=Decimal(5),
            close_on=date(2026, 1, 1) + timedelta(days=number),
        )
        for number in range(11)
    )
    browser = signed_in(cast.olivia)
    address = f"/accounts/{book.alder.uid}/"
    page = main(browser, address)
    assert "<b>Lost</b> 11" in page
    assert page.count("Lost number") == 8
    assert "Lost number 10" in page
    assert re.search(r'href="\?deals=all#deals">3 earlier ones<', page)
    page = main(browser, f"{address}?deals=all")
    assert page.count("Lost number") == 11
    assert "deals=all" not in page


def test_what_was_lost_at_no_amount_is_told_without_one(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    for stage, name in ((book.lost, "Lost deal"), (book.qualified, "Open deal")):
        Opportunity.objects.create(
            account=book.beacon, name=name, stage=stage, amount=Decimal(0), currency="SEK"
        )
    page = main(signed_in(cast.olivia), f"/accounts/{book.beacon.uid}/")
    amounts = re.findall(r'data-label="Amount">(.*?)</td>', page)
    assert len(amounts) == 2
    assert 'data-value="0' in amounts[0]
    assert "data-value" not in amounts[1]


def test_reasons_of_single_rows_are_shown_only_where_they_differ() -> None:
    group = ("orders.csv", "date", "is not a date", 2)
    assert not RejectGroup(*group, examples=((2, "x", "is not a date"),)).vary
    assert RejectGroup(*group, examples=((2, "x", "is not a date (day 31)"),)).vary
