"""The page of tiers set by hand, and what an account says when one is over."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.analysed_book import analysed_book
from tests.conftest import TODAY, Cast, SmallBook
from tests.worlds import KeptWorld

from groundplan.insight.models import TierOverride
from groundplan.insight.selectors import results_of
from groundplan.insight.tier_overrides import tiers_override
from groundplan.kernel import clock
from groundplan.people.contracts import SYSTEM
from groundplan.people.models import User

SignIn = Callable[[User], Client]
PAGE = "/settings/overrides/"
SAID = "since then the characteristics count again"


@pytest.fixture
def overridden(kept_world: KeptWorld[SmallBook]) -> SmallBook:
    """One override without an end, one that ends tomorrow."""
    book = kept_world(analysed_book)
    with clock.fixed(TODAY):
        tomorrow = clock.now().date() + timedelta(days=1)
        tiers_override(viewer=SYSTEM, uids=[book.alder.uid], tier="A", reason="A promise")
        tiers_override(
            viewer=SYSTEM, uids=[book.beacon.uid], tier="B", reason="A trial", expires_on=tomorrow
        )
    return book


@pytest.mark.parametrize("name", ["olivia", "maya", "vic", "oscar"])
def test_only_who_sees_everybody_sees_the_list(cast: Cast, signed_in: SignIn, name: str) -> None:
    assert signed_in(getattr(cast, name)).get(PAGE).status_code == 404


def test_overrides_are_listed_by_when_they_end(overridden: SmallBook, signed_in: SignIn) -> None:
    client = signed_in(overridden.cast.liam)
    with clock.fixed(TODAY):
        every = client.get(PAGE).content.decode()
        soon = client.get(f"{PAGE}?state=soon").content.decode()
        over = client.get(f"{PAGE}?state=over").content.decode()
    assert every.index("A trial") < every.index("A promise")
    assert "A trial" in soon
    assert "A promise" not in soon
    assert "A trial" not in over
    with clock.fixed(TODAY + timedelta(days=2)):
        over = client.get(f"{PAGE}?state=over").content.decode()
    assert "A trial" in over
    assert "A promise" not in over


def test_a_tier_that_is_over_counts_no_more_and_its_account_says_so(
    overridden: SmallBook, signed_in: SignIn
) -> None:
    client, beacon = signed_in(overridden.cast.liam), overridden.beacon
    address = f"/accounts/{beacon.uid}/"

    def tier() -> tuple[str, str]:
        row = results_of(SYSTEM).get(account=beacon)
        return row.effective_tier, row.tier

    with clock.fixed(TODAY + timedelta(days=1)):
        assert tier()[0] == "B"
        assert SAID not in client.get(address).content.decode()
    with clock.fixed(TODAY + timedelta(days=2)):
        counts, computed = tier()
        assert counts == computed
        assert SAID in client.get(address).content.decode()
    assert TierOverride.objects.filter(account=beacon).exists()
