"""The page that says how good whitespace is: who runs a test, who sees it, what it tells."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from tests.conftest import TODAY, Cast, SmallBook, book_create, cast_create
from tests.worlds import KeptWorld

from groundplan.book.models import Opportunity
from groundplan.insight.backtests.services import backtest_run
from groundplan.insight.deeds import BACKTEST
from groundplan.insight.services import analyse
from groundplan.kernel import clock
from groundplan.kernel.errors import InvalidInput, NotAllowed
from groundplan.organisation.jobs import job_run_now
from groundplan.organisation.models import Job
from groundplan.people.contracts import SYSTEM
from groundplan.people.models import User

SignIn = Callable[[User], Client]
PAGE, RUN = "/whitespace/backtest/", "/whitespace/backtest/run/"
CUTOFF = date(2026, 5, 1)
ASKED = {"cutoff": CUTOFF.isoformat(), "months": "6"}


@pytest.fixture
def analysed(kept_world: KeptWorld[SmallBook]) -> Iterator[SmallBook]:
    book = kept_world(_analysed)
    with clock.fixed(TODAY):
        yield book


def _analysed() -> SmallBook:
    """The small book, with a purchase or two on either side of the cutoff."""
    book = book_create(cast_create())
    pairs = [
        (book.cobalt, book.widget, -300),
        (book.cobalt, book.gadget, 30),
        (book.umbra, book.widget, -200),
        (book.umbra, book.gadget, -100),
    ]
    for number, (account, product, days) in enumerate(pairs):
        day = CUTOFF + timedelta(days)
        Opportunity.objects.create(
            account=account,
            product=product,
            name=f"Won {number}",
            stage=book.won,
            amount=Decimal(100),
            close_on=day,
            closed_on=day,
        )
    with clock.fixed(TODAY):
        analyse()
    return book


def test_before_the_first_import_the_page_leads_to_it(cast: Cast, signed_in: SignIn) -> None:
    assert 'href="/imports/"' in signed_in(cast.liam).get(PAGE).content.decode()


def test_who_is_signed_out_is_sent_to_sign_in(analysed: SmallBook, client: Client) -> None:
    assert client.get(PAGE).status_code == 302
    assert client.post(RUN, ASKED).status_code in (302, 403)
    assert not Job.objects.filter(kind=BACKTEST).exists()


@pytest.mark.parametrize("name", ["olivia", "maya", "vic", "oscar"])
def test_only_who_sees_everything_may_run_one(
    analysed: SmallBook, signed_in: SignIn, name: str
) -> None:
    client = signed_in(getattr(analysed.cast, name))
    assert RUN not in client.get(PAGE).content.decode()
    assert client.post(RUN, ASKED).status_code in (403, 404)
    assert not Job.objects.filter(kind=BACKTEST).exists()
    with pytest.raises(NotAllowed):
        backtest_run(viewer=analysed.cast.see(name), cutoff=CUTOFF, months=6)


def test_a_leader_runs_one_and_everybody_sees_what_it_found(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    leader = signed_in(analysed.cast.liam)
    answer = leader.post(RUN, ASKED)
    job = Job.objects.get(kind=BACKTEST)
    assert answer["Location"] == f"{PAGE}{job.uid}/"
    assert "hx-get" in leader.get(answer["Location"]).content.decode()
    job_run_now(kind=BACKTEST, actor="test", arguments=job.arguments)
    assert leader.get(answer["Location"])["Location"] == PAGE
    for one in (analysed.cast.liam, analysed.cast.oscar, analysed.cast.vic):
        page = signed_in(one).get(PAGE).content.decode()
        assert 'data-verdict="few"' in page
        assert "<svg" in page
        assert "Umbra" not in page.split("<main")[1].split("</main>")[0]


def test_an_outsider_gets_404_for_the_progress_of_a_test(
    analysed: SmallBook, signed_in: SignIn
) -> None:
    signed_in(analysed.cast.liam).post(RUN, ASKED)
    job = Job.objects.get(kind=BACKTEST)
    assert signed_in(analysed.cast.oscar).get(f"{PAGE}{job.uid}/").status_code == 404


@pytest.mark.parametrize(
    "asked", [{"cutoff": "soon", "months": "6"}, {"cutoff": "2026-05-01", "months": "0"}, {}]
)
def test_what_makes_no_sense_is_refused_with_a_reason(
    analysed: SmallBook, signed_in: SignIn, asked: dict[str, str]
) -> None:
    leader = signed_in(analysed.cast.liam)
    assert leader.post(RUN, asked)["Location"] == PAGE
    assert not Job.objects.filter(kind=BACKTEST).exists()
    with pytest.raises(InvalidInput):
        backtest_run(viewer=SYSTEM, cutoff=TODAY + timedelta(1), months=6)
