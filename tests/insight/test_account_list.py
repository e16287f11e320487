"""Pages of the list of accounts meet without gap or repeat, whatever ties and holes there are."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.conftest import Cast, SmallBook, account_create, result_create

from groundplan.insight.account import family_totals
from groundplan.insight.account_list import SORTS, AccountFilters, account_page, account_rows
from groundplan.insight.account_list.keyset import Place, as_text, from_text
from groundplan.insight.models import AnalysisRun
from groundplan.kernel.errors import InvalidInput
from groundplan.people.models import Person
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.selectors import current


def shown() -> CurrentSnapshot:
    found = current()
    assert found is not None
    return found


def crowd(run: AnalysisRun, owner: Person | None) -> None:
    """Accounts with equal numbers, without goals, without purchases and without results."""
    for number in range(9):
        goal = Decimal(40_000) if number % 3 else None
        account = account_create(f"Crowd {number % 4}", owner=owner, revenue_goal=goal)
        if number != 4:
            bought = date(2026, 1, 1 + number % 2) if number % 3 == 0 else None
            expected = Decimal(1_000) * (number % 2)
            result_create(run, account, expected=expected, last_purchase_on=bought)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("viewer", ["olivia", "liam"])
def test_pages_of_two_make_the_same_list_as_one_page(
    viewer: str, sort: str, results: AnalysisRun, cast: Cast
) -> None:
    crowd(results, cast.olivia.person)
    scope, now, filters = cast.see(viewer), shown(), AccountFilters()
    whole = account_page(scope, now, filters, sort=sort, size=100)
    assert whole.next == ""
    ids, after = [], ""
    while True:
        page = account_page(scope, now, filters, sort=sort, after=after, size=2)
        ids += [row.id for row in page.rows]
        after = page.next
        if not after:
            break
    assert ids == [row.id for row in whole.rows]
    assert len(set(ids)) == len(ids) == (12 if viewer == "olivia" else 15)


@pytest.mark.parametrize("sort", ["expected", "gap", "last_purchase"])
def test_few_and_many_accounts_are_read_in_the_same_order(
    sort: str, results: AnalysisRun, cast: Cast, book: SmallBook
) -> None:
    crowd(results, cast.olivia.person)
    assert cast.olivia.person is not None
    mine = AccountFilters(owner=cast.olivia.person.uid)
    narrow = [row.id for row in account_rows(cast.see("olivia"), shown(), mine, sort=sort)]
    everything = account_rows(cast.see("liam"), shown(), AccountFilters(), sort=sort)
    wide = [row.id for row in everything if row.owner == "Olivia"]
    assert narrow == wide


def test_what_has_no_value_comes_last(results: AnalysisRun, cast: Cast) -> None:
    crowd(results, cast.olivia.person)
    rows = account_page(cast.see("liam"), shown(), AccountFilters(), sort="gap", size=100).rows
    gaps = [row.gap for row in rows]
    known = [gap for gap in gaps if gap is not None]
    assert gaps == sorted(known) + [None] * (len(gaps) - len(known))
    assert None in gaps


def test_filters_say_what_needs_something(
    results: AnalysisRun, cast: Cast, book: SmallBook
) -> None:
    def names(viewer: str, **wanted: object) -> set[str]:
        filters = replace(AccountFilters(stale_since=date(2026, 6, 1)), **wanted)  # type: ignore[arg-type]
        return {row.name for row in account_page(cast.see(viewer), shown(), filters).rows}

    assert names("liam", needs=("owner",)) == {"Orphan Textiles"}
    assert "Alder Foods" not in names("olivia", needs=("name",))
    assert names("olivia", needs=("touch",)) == {"Alder Labs", "Beacon Energy"}
    assert names("olivia", kind="customer") == {"Alder Foods"}
    assert names("olivia", tier="B", text="beacon") == {"Beacon Energy"}


def test_before_the_first_analysis_the_list_is_by_name(book: SmallBook, cast: Cast) -> None:
    rows = account_page(cast.see("olivia"), None, AccountFilters()).rows
    assert [row.name for row in rows] == ["Alder Foods", "Alder Labs", "Beacon Energy"]
    assert not any(row.has_results for row in rows)


def test_a_family_adds_up_what_the_viewer_sees(
    results: AnalysisRun, cast: Cast, book: SmallBook
) -> None:
    whole = family_totals(cast.see("olivia"), shown(), book.alder)
    seen = family_totals(cast.see("tom"), shown(), book.alder)
    assert (whole.accounts, whole.expected) == (2, Decimal(30_500))
    assert (seen.accounts, seen.expected) == (1, Decimal(30_000))


@pytest.mark.parametrize("value", [None, Decimal("12.5000")])
def test_a_place_survives_its_way_through_an_address(value: Decimal | None) -> None:
    place = Place(value, 7)
    assert from_text("expected", Decimal, as_text("expected", place)) == place


@pytest.mark.parametrize("text", ["", "x", "W10", "WzFd", "eyJhIjoxfQ"])
def test_a_place_that_was_never_handed_out_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        from_text("expected", Decimal, text)
