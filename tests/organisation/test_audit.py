"""The audit log, and what follows from what it records."""

import pytest

from groundplan.kernel import clock
from groundplan.organisation.models import AuditEntry, Job
from groundplan.organisation.selectors import audit_of
from groundplan.organisation.services import audit_record

pytestmark = pytest.mark.django_db


def record(action: str, kind: str = "account", key: str = "1") -> AuditEntry:
    return audit_record(viewer_actor="Olivia", action=action, kind=kind, key=key)


def test_entries_of_one_thing_come_latest_first() -> None:
    first, last = record("account.update"), record("account.owner")
    record("account.update", key="2")
    assert list(audit_of("account", "1")) == [last, first]
    assert first.at <= clock.now()


@pytest.mark.parametrize(
    "action",
    [
        "account.update",
        "account.owner.bulk",
        "opportunity.update",
        "organisation.update",
        "stage.update",
    ],
)
def test_what_changes_numbers_is_analysed_again_once(action: str) -> None:
    record(action)
    record(action)
    assert [job.kind for job in Job.objects.all()] == ["analyse"]


@pytest.mark.parametrize(
    "action", ["account.tier", "account.team.add", "statement.create", "user.create"]
)
def test_what_changes_no_number_is_not(action: str) -> None:
    record(action)
    assert not Job.objects.exists()
