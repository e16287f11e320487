"""The whitespace grid: what each viewer sees of it, as page, as cells and as workbook."""

import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.analysed_book import analysed_book
from tests.conftest import TODAY, Cast, SmallBook
from tests.worlds import KeptWorld

from groundplan.insight.models import AccountResult
from groundplan.insight.tier_overrides import tiers_override
from groundplan.kernel import clock
from groundplan.people.contracts import SYSTEM
from groundplan.people.models import User

SignIn = Callable[[User], Client]


@pytest.fixture
def analysed(kept_world: KeptWorld[SmallBook]) -> SmallBook:
    return kept_world(analysed_book)


def cells(client: Client, **query: str) -> dict[str, dict[str, object]]:
    """What the island gets: account name to product name to cell."""
    page = client.get(f"/whitespace/cells.json?{urlencode(query)}").json()
    labels = [column["label"] for column in page["columns"]]
    return {row["label"]: dict(zip(labels, row["cells"], strict=True)) for row in page["rows"]}


def test_before_the_first_import_the_page_leads_to_it(cast: Cast, signed_in: SignIn) -> None:
    assert 'href="/imports/"' in signed_in(cast.liam).get("/whitespace/").content.decode()
    assert 'href="/imports/"' not in _main(signed_in(cast.olivia))
    assert signed_in(cast.liam).get("/whitespace/cells.json").status_code == 404


def _main(client: Client) -> str:
    return client.get("/whitespace/").content.decode().split("<main")[1].split("</main>")[0]


def test_each_state_shows_in_its_cell(analysed: SmallBook, signed_in: SignIn) -> None:
    seen = cells(signed_in(analysed.cast.liam))
    assert seen["Alder Foods"]["Widget"] == "owned"
    assert seen["Alder Foods"]["Gadget"] == "open"
    assert _state(seen["Beacon Energy"]["Gadget"]) == "competitor"
    assert _state(seen["Beacon Energy"]["Widget"]) == "whitespace"


def test_a_tier_set_by_hand_counts_in_the_grid_until_its_last_day(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    browser = signed_in(analysed.cast.liam)
    computed = AccountResult.objects.get(account=analysed.alder).tier
    other = "C" if computed != "C" else "A"
    with clock.fixed(TODAY):
        tiers_override(
            viewer=SYSTEM,
            uids=[analysed.alder.uid],
            tier=other,
            reason="A new plant.",
            expires_on=TODAY + timedelta(days=3),
        )
        assert _tiers(browser)["Alder Foods"] == other
        assert "Alder Foods" in cells(browser, tier=other)
        assert "Alder Foods" not in cells(browser, tier=computed)
    with clock.fixed(TODAY + timedelta(days=4)):
        assert _tiers(browser)["Alder Foods"] == computed
        assert "Alder Foods" not in cells(browser, tier=other)


def _tiers(browser: Client) -> dict[str, str]:
    rows = browser.get("/whitespace/cells.json").json()["rows"]
    return {row["label"]: row["tier"] for row in rows}


def _state(cell: object) -> object:
    return cell[0] if isinstance(cell, list) else cell


@pytest.mark.parametrize(
    ("name", "accounts"),
    [
        ("liam", 6),
        ("maya", 5),
        ("olivia", 3),
        ("tom", 2),
        ("vic", 1),
        ("oscar", 1),
    ],
)
def test_a_viewer_gets_cells_of_their_own_accounts_only(
    analysed: SmallBook, signed_in: SignIn, name: str, accounts: int
) -> None:
    client = signed_in(getattr(analysed.cast, name))
    seen = cells(client)
    assert len(seen) == accounts
    assert ("Umbra Chemicals" in seen) is (name in {"liam", "oscar"})
    assert ("Umbra Chemicals" in _main(client)) is (name in {"liam", "oscar"})


@pytest.mark.parametrize("name", ["olivia", "maya", "tom"])
def test_an_outsider_gets_404_for_a_cell_and_its_fragment(
    analysed: SmallBook, signed_in: SignIn, name: str
) -> None:
    client = signed_in(getattr(analysed.cast, name))
    for column in (analysed.widget.uid, "Hardware"):
        query = urlencode({"account": analysed.umbra.uid, "product": column})
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.get(f"/whitespace/cell/?{query}", headers=headers)
            assert answer.status_code == 404


@pytest.mark.parametrize("query", ["", "account=x&product=y", "account=%00&product="])
def test_a_cell_that_is_none_is_404(analysed: SmallBook, signed_in: SignIn, query: str) -> None:
    assert signed_in(analysed.cast.liam).get(f"/whitespace/cell/?{query}").status_code == 404


def test_an_outsider_gets_nothing_of_others_in_totals_and_workbook(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    client = signed_in(analysed.cast.tom)
    assert "Olivia" not in client.get("/whitespace/totals/").content.decode()
    book = _workbook(client)
    read = {str(cell) for name in book.sheet_names for row in _rows(book, name) for cell in row}
    assert not read & {"Umbra Chemicals", "Beacon Energy", "Orphan Textiles"}
    assert "Cobalt Motors" in read


def _workbook(client: Client, query: str = "") -> CalamineWorkbook:
    answer = client.get(f"/whitespace/workbook.xlsx?{query}")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def _rows(book: CalamineWorkbook, name: str) -> list[list[object]]:
    return book.get_sheet_by_name(name).to_python()  # type: ignore[return-value]


def test_page_cells_and_workbook_give_one_total(analysed: SmallBook, signed_in: SignIn) -> None:
    client = signed_in(analysed.cast.liam)
    page = client.get("/whitespace/cells.json").json()
    rows = sum((Decimal(row["totalExact"]) for row in page["rows"]), Decimal(0))
    assert Decimal(page["footer"]["totalExact"]) == rows
    assert f'data-value="{rows.normalize():f}' in _main(client)
    grid = _rows(_workbook(client), "Whitespace")
    assert grid[-1][-2] == float(rows)


def test_filters_narrow_the_rows(analysed: SmallBook, signed_in: SignIn) -> None:
    client = signed_in(analysed.cast.liam)
    assert set(cells(client, q="alder")) == {"Alder Foods", "Alder Labs"}
    assert set(cells(client, industry="Energy")) == {"Beacon Energy"}
    owner = analysed.cast.tom.person
    assert owner is not None
    assert set(cells(client, owner=str(owner.uid))) == {"Cobalt Motors"}
    assert set(cells(client, category="Nothing")["Alder Foods"]) == set()


@pytest.mark.parametrize("query", ["owner=nobody", "by=x&roll=y", "after=zzz", "tier=%27"])
def test_an_address_edited_by_hand_breaks_nothing(
    analysed: SmallBook, signed_in: SignIn, query: str
) -> None:
    client = signed_in(analysed.cast.liam)
    assert client.get(f"/whitespace/?{query}").status_code in (200, 422)
    assert client.get(f"/whitespace/cells.json?{query}").status_code in (200, 422)


def test_by_category_and_parent_the_cells_are_put_together(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    client = signed_in(analysed.cast.liam)
    assert set(cells(client, by="category")["Alder Foods"]) == {"Hardware"}
    families = cells(client, roll="parent")
    assert "Alder Foods (+1)" in families
    assert "Alder Labs" not in families


def test_a_family_is_put_together_only_from_what_the_viewer_sees(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    assert "Alder Foods" in cells(signed_in(analysed.cast.tom), roll="parent")


def test_the_panel_gives_the_reasons_with_their_traces(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    query = urlencode({"account": analysed.beacon.uid, "product": analysed.widget.uid})
    client = signed_in(analysed.cast.olivia)
    part = client.get(f"/whitespace/cell/?{query}", headers={"HX-Request": "true"})
    text = part.content.decode()
    assert "<html" not in text
    assert "similar accounts own it" in text
    for measure in ("expected", "probability", "amount"):
        assert f"measure=whitespace.{measure}&amp;account={analysed.beacon.uid}" in text
    assert "<html" in client.get(f"/whitespace/cell/?{query}").content.decode()


def test_what_is_owned_already_is_expected_no_second_time(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    query = urlencode({"account": analysed.alder.uid, "product": analysed.widget.uid})
    panel = signed_in(analysed.cast.olivia).get(f"/whitespace/cell/?{query}").content.decode()
    assert "Bought so far" in panel
    assert "Why we think so" not in panel
    assert "measure=whitespace.probability" not in panel


def test_the_panel_of_a_category_lists_its_products(analysed: SmallBook, signed_in: SignIn) -> None:
    query = urlencode({"account": analysed.alder.uid, "product": "Hardware"})
    text = signed_in(analysed.cast.olivia).get(f"/whitespace/cell/?{query}").content.decode()
    assert "Widget" in text
    assert "Gadget" in text


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/whitespace/", 18),
        ("/whitespace/cells.json", 10),
        ("/whitespace/cells.json?roll=parent", 10),
        ("/whitespace/totals/", 11),
    ],
)
def test_the_number_of_queries_is_small(
    analysed: SmallBook,
    signed_in: SignIn,
    django_assert_max_num_queries: Callable[[int], object],
    *,
    address: str,
    most: int,
) -> None:
    client = signed_in(analysed.cast.maya)
    with django_assert_max_num_queries(most):  # type: ignore[attr-defined]
        assert client.get(address).status_code == 200
