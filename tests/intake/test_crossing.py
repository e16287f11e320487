"""What holds between files, tables and later changes: keys, what is referred to, rates."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from tests.intake.test_importing import ACCOUNTS, home, reasons, take

from groundplan.book.models import Account, Contact
from groundplan.insight.deeds import ANALYSE
from groundplan.intake.contracts import ImportReport
from groundplan.organisation.models import Job
from groundplan.organisation.services.rates import rate_set
from groundplan.people.contracts import SYSTEM
from groundplan.snapshots.services import snapshot_publish

__all__ = ["home", "take"]
pytestmark = pytest.mark.django_db
Take = Callable[..., ImportReport]


def test_one_key_in_two_files_counts_once_and_says_where_it_was_first(take: Take) -> None:
    report = take(
        {
            "accounts-east.csv": "account_id,name\nA1,Alder\nA2,Beacon\n",
            "accounts-west.csv": "account_id,name\nA2,Beacon\nA1,Cobalt\nA3,Dune\n",
        }
    )
    counts = report.tables["accounts"]
    assert (counts.accepted, counts.rejected, counts.skipped) == (3, 1, 1)
    [reject] = report.reject_sample
    assert (reject.file, reject.line, reject.value) == ("accounts-west.csv", 3, "A1")
    assert "accounts-east.csv line 2" in reject.reason
    assert set(Account.objects.values_list("name", flat=True)) == {"Alder", "Beacon", "Dune"}


def test_a_contact_of_an_account_that_nobody_brought_is_rejected(take: Take) -> None:
    take({"accounts.csv": ACCOUNTS})
    report = take({"contacts.csv": "contact_id,account_id,name\nC1,A1,Ann\nC2,A9,Ben\nC3,,Cid\n"})
    assert [(line, column, value) for line, column, value, _ in reasons(report)] == [
        (3, "account_id", "A9"),
        (4, "account_id", ""),
    ]
    assert Contact.objects.get().name == "Ann"


def test_a_contact_of_a_rejected_account_says_that_it_is(take: Take) -> None:
    report = take(
        {
            "accounts.csv": "account_id,name,employees\nA1,Alder,many\nA2,Beacon,5\n",
            "contacts.csv": "contact_id,account_id,name\nC1,A1,Ann\nC2,A2,Ben\n",
        }
    )
    told = {reject.file: reject.reason for reject in report.reject_sample}
    assert set(told) == {"accounts.csv", "contacts.csv"}
    assert "its own row is rejected" in told["contacts.csv"]
    assert Contact.objects.get().name == "Ben"


def published_total(folder: Path) -> Decimal:
    files = f"{folder}/footprint/*.parquet"
    [(total,)] = duckdb.execute(f"SELECT sum(amount) FROM read_parquet('{files}')").fetchall()
    return Decimal(total)


def test_a_rate_that_changes_asks_for_new_numbers_which_differ_by_it(take: Take) -> None:
    take(
        {
            "rates.csv": "currency,date,rate\nCHF,2024-01-01,1.5\n",
            "purchases.csv": "account_id,date,amount,currency,order_id\nA,2024-02-02,100,CHF,1\n"
            "A,2024-02-03,10,USD,2\n",
        }
    )
    assert published_total(snapshot_publish().folder) == 160
    Job.objects.all().delete()
    rate_set(viewer=SYSTEM, currency="CHF", day=date(2024, 1, 1), rate=Decimal(2))
    assert Job.objects.get().kind == ANALYSE
    assert published_total(snapshot_publish().folder) == 210
