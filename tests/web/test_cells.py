"""From cell to work on pages: who may, what they are asked, and what shows at once."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from tests.analysed_book import analysed_book
from tests.conftest import TODAY, Cast, SmallBook
from tests.worlds import KeptWorld

from groundplan.book.models import Account, CompetitorPosition, Opportunity, Product
from groundplan.insight.services import analyse
from groundplan.kernel import clock
from groundplan.people.models import User

SignIn = Callable[[User], Client]
MARKED = {"position": "in_house", "reason": "They build it themselves."}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def analysed(kept_world: KeptWorld[SmallBook]) -> Iterator[SmallBook]:
    with clock.fixed(TODAY + timedelta(days=1)):
        yield kept_world(analysed_book)


def value(account: Account, product: Product) -> str:
    return f"{account.uid}~{product.uid}"


def state(client: Client, account: Account, product: Product) -> str:
    """The cell's state as the grid has it."""
    page = client.get(f"/whitespace/cells.json?{urlencode({'q': account.name})}").json()
    place = [column["key"] for column in page["columns"]].index(str(product.uid))
    row = next(row for row in page["rows"] if row["key"] == str(account.uid))
    cell = row["cells"][place]
    return str(cell[0] if isinstance(cell, list) else cell)


def total(client: Client, account: Account) -> str:
    page = client.get(f"/whitespace/cells.json?{urlencode({'q': account.name})}").json()
    return str(next(row["totalExact"] for row in page["rows"] if row["key"] == str(account.uid)))


def undo_of(page: str) -> str:
    found = re.search(r'action="(/accounts/undo/[^"]+)"', page)
    assert found is not None
    return html.unescape(found[1])


def test_a_cell_becomes_an_opportunity_that_shows_at_once_and_is_undone_from_the_log(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    client, cell = signed_in(analysed.cast.olivia), (analysed.beacon, analysed.widget)
    before = total(client, analysed.beacon)
    asked = client.get(f"/whitespace/target/?{urlencode({'cell': value(*cell)})}", headers=HTMX)
    text = asked.content.decode()
    assert "<html" not in text
    assert "Make 1 opportunity" in text
    close_on = re.search(r'name="close_on" value="([^"]+)"', text)
    assert close_on is not None
    sent = {"cell": value(*cell), "close_on": close_on[1]}
    done = client.post("/whitespace/target/", sent, follow=True)
    assert "1 opportunity made." in done.content.decode()
    assert state(client, *cell) == "open"
    # Sums are the analysis' own until the next one; how many edits they lack is told.
    assert total(client, analysed.beacon) == before
    account = client.get(f"/accounts/{analysed.beacon.uid}/").content.decode()
    assert "Targeted" in account
    assert "look-alikes" in account
    log = client.get(f"/accounts/{analysed.beacon.uid}/changes/").content.decode()
    assert "made a targeted opportunity" in log
    client.post(undo_of(log))
    assert state(client, *cell) == "whitespace"
    assert not Opportunity.objects.filter(account=analysed.beacon, archived_at=None).exists()


def test_the_next_analysis_finds_a_targeted_cell_open(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    client, cell = signed_in(analysed.cast.olivia), (analysed.beacon, analysed.widget)
    client.post("/whitespace/target/", {"cell": value(*cell), "close_on": "2030-03-31"})
    before = total(client, analysed.beacon)
    analyse()
    assert state(client, *cell) == "open"
    assert total(client, analysed.beacon) != before


def test_marks_are_set_shown_with_their_reason_and_taken_back(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    client = signed_in(analysed.cast.olivia)
    cells = [(analysed.beacon, analysed.gadget), (analysed.alder_labs, analysed.gadget)]
    sent = {"cell": [value(*one) for one in cells], **MARKED}
    page = client.post("/whitespace/mark/", sent, follow=True).content.decode()
    assert "2 cells marked." in page
    assert [state(client, *one) for one in cells] == ["in_house", "in_house"]
    query = urlencode({"account": analysed.beacon.uid, "product": analysed.gadget.uid})
    panel = client.get(f"/whitespace/cell/?{query}").content.decode()
    assert MARKED["reason"] in panel
    assert "Take the mark back" in panel
    client.post("/whitespace/unmark/", {"cell": sent["cell"]})
    # What the import said counts again; the other one is whitespace as before.
    assert state(client, *cells[0]) == "competitor"
    assert state(client, *cells[1]) == "whitespace"


def test_the_account_page_offers_its_cells_and_comes_back_to_itself(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    client, cell = signed_in(analysed.cast.olivia), value(analysed.beacon, analysed.widget)
    part = client.get(f"/accounts/{analysed.beacon.uid}/whitespace/").content.decode()
    assert f'value="{cell}"' in part
    sent = {"cell": cell, "back": "account", **MARKED}
    done = client.post("/whitespace/mark/", sent)
    assert done["Location"] == f"/accounts/{analysed.beacon.uid}/"
    page = client.get(done["Location"]).content.decode()
    assert MARKED["reason"] in page
    assert f"/whitespace/unmark/?{urlencode({'cell': cell, 'back': 'account'})}" in html.unescape(
        page
    )


def test_an_opportunity_of_ones_own_choice_can_be_given_up(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    client, cell = signed_in(analysed.cast.olivia), (analysed.beacon, analysed.widget)
    client.post("/whitespace/target/", {"cell": value(*cell), "close_on": "2030-03-31"})
    uid = Opportunity.objects.get(account=analysed.beacon).uid
    client.post(f"/accounts/{analysed.beacon.uid}/opportunities/{uid}/", {"withdraw": "1"})
    assert state(client, *cell) == "whitespace"


def test_what_is_owned_or_offered_is_left_out_and_refused(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    client = signed_in(analysed.cast.olivia)
    for taken in (analysed.widget, analysed.gadget):
        cell = value(analysed.alder, taken)
        for kind in ("target", "mark"):
            asked = client.get(f"/whitespace/{kind}/?{urlencode({'cell': cell})}")
            assert "Left out:" in asked.content.decode()
            sent = {"cell": cell, "close_on": "2030-03-31", **MARKED}
            assert client.post(f"/whitespace/{kind}/", sent).status_code == 422
    assert not CompetitorPosition.objects.filter(by_hand=True).exists()
    assert not Opportunity.objects.exclude(grounds=None).exists()


def test_a_category_and_a_family_stand_for_their_cells(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    client = signed_in(analysed.cast.olivia)

    def asked(account: Account, roll: str) -> list[str]:
        query = {"cell": f"{account.uid}~Hardware", "roll": roll}
        page = client.get(f"/whitespace/target/?{urlencode(query)}").content.decode()
        return re.findall(r'name="cell" value="([^"]+)"', page)

    # What a competitor holds is only displaced where somebody means that very cell.
    beacon = value(analysed.beacon, analysed.widget)
    assert asked(analysed.beacon, "account") == [beacon]
    labs = {value(analysed.alder_labs, one) for one in (analysed.widget, analysed.gadget)}
    assert labs <= set(asked(analysed.alder, "parent"))
    assert not labs & set(asked(analysed.alder, "account"))
    other = value(analysed.beacon, analysed.gadget)
    sent = {"cell": [beacon, other], "close_on": "2030-03-31", f"close~{other}": "2031-01-31"}
    client.post("/whitespace/target/", sent)
    days = Opportunity.objects.filter(account=analysed.beacon).values_list("close_on", flat=True)
    assert sorted(map(str, days)) == ["2030-03-31", "2031-01-31"]
    query = urlencode({"cell": f"{analysed.umbra.uid}~Hardware", "roll": "parent"})
    assert client.get(f"/whitespace/target/?{query}").status_code == 404


@pytest.mark.parametrize("kind", ["target", "mark", "unmark"])
@pytest.mark.parametrize("name", ["tom", "oscar"])
def test_an_outsider_gets_404_and_changes_nothing(
    analysed: SmallBook, signed_in: SignIn, kind: str, name: str
) -> None:
    client = signed_in(getattr(analysed.cast, name))
    cell = value(analysed.beacon, analysed.widget)
    assert client.get(f"/whitespace/{kind}/?{urlencode({'cell': cell})}").status_code == 404
    sent = {"cell": cell, "close_on": "2030-03-31", **MARKED}
    assert client.post(f"/whitespace/{kind}/", sent).status_code == 404
    assert not Opportunity.objects.filter(account=analysed.beacon).exists()


@pytest.mark.parametrize("kind", ["target", "mark", "unmark"])
def test_who_may_only_look_is_refused_and_offered_nothing(
    analysed: SmallBook, signed_in: SignIn, kind: str
) -> None:
    client = signed_in(analysed.cast.vic)
    cell = value(analysed.alder, analysed.gadget)
    assert client.get(f"/whitespace/{kind}/?{urlencode({'cell': cell})}").status_code == 403
    sent = {"cell": cell, "close_on": "2030-03-31", **MARKED}
    assert client.post(f"/whitespace/{kind}/", sent).status_code == 403
    assert "data-deeds" not in client.get("/whitespace/").content.decode()
    part = client.get(f"/accounts/{analysed.alder.uid}/whitespace/").content.decode()
    assert "checkbox" not in part


@pytest.mark.parametrize("kind", ["target", "mark", "unmark"])
def test_cells_that_are_none_or_too_many_are_refused(
    analysed: SmallBook, signed_in: SignIn, kind: str
) -> None:
    client = signed_in(analysed.cast.olivia)
    for cell in ("x", "a~b", "~"):
        assert client.get(f"/whitespace/{kind}/?{urlencode({'cell': cell})}").status_code == 404
    assert client.get(f"/whitespace/{kind}/").status_code == 200
    assert client.post(f"/whitespace/{kind}/", {}).status_code == 422
    many = [f"{analysed.beacon.uid}~{number:032x}" for number in range(101)]
    assert client.post(f"/whitespace/{kind}/", {"cell": many}).status_code == 422


def test_before_the_first_analysis_there_are_no_cells(cast: Cast, signed_in: SignIn) -> None:
    assert signed_in(cast.olivia).get("/whitespace/target/").status_code == 404


@pytest.mark.parametrize("kind", ["target", "mark", "unmark"])
def test_the_number_of_queries_is_the_same_for_many_cells(
    analysed: SmallBook,
    signed_in: SignIn,
    django_assert_max_num_queries: Callable[[int], object],
    kind: str,
) -> None:
    client = signed_in(analysed.cast.maya)
    accounts = (analysed.alder, analysed.alder_labs, analysed.beacon, analysed.cobalt)
    cells = [value(one, product) for one in accounts for product in (analysed.widget,)]
    query = urlencode({"cell": cells}, doseq=True)
    with django_assert_max_num_queries(13):  # type: ignore[attr-defined]
        assert client.get(f"/whitespace/{kind}/?{query}").status_code == 200
