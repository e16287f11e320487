"""What is left to sell in all: one definition for pages and traces."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db.models import Sum
from tests.analysed_book import analysed_book
from tests.conftest import TODAY, SmallBook
from tests.worlds import KeptWorld

from groundplan.book.models import AccountTeamMember
from groundplan.insight.selectors import results_of, whitespace_totals
from groundplan.insight.selectors.totals import Dimension
from groundplan.insight.traces import explain
from groundplan.kernel import clock
from groundplan.kernel.figures import Trace

DIMENSIONS: tuple[Dimension, ...] = ("segment", "category", "owner", "tier", "industry")


@pytest.fixture
def analysed(kept_world: KeptWorld[SmallBook]) -> Iterator[SmallBook]:
    """Tom works with Olivia on her account."""
    book = kept_world(analysed_book)
    assert AccountTeamMember.objects.filter(account=book.alder, person=book.cast.tom.person)
    with clock.fixed(TODAY):
        yield book


def summed(book: SmallBook, who: str, dimension: Dimension) -> Decimal:
    found = whitespace_totals(book.cast.see(who), dimension)
    return sum((one.expected for one in found), Decimal(0))


@pytest.mark.parametrize("who", ["olivia", "tom", "maya", "liam"])
def test_every_dimension_adds_up_to_what_the_trace_lists(analysed: SmallBook, who: str) -> None:
    traced = explain(analysed.cast.see(who), Trace("whitespace.total")).value.value
    assert {summed(analysed, who, dimension) for dimension in DIMENSIONS} == {traced}


def test_an_account_that_somebody_only_works_on_counts_for_its_owner(analysed: SmallBook) -> None:
    tom = analysed.cast.see("tom")
    assert results_of(tom).filter(account=analysed.alder).exists()
    owned = results_of(tom).filter(account__owner=tom.person_id)
    assert summed(analysed, "tom", "category") == (owned.aggregate(s=Sum("whitespace"))["s"] or 0)
    assert [one.label for one in whitespace_totals(tom, "owner")] in ([], ["Tom"])


def test_each_segment_leads_to_its_own_sum(analysed: SmallBook) -> None:
    viewer = analysed.cast.see("liam")
    for one in whitespace_totals(viewer, "segment"):
        traced = explain(viewer, Trace.of("whitespace.total", segment=one.key))
        assert traced.value.value == one.expected
