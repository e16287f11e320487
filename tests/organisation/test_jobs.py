"""Jobs: enqueued with their transaction, told of by their progress, recovered when lost."""

import fcntl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from groundplan.kernel import clock
from groundplan.kernel.errors import InvalidInput
from groundplan.kernel.progress import Progress
from groundplan.organisation.jobs import (
    job_enqueue,
    job_progress,
    job_run_now,
    jobs_failed,
    jobs_recover,
    register,
    registry,
)
from groundplan.organisation.jobs.leases import leased, lost
from groundplan.organisation.jobs.progress import Reporter
from groundplan.organisation.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def kinds() -> Iterator[list[str]]:
    """Four kinds of job; the list tells what they did."""
    done: list[str] = []

    @register("greet", repeatable=True)
    def greet(progress: Progress, name: str = "") -> dict[str, object]:
        progress.step("greeting", 0.5)
        done.append(name)
        return {"greeted": name}

    @register("refuse")
    def refuse(progress: Progress) -> dict[str, object]:
        raise InvalidInput("No.", mend="Ask again.")

    @register("break")
    def break_(progress: Progress) -> dict[str, object]:
        raise RuntimeError("secret detail")

    @register("dream", repeatable=True, patience=1)
    def dream(progress: Progress, meanwhile: str = "") -> dict[str, object]:
        if meanwhile and not Job.objects.filter(kind=meanwhile).exists():
            job_enqueue(kind=meanwhile, actor="Olivia", arguments={"name": "Tom"})
        progress.step("dreaming", 0.5)
        done.append("dreamt")
        return {}

    yield done
    for kind in ("greet", "refuse", "break", "dream"):
        del registry._kinds[kind]


def work() -> None:
    call_command("db_worker", batch=True, verbosity=0, startup_delay=False, interval=0)


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_what_was_enqueued_and_keeps_the_result(kinds: list[str]) -> None:
    job = job_enqueue(kind="greet", actor="Olivia", arguments={"name": "Maya"})
    work()
    told = job_progress(job.uid)
    assert kinds == ["Maya"]
    assert told is not None
    assert (told.state, told.share, told.result) == ("done", 1.0, {"greeted": "Maya"})


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_transaction_that_was_rolled_back_never_was(kinds: list[str]) -> None:
    with transaction.atomic():
        job_enqueue(kind="greet", actor="Olivia")
        transaction.set_rollback(True)
    work()
    assert kinds == []
    assert Job.objects.count() == 0


def test_the_same_work_waiting_twice_is_done_once(kinds: list[str]) -> None:
    first = job_enqueue(kind="greet", actor="Olivia", subject="s")
    assert job_enqueue(kind="greet", actor="Tom", subject="s") == first
    assert job_enqueue(kind="greet", actor="Tom", subject="t") != first


@pytest.mark.django_db(transaction=True)
def test_a_waiting_job_done_here_is_not_done_again_by_the_worker(kinds: list[str]) -> None:
    waiting = job_enqueue(kind="greet", actor="Olivia", arguments={"name": "once"})
    assert job_run_now(kind="greet", actor="Olivia") == waiting
    work()
    assert kinds == ["once"]


@pytest.mark.django_db(transaction=True)
def test_patient_work_gives_way_to_a_job_that_comes_meanwhile_and_is_done_after_it(
    kinds: list[str],
) -> None:
    job = job_enqueue(kind="dream", actor="Olivia", arguments={"meanwhile": "greet"})
    work()
    assert kinds == ["Tom", "dreamt"]
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == ("done", 1, "")
    assert jobs_failed() == []


@pytest.mark.django_db(transaction=True)
def test_patient_work_does_not_give_way_to_work_as_patient(kinds: list[str]) -> None:
    job_enqueue(kind="dream", actor="Olivia", subject="first", arguments={"meanwhile": ""})
    job_enqueue(kind="dream", actor="Olivia", subject="second", arguments={"meanwhile": ""})
    work()
    assert kinds == ["dreamt", "dreamt"]
    assert {job.attempts for job in Job.objects.all()} == {1}


@pytest.mark.django_db(transaction=True)
def test_patient_work_done_at_once_waits_for_nobody(kinds: list[str]) -> None:
    job_enqueue(kind="greet", actor="Olivia", arguments={"name": "Tom"})
    assert job_run_now(kind="dream", actor="Olivia").state == "done"
    assert kinds == ["dreamt"]


def test_an_error_that_can_be_mended_is_shown_as_it_is(kinds: list[str]) -> None:
    with pytest.raises(InvalidInput):
        job_run_now(kind="refuse", actor="Olivia")
    assert [job.error for job in jobs_failed()] == ["No. Ask again."]


def test_an_unexpected_error_is_told_without_its_details(kinds: list[str]) -> None:
    with pytest.raises(RuntimeError):
        job_run_now(kind="break", actor="Olivia")
    (failed,) = jobs_failed()
    assert "RuntimeError" in failed.error
    assert "secret" not in failed.error


def test_a_failure_is_forgotten_once_the_same_work_was_done(kinds: list[str]) -> None:
    with pytest.raises(InvalidInput):
        job_run_now(kind="refuse", actor="Olivia")
    register("refuse")(lambda progress: {})
    job_run_now(kind="refuse", actor="Olivia")
    assert jobs_failed() == []


def test_a_job_whose_worker_was_lost_is_ended_and_a_repeatable_one_starts_again(
    kinds: list[str],
) -> None:
    long_ago = clock.now() - timedelta(hours=1)
    for kind in ("greet", "refuse"):
        Job.objects.create(
            kind=kind, state="running", requested_at=long_ago, arguments={"name": "again"}
        )
    lost = jobs_recover()
    assert {job.kind for job in lost} == {"greet", "refuse"}
    (waiting,) = Job.objects.filter(state="queued")
    assert (waiting.kind, waiting.arguments) == ("greet", {"name": "again"})


def test_a_job_that_still_beats_is_left_alone(kinds: list[str]) -> None:
    job = Job.objects.create(kind="greet", state="running", requested_at=clock.now())
    Reporter(job.uid).step("working", 0.1)
    assert jobs_recover() == []


def test_the_lease_of_a_worker_that_died_before_it_began_is_removed_and_no_living_ones(
    kinds: list[str],
) -> None:
    dead, living = (Job.objects.create(kind="greet", requested_at=clock.now()) for _ in range(2))
    folder = Path(settings.GROUNDPLAN_HOME) / "leases"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / str(dead.uid)).touch()
    with leased(living.uid):
        jobs_recover()
        assert not (folder / str(dead.uid)).exists()
        assert (folder / str(living.uid)).exists()
    assert not (folder / str(living.uid)).exists()


def test_whoever_waited_for_a_lease_that_was_removed_holds_one_that_others_see(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = Job.objects.create(kind="greet", requested_at=clock.now())
    path = Path(settings.GROUNDPLAN_HOME) / "leases" / str(job.uid)
    lock = fcntl.flock
    tries: list[int] = []

    def removed_meanwhile(descriptor: int, operation: int) -> None:
        lock(descriptor, operation)
        if not tries:
            path.unlink()
        tries.append(operation)

    monkeypatch.setattr(fcntl, "flock", removed_meanwhile)
    with leased(job.uid):
        assert len(tries) == 2
        with lost(job.uid) as gone:
            assert not gone
