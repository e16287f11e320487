"""The small book after its first analysis, which is the same for all tests."""

from tests.conftest import TODAY, SmallBook, book_create, cast_create

from groundplan.insight.services import analyse
from groundplan.kernel import clock


def analysed_book() -> SmallBook:
    book = book_create(cast_create())
    with clock.fixed(TODAY):
        analyse()
    return book
