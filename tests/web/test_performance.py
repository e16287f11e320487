"""Performance: each viewer's numbers, that parts sum to the whole, and the files."""

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.conftest import TODAY, SmallBook, book_create, cast_create
from tests.worlds import KeptWorld

from groundplan.book.models import Opportunity, Quota
from groundplan.insight.contracts import Amounts, PerformanceRow
from groundplan.insight.services import analyse
from groundplan.kernel import clock
from groundplan.people.models import User
from groundplan.web.pages.performance.lines import Row, lines_in
from groundplan.web.pages.performance.tree import Member, grown

SignIn = Callable[[User], Client]


@pytest.fixture
def analysed(kept_world: KeptWorld[SmallBook]) -> SmallBook:
    return kept_world(_analysed)


def _analysed() -> SmallBook:
    book = book_create(cast_create())
    for user, amount in ((book.cast.olivia, 400_000), (book.cast.oscar, 300_000)):
        assert user.person is not None
        Quota.objects.create(
            person=user.person,
            period_start="2026-01-01",
            period_end="2026-12-31",
            amount=Decimal(amount),
        )
    for account, amount, day in (
        (book.umbra, 9_000, "2026-05-02"),
        (book.cobalt, 500, "2026-09-01"),
    ):
        Opportunity.objects.create(
            account=account,
            name="Won",
            product=book.widget,
            stage=book.won,
            amount=Decimal(amount),
            close_on=day,
            closed_on=day,
        )
    with clock.fixed(TODAY):
        analyse()
    return book


def main(client: Client, address: str = "/performance/") -> str:
    return client.get(address).content.decode().split("<main")[1].split("</main>")[0]


def total(page: str, measure: str) -> Decimal:
    """The value in the table's foot."""
    foot = page.split("<tfoot>")[1]
    found = re.search(rf'measure={re.escape(measure)}&amp;[^"]*" data-value="([^"]+)"', foot)
    assert found, measure
    return Decimal(found[1])


@pytest.mark.parametrize(
    ("name", "seen", "unseen"),
    [
        ("olivia", "Olivia", "Oscar"),
        ("maya", "Olivia", "Oscar"),
        ("liam", "Oscar", "Nobody else"),
        ("oscar", "Oscar", "Olivia"),
    ],
)
@pytest.mark.parametrize("by", ["tree", "owner"])
def test_a_viewer_sees_persons_they_cover(
    analysed: SmallBook, signed_in: SignIn, name: str, seen: str, *, unseen: str, by: str
) -> None:
    page = main(signed_in(getattr(analysed.cast, name)), f"/performance/?by={by}")
    assert seen in page
    assert unseen not in page


@pytest.mark.parametrize("by", ["owner", "team", "quarter", "tree"])
def test_however_it_is_cut_the_total_is_the_same(
    analysed: SmallBook, signed_in: SignIn, by: str
) -> None:
    page = main(signed_in(analysed.cast.liam), f"/performance/?by={by}&period=FY2026")
    assert total(page, "revenue.recognised") == Decimal(34_500)
    assert total(page, "goal") == Decimal(700_000)
    assert total(page, "pipeline.weighted") == Decimal(16_000)


def test_quarters_sum_to_the_year(analysed: SmallBook, signed_in: SignIn) -> None:
    client = signed_in(analysed.cast.liam)
    quarters = [main(client, f"/performance/?period=FY2026-Q{n}") for n in range(1, 5)]
    for measure in ("revenue.recognised", "goal", "pipeline.weighted"):
        year = total(main(client, "/performance/?period=FY2026"), measure)
        assert sum(total(page, measure) for page in quarters) == year


@pytest.mark.parametrize("name", ["olivia", "maya", "vic", "tom"])
def test_an_outsider_gets_404_for_a_persons_year(
    analysed: SmallBook, signed_in: SignIn, name: str
) -> None:
    oscar = analysed.cast.oscar.person
    assert oscar is not None
    client = signed_in(getattr(analysed.cast, name))
    assert client.get(f"/performance/{oscar.uid}/").status_code == 404


def test_a_persons_year_is_by_quarter(analysed: SmallBook, signed_in: SignIn) -> None:
    olivia = analysed.cast.olivia.person
    assert olivia is not None
    page = main(signed_in(analysed.cast.maya), f"/performance/{olivia.uid}/?period=FY2026")
    assert page.count("<tr>") == 6
    assert total(page, "revenue.recognised") == Decimal(25_000)


def test_the_files_hold_what_the_page_shows(analysed: SmallBook, signed_in: SignIn) -> None:
    client = signed_in(analysed.cast.liam)
    content = b"".join(client.get("/performance/export.csv?by=owner").streaming_content)  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(content.decode().removeprefix("\ufeff"))))
    assert sum(Decimal(row["Recognised"]) for row in rows) == Decimal(34_500)
    answer = client.get("/performance/workbook.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    for name in ("By person", "By team", "By account", "By quarter"):
        assert book.get_sheet_by_name(name).to_python()[-1][2] == 34_500.0


def test_an_outsider_gets_nothing_of_others_in_the_files(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    client = signed_in(analysed.cast.olivia)
    for by in ("owner", "team", "account"):
        answer = client.get(f"/performance/export.csv?by={by}")
        text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
        assert "Oscar" not in text
        assert "Umbra" not in text
        assert "South" not in text


@pytest.mark.parametrize("query", ["period=FY9999", "period=x", "by=z", "period=FY2026-Q7"])
def test_an_address_edited_by_hand_breaks_nothing(
    analysed: SmallBook, signed_in: SignIn, query: str
) -> None:
    assert signed_in(analysed.cast.liam).get(f"/performance/?{query}").status_code == 200


def test_a_book_without_quotas_has_no_goal_and_no_gap_to_it(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    held = signed_in(analysed.cast.olivia).get("/").content.decode()
    assert "measure=goal.gap" in held
    assert "no goal is set" not in held
    free = signed_in(analysed.cast.tom).get("/").content.decode()
    assert "measure=revenue.forecast" in free
    assert "measure=goal.gap" not in free
    assert "no goal is set" in free


def test_few_queries_whatever_the_number_of_persons(
    analysed: SmallBook, signed_in: SignIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = signed_in(analysed.cast.liam)
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
        client.get("/performance/")


def _row(key: str, recognised: int) -> PerformanceRow:
    return PerformanceRow(key, key, Amounts(recognised=Decimal(recognised)))


def test_in_the_tree_what_stands_below_adds_up() -> None:
    members = [
        Member("boss", "Boss", "/1/"),
        Member("a", "A", "/1/2/"),
        Member("b", "B", "/1/3/"),
        Member("idle", "Idle", "/1/4/"),
    ]
    rows = {"boss": _row("boss", 5), "a": _row("a", 7), "b": _row("b", 11), "": _row("", 2)}
    found = grown(members, rows)
    told = [(one.name, one.depth, one.own, int(one.amounts.recognised)) for one in found]
    assert told == [
        ("Boss", 0, False, 23),
        ("Boss", 1, True, 5),
        ("A", 1, True, 7),
        ("B", 1, True, 11),
        ("", 0, True, 2),
    ]


def test_a_period_that_has_not_begun_has_no_pace_but_a_goal() -> None:
    ahead, unset = (
        lines_in("EUR").line(Row("Q4", Amounts(goal=Decimal(goal)), 0.0, None)) for goal in (9, 0)
    )
    assert "its period has not begun" in ahead.pace
    assert "no goal is set" in unset.pace


def test_the_tree_of_a_manager_starts_with_them() -> None:
    members = [Member("maya", "Maya", "/1/2/"), Member("olivia", "Olivia", "/1/2/5/")]
    found = grown(members, {"olivia": _row("olivia", 3)})
    assert [(one.name, one.depth) for one in found] == [("Maya", 0), ("Olivia", 1)]


def test_a_managers_number_is_the_rows_of_everybody_below(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    client = signed_in(analysed.cast.maya)
    found = re.findall(r'href="(/numbers/[^"]+reports=1)" data-value="([^"]+)"', main(client))
    told = {address.split("measure=")[1].split("&")[0]: value for address, value in found}
    assert Decimal(told["revenue.recognised"]) == Decimal(25_500)
    for address, value in found:
        if "recognised" in address or "weighted" in address:
            page = client.get(address.replace("&amp;", "&")).content.decode()
            shown = re.search(r'data-total="([^"]+)"', page)
            assert shown
            assert Decimal(shown[1]) == Decimal(value)
