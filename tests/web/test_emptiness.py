"""Pages without results: what became of the first analysis, and how to go on."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.conftest import Cast, SmallBook

from groundplan.insight.deeds import ANALYSE
from groundplan.organisation.jobs import job_enqueue
from groundplan.organisation.models import Job
from groundplan.people.models import Role, User

Enter = Callable[[User], Client]
PAGES = ("/", "/whitespace/", "/whitespace/backtest/", "/performance/", "/performance/ranges/")
every_page = pytest.mark.parametrize("address", PAGES)
WHY = "The disk is full. Make room, then run it again."


def main(browser: Client, address: str) -> str:
    page = browser.get(address).content.decode()
    return page.split("<main")[1].split("</main>")[0]


def analysis(state: str = Job.State.QUEUED, error: str = "") -> Job:
    job = job_enqueue(kind=ANALYSE, actor="Olivia")
    Job.objects.filter(pk=job.pk).update(state=state, error=error)
    return job


@every_page
def test_before_the_first_import_a_leader_is_led_to_it(
    cast: Cast, signed_in: Enter, address: str
) -> None:
    page = main(signed_in(cast.liam), address)
    assert "Nothing was imported yet" in page
    assert 'href="/imports/new/"' in page
    page = main(signed_in(cast.olivia), address)
    assert "Whoever administers your installation" in page
    assert "/imports/" not in page


@every_page
def test_after_an_import_pages_say_that_its_analysis_is_under_way(
    book: SmallBook, signed_in: Enter, address: str
) -> None:
    analysis(Job.State.RUNNING)
    page = main(signed_in(book.cast.liam), address)
    assert "The first analysis is under way" in page
    assert 'href="/work/"' in page
    assert "Nothing was imported" not in page


@every_page
def test_a_first_analysis_that_failed_is_told_with_its_reason_and_run_again(
    book: SmallBook, signed_in: Enter, address: str
) -> None:
    analysis(Job.State.FAILED, WHY)
    page = main(signed_in(book.cast.liam), address)
    assert "The first analysis failed" in page
    assert WHY in page
    assert 'action="/work/analyse/"' in page
    assert "under way" not in page


def test_running_it_again_is_for_whoever_imports(book: SmallBook, signed_in: Enter) -> None:
    failed = analysis(Job.State.FAILED, WHY)
    browser = signed_in(book.cast.olivia)
    page = main(browser, "/performance/")
    assert WHY in page
    assert "/work/analyse/" not in page
    assert browser.post("/work/analyse/").status_code == 403
    assert Job.objects.filter(kind=ANALYSE).get().pk == failed.pk


def test_run_again_it_is_under_way(book: SmallBook, signed_in: Enter) -> None:
    analysis(Job.State.FAILED, WHY)
    browser = signed_in(book.cast.liam)
    assert browser.post("/work/analyse/").headers["Location"] == "/work/"
    assert "The first analysis is under way" in main(browser, "/performance/")
    assert WHY not in main(browser, "/work/")


def test_facts_that_nobody_analysed_can_be(book: SmallBook, signed_in: Enter) -> None:
    page = main(signed_in(book.cast.liam), "/whitespace/")
    assert "The facts were not analysed yet" in page
    assert 'action="/work/analyse/"' in page


def test_where_nobody_sells_yet_a_plan_asks_for_persons_first(client: Client, db: None) -> None:
    client.force_login(
        User.objects.create(email="ada@example.com", name="Ada", role=Role.ADMINISTRATOR)
    )
    page = main(client, "/plans/new/")
    assert "Nobody is known whose plan it could be" in page
    assert 'href="/imports/new/"' in page
    assert "Begin the plan" not in page
