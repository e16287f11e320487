"""Cells that a browser has already: told by their entity tag, without making them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.analysed_book import analysed_book
from tests.conftest import TODAY, SmallBook
from tests.worlds import KeptWorld

from groundplan.insight.services import analyse
from groundplan.kernel import clock
from groundplan.people.models import User

SignIn = Callable[[User], Client]
MARKED = {"position": "in_house", "reason": "They build it themselves."}


@pytest.fixture
def analysed(kept_world: KeptWorld[SmallBook]) -> SmallBook:
    return kept_world(analysed_book)


def _tag(client: Client, query: str = "") -> str:
    response = client.get(f"/whitespace/cells.json?{query}")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-cache"
    return response.headers["ETag"]


def _status(client: Client, tag: str, query: str = "") -> int:
    return client.get(f"/whitespace/cells.json?{query}", headers={"If-None-Match": tag}).status_code


def test_cells_that_a_browser_has_are_not_made_again(
    analysed: SmallBook,
    signed_in: SignIn,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    client = signed_in(analysed.cast.olivia)
    tag = _tag(client)
    with django_assert_max_num_queries(5):  # type: ignore[attr-defined]
        assert _status(client, tag) == 304
    assert _status(client, tag, "tier=A") == 200


def test_cells_are_made_again_after_an_edit_an_analysis_and_for_somebody_else(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    client = signed_in(analysed.cast.liam)
    tag = _tag(client)
    sent = {"cell": f"{analysed.beacon.uid}~{analysed.widget.uid}", **MARKED}
    assert client.post("/whitespace/mark/", sent).status_code == 302
    assert _status(client, tag) == 200
    tag = _tag(client)
    with clock.fixed(TODAY):
        analyse()
    assert _status(client, tag) == 200
    tag = _tag(client)
    assert _status(client, tag) == 304
    assert _status(signed_in(analysed.cast.olivia), tag) == 200


def test_cells_are_made_again_on_another_day(analysed: SmallBook, signed_in: SignIn) -> None:
    client = signed_in(analysed.cast.liam)
    with clock.fixed(TODAY):
        tag = _tag(client)
    with clock.fixed(TODAY + timedelta(days=1)):
        assert _status(client, tag) == 200
