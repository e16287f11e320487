"""What pages say of work behind them: jobs that wait or run, edits that numbers don't hold yet."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.conftest import TODAY, Cast, SmallBook

from groundplan.book.services.accounts import account_update
from groundplan.insight.deeds import ANALYSE, changes_numbers
from groundplan.insight.models import AnalysisRun
from groundplan.kernel import clock
from groundplan.organisation.jobs import job_enqueue
from groundplan.organisation.models import Job
from groundplan.people.models import User

Enter = Callable[[User], Client]
INDICATOR = "/work/indicator/"


def text(response: Any) -> str:
    return str(response.content.decode())


def asked(browser: Client, results: AnalysisRun | None = None, **headers: str) -> Any:
    address = f"{INDICATOR}?results={results.uid if results else ''}"
    return browser.get(address, headers={"HX-Request": "true", **headers})


def test_an_ordinary_page_says_nothing_while_nothing_goes_on(
    results: AnalysisRun, cast: Cast, signed_in: Enter
) -> None:
    page = text(signed_in(cast.olivia).get("/accounts/"))
    assert f'data-address="{INDICATOR}?results={results.uid}"' in page
    assert "pending" not in page
    assert "waiting" not in page


def test_a_page_says_at_once_that_an_analysis_waits(
    results: AnalysisRun, cast: Cast, signed_in: Enter
) -> None:
    job_enqueue(kind=ANALYSE, actor="Olivia")
    assert "An analysis is waiting" in text(signed_in(cast.olivia).get("/accounts/"))


def test_it_costs_a_page_one_query(results: AnalysisRun, cast: Cast, signed_in: Enter) -> None:
    browser = signed_in(cast.olivia)
    with CaptureQueriesContext(connection) as queries:
        browser.get("/accounts/")
    jobs = [one for one in queries if "organisation_job" in one["sql"]]
    assert len(jobs) == 1


def test_edits_are_counted_until_numbers_hold_them(
    results: AnalysisRun, book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    olivia = cast.see("olivia")
    with clock.fixed(TODAY + timedelta(days=1)):
        for number in ("600", "700", "800"):
            account_update(viewer=olivia, uid=book.alder.uid, values={"employees": number})
    said = text(asked(signed_in(cast.olivia), results))
    assert "3 edits pending" in said
    assert "An analysis is waiting" in said
    assert 'href="/work/"' in said


def test_what_is_read_as_it_is_waits_for_no_analysis() -> None:
    assert changes_numbers("account.update")
    assert not changes_numbers("account.tier")
    assert not changes_numbers("statement.create")


def test_newer_results_are_offered_and_never_put_in_place(
    results: AnalysisRun, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    assert "New results" not in text(asked(browser, results))
    results.uid = uuid4()
    said = text(asked(browser, results))
    assert "New results: reload" in said
    assert "data-value" not in said


def test_nothing_new_is_answered_without_a_body(
    results: AnalysisRun, cast: Cast, signed_in: Enter
) -> None:
    browser = signed_in(cast.olivia)
    first = asked(browser, results)
    again = asked(browser, results, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_page_of_work_shows_how_far_each_piece_is(
    results: AnalysisRun, cast: Cast, signed_in: Enter
) -> None:
    job = job_enqueue(kind=ANALYSE, actor="Olivia")
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
    browser = signed_in(cast.oscar)
    page = text(browser.get("/work/"))
    assert "Computing new numbers" in page
    assert "<progress" in page
    part = text(browser.get("/work/", headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "hx-trigger" in part


def test_an_analysis_that_failed_after_the_first_is_told_until_it_is_run_again(
    results: AnalysisRun, cast: Cast, signed_in: Enter
) -> None:
    job = job_enqueue(kind=ANALYSE, actor="Olivia")
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, error="The disk is full.")
    browser = signed_in(cast.liam)
    said = text(asked(browser, results))
    assert "The last analysis failed" in said
    assert 'href="/work/"' in said
    page = text(browser.get("/work/"))
    assert "The disk is full." in page
    assert 'action="/work/analyse/"' in page
    browser.post("/work/analyse/")
    assert "failed" not in text(asked(browser, results))
    assert "The disk is full." not in text(browser.get("/work/"))


@pytest.mark.parametrize("address", ["/work/", INDICATOR])
def test_strangers_learn_nothing_of_work(address: str, cast: Cast, client: Client) -> None:
    assert client.get(address).status_code == 302
