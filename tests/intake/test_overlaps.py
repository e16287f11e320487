"""Files that overlap with earlier ones: totals stay, what is gone is archived and comes back."""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from tests.intake.test_importing import ACCOUNTS, canonical, home, take

from groundplan.book.models import Account, Quota
from groundplan.book.services.accounts import account_update
from groundplan.engine.duck import open_duckdb
from groundplan.engine.purchases import effective_sql, standing
from groundplan.intake.contracts import ImportReport, Mapping, Replaced
from groundplan.intake.selectors import multiplied_layers, purchase_layers
from groundplan.intake.services import import_run
from groundplan.people.contracts import SYSTEM
from groundplan.sources.models import ImportRun

__all__ = ["home", "take"]
pytestmark = pytest.mark.django_db
Take = Callable[..., ImportReport]
HEAD = "account_id,product_id,date,amount,order_id\n"
JANUARY = "A,P,2024-01-02,5,1\nA,P,2024-01-02,5,1\nA,Q,2024-01-20,6,2\n"
FEBRUARY = "A,P,2024-02-02,7,3\nA,P,2024-02-09,8,4\n"


def total(home: Path) -> tuple[int, float]:
    layers = standing([one.layer for one in purchase_layers()])
    with closing(open_duckdb(scratch=home / "scratch")) as connection:
        found = connection.execute(
            f"SELECT count(*), coalesce(sum(amount), 0) FROM ({effective_sql(layers, {})})"
        ).fetchall()
    return found[0][0], float(found[0][1])


def without_orders(text: str) -> str:
    return "".join(f"{line.rpartition(',')[0]}\n" for line in text.splitlines())


def test_the_same_orders_again_leave_totals_unchanged(take: Take, home: Path) -> None:
    take({"purchases.csv": HEAD + JANUARY + FEBRUARY})
    assert total(home) == (5, 31)
    looked = take({"purchases.csv": HEAD + JANUARY + FEBRUARY}, dry_run=True)
    assert (looked.replaced_purchases, total(home)) == (5, (5, 31))
    take({"purchases.csv": HEAD + JANUARY + FEBRUARY})
    assert total(home) == (5, 31)


def test_many_lines_of_one_account_come_once_however_often_they_are_taken(
    take: Take, home: Path
) -> None:
    # More than a query asks for at a time, in the one column that refers to accounts.
    lines = "".join(f"A,2024-01-02,1,{number}\n" for number in range(2_000))
    for _ in range(3):
        take({"purchases.csv": "account_id,date,amount,order_id\n" + lines})
        assert total(home) == (2_000, 2_000)


def test_lines_that_an_import_wrote_more_than_once_are_found_until_they_are_imported_again(
    take: Take, home: Path
) -> None:
    take({"purchases.csv": HEAD + JANUARY})
    assert multiplied_layers() == []
    # As a program wrote it that joined a line to its account twice.
    run = ImportRun.objects.get()
    run.counts["purchases"]["accepted"] = 2
    run.save()
    assert [one.run_uid for one in multiplied_layers()] == [str(run.uid)]
    take({"purchases.csv": HEAD + JANUARY}, complete=True)
    assert multiplied_layers() == []


def test_an_overlapping_part_of_the_orders_replaces_just_those(take: Take, home: Path) -> None:
    take({"purchases.csv": HEAD + JANUARY + FEBRUARY})
    march = "A,P,2024-03-02,9,5\n"
    report = take({"purchases.csv": HEAD + FEBRUARY.replace(",8,", ",18,") + march})
    assert report.replaced_purchases == 2
    assert total(home) == (6, 50)


def test_without_order_ids_the_days_of_the_file_are_replaced(take: Take, home: Path) -> None:
    take({"purchases.csv": without_orders(HEAD + JANUARY + FEBRUARY)})
    report = take({"purchases.csv": without_orders(HEAD + FEBRUARY)})
    assert (report.replaced_purchases, total(home)) == (2, (5, 31))
    take({"purchases.csv": without_orders(HEAD + "A,P,2024-02-01,1,\nA,P,2024-02-28,1,\n")})
    assert total(home) == (5, 18)


def test_two_sources_do_not_replace_each_others_orders(take: Take, home: Path) -> None:
    take({"purchases.csv": HEAD + JANUARY})
    folder = home.parent / "other"
    folder.mkdir()
    text = HEAD + "B,P,2024-01-02,100,1\n"
    (folder / "purchases.csv").write_text(text)
    mapping = Mapping((canonical("purchases.csv", text),))
    import_run(viewer=SYSTEM, source="shop", paths=[folder], mapping=mapping)
    assert total(home) == (4, 116)


def test_a_complete_file_of_orders_replaces_all_of_its_source(take: Take, home: Path) -> None:
    take({"purchases.csv": HEAD + JANUARY + FEBRUARY})
    report = take({"purchases.csv": HEAD + FEBRUARY}, complete=True)
    assert (report.replaced_purchases, total(home)) == (5, (2, 15))


def test_what_a_complete_file_lacks_is_archived_and_returns_with_its_edits(take: Take) -> None:
    take({"accounts.csv": ACCOUNTS})
    beta = Account.objects.get(name="Beta")
    account_update(viewer=SYSTEM, uid=beta.uid, values={"industry": "Food"})
    report = take({"accounts.csv": "account_id,name\nA1,Acme\n"}, complete=True)
    assert "1 account is gone from the source and archived." in report.notes
    beta.refresh_from_db()
    assert beta.archived_at is not None
    take({"accounts.csv": ACCOUNTS}, complete=True)
    again = Account.objects.get(name="Beta")
    assert (again.pk, again.uid, again.archived_at) == (beta.pk, beta.uid, None)
    assert again.industry == "Food"


def test_a_rejected_row_is_not_taken_for_gone(take: Take) -> None:
    take({"accounts.csv": ACCOUNTS})
    take({"accounts.csv": "account_id,name,employees\nA1,Acme,1\nA2,Beta,many\n"}, complete=True)
    assert Account.objects.get(name="Beta").archived_at is None


def test_of_rows_without_ids_nothing_is_removed_where_it_might_be_anothers(take: Take) -> None:
    head = "login,period_start,period_end,amount\n"
    files = {
        "users.csv": "login,name\nann,Ann\n",
        "quotas.csv": head + "ann,2024-01-01,2024-03-31,5\nann,2024-04-01,2024-06-30,6\n",
    }
    take(files)
    bad = take({"quotas.csv": head + "ann,2024-01-01,2024-03-31,many\n"}, complete=True)
    assert Quota.objects.count() == 2
    rejected = take(
        {"quotas.csv": head + "ann,2024-07-01,2024-09-30,7\nann,2024-01-01,2024-03-31,x\n"},
        complete=True,
    )
    assert (bad.taken, rejected.tables["quotas"].gone, Quota.objects.count()) == (False, 0, 3)
    assert any("2 quotas that the files lack stay: some of" in note for note in rejected.notes)


def test_a_look_says_which_orders_and_days_are_replaced(take: Take, home: Path) -> None:
    take({"purchases.csv": HEAD + JANUARY + FEBRUARY})
    report = take(
        {"purchases.csv": HEAD + "A,P,2024-03-01,9,2\nA,P,2024-03-01,9,5\n"}, dry_run=True
    )
    assert report.replaced == Replaced("orders", 1, 1, date(2024, 1, 20), date(2024, 1, 20), 4)
    report = take({"purchases.csv": without_orders(HEAD + FEBRUARY)}, dry_run=True)
    assert report.replaced == Replaced("dates", 2, 2, date(2024, 2, 2), date(2024, 2, 9), 3)
    report = take({"purchases.csv": HEAD + FEBRUARY}, dry_run=True, complete=True)
    assert report.replaced == Replaced("all", 5, 4, date(2024, 1, 2), date(2024, 2, 9), 0)


def test_rejects_are_told_by_reason_with_the_first_lines(take: Take) -> None:
    lines = "".join(f"A{n},P,2024-13-{n},5,{n}\n" for n in range(10, 60))
    report = take({"purchases.csv": HEAD + JANUARY + lines})
    (told,) = report.reject_sums
    assert (told.column, told.rows, told.first_line) == ("date", 50, 5)
    assert [(line, value) for line, value, _ in told.examples] == [
        (5, "2024-13-10"),
        (6, "2024-13-11"),
        (7, "2024-13-12"),
    ]
