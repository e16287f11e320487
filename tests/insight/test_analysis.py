"""The analysis from the book to the pointer, on the small book."""

import pytest

from groundplan.insight.models import AccountResult, AnalysisRun
from groundplan.insight.services import analyse
from groundplan.kernel import clock
from groundplan.snapshots.selectors import current
from tests.conftest import TODAY, SmallBook

pytestmark = pytest.mark.django_db


@pytest.fixture
def analysed(book: SmallBook) -> SmallBook:
    with clock.fixed(TODAY):
        analyse()
    return book


def test_an_analysis_gives_every_account_a_result_and_shows_it(analysed: SmallBook) -> None:
    shown = current()
    assert shown is not None
    results = AccountResult.objects.filter(run__uid=shown.results_uid)
    assert results.count() == 6
    alder = results.get(account=analysed.alder)
    assert alder.owned_products == 1
    assert alder.weighted == 16_000
    assert alder.recognised == 25_000
    assert alder.goal == 100_000
