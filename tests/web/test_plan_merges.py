"""What pages say of plans whose accounts were merged."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from tests.conftest import Cast, SmallBook

from groundplan.book.services.merging import account_merge
from groundplan.people.contracts import SYSTEM
from groundplan.people.models import User
from groundplan.plans.services import part_add, part_update, plan_create

Enter = Callable[[User], Client]


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_page_of_a_merge_counts_plans_and_the_plan_tells_of_it(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    olivia = cast.see("olivia")
    plans = [
        plan_create(
            viewer=olivia,
            subject="account",
            period="FY2027",
            account_uid=str(account.uid),
            prefill=False,
        )
        for account in (book.alder, book.beacon)
    ]
    other = str(plans[1].uid)
    values = {"title": "Widgets", "account": str(book.beacon.uid), "account_name": "Beacon Energy"}
    done = part_add(viewer=olivia, plan_uid=other, kind="opportunity", values=values)
    browser = signed_in(cast.olivia)
    merge = f"/accounts/{book.alder.uid}/merge/"
    asked = text(browser.get(merge, {"other": f"/accounts/{book.beacon.uid}/"}))
    assert "<dt>Plans</dt><dd>1</dd>" in asked
    assert "<dt>Parts of plans that name it</dt><dd>1</dd>" in asked
    browser.post(merge, {"other": str(book.beacon.uid)}, follow=True)
    assert "Alder Foods" in text(browser.get(f"/plans/{other}/"))
    assert "another plan of “Alder Foods”" in text(browser.get(f"/plans/{other}/check/"))
    part_update(viewer=olivia, uid=str(done.uid), values={"account": str(book.alder_labs.uid)})
    log = text(browser.get(f"/plans/{other}/changes/"))
    for words in ("merged accounts and so moved", "Beacon Energy", "Alder Foods", "Alder Labs"):
        assert words in log
    assert str(book.beacon.uid) not in log


def test_an_outsider_finds_no_plan_under_the_account_that_is_left(
    book: SmallBook, cast: Cast, signed_in: Enter
) -> None:
    plan = plan_create(
        viewer=cast.see("olivia"),
        subject="account",
        period="FY2027",
        account_uid=str(book.beacon.uid),
        prefill=False,
    )
    account_merge(viewer=SYSTEM, winner_uid=book.alder.uid, loser_uid=book.beacon.uid)
    oscar = signed_in(cast.oscar)
    assert oscar.get(f"/plans/{plan.uid}/").status_code == 404
    assert plan.title not in text(oscar.get("/plans/"))
