"""Plans follow accounts that are merged, and come back when the merge is undone."""

import json
from uuid import UUID

import pytest
from tests.conftest import SmallBook
from tests.plans.conftest import PERIOD, SmallPlan

from groundplan.book.models import Account
from groundplan.book.services.merging import account_merge, merge_counts
from groundplan.book.services.merging_undo import account_merge_undo, merges_undoable
from groundplan.desk.selectors import notices_of
from groundplan.kernel.errors import InvalidInput
from groundplan.people.contracts import SYSTEM
from groundplan.plans.contracts import ChosenOpportunity
from groundplan.plans.models import Plan
from groundplan.plans.selectors import changes_of, check, graph, plans_listed
from groundplan.plans.services import (
    change_undo,
    part_remove,
    part_update,
    plan_close,
    plan_create,
    plan_cut,
)
from groundplan.sources.models import Merge

DOUBLE = "GP706"


def merge(winner: Account, loser: Account) -> UUID:
    account = account_merge(viewer=SYSTEM, winner_uid=winner.uid, loser_uid=loser.uid)
    return merges_undoable(SYSTEM, account)[0][0]


def undo(uid: UUID) -> None:
    account_merge_undo(viewer=SYSTEM, uid=uid)


def planned(book: SmallBook, account: Account, name: str = "olivia") -> Plan:
    return plan_create(
        viewer=book.cast.see(name),
        subject="account",
        period=PERIOD,
        account_uid=str(account.uid),
        prefill=False,
    )


def cite(small: SmallPlan, account: Account) -> str:
    """An opportunity at an account that a strategy cites too; its uid."""
    part_update(viewer=small.see("olivia"), uid=small.strategy, values={"evidence": cited(account)})
    return small.add(
        "opportunity", title="Widgets", account=str(account.uid), account_name=account.name
    )


def cited(account: Account) -> str:
    one = {"kind": "account", "key": str(account.uid), "label": account.name, "is_fact": True}
    return json.dumps([one])


def chosen(small: SmallPlan) -> ChosenOpportunity:
    return graph(small.see("olivia"), small.plan.uid).opportunities[0]


def evidence(small: SmallPlan) -> list[str]:
    (strategy,) = graph(small.see("olivia"), small.plan.uid).strategies
    return [one.evidence.key for one in strategy.evidence]


def codes(book: SmallBook, plan: Plan) -> set[str]:
    return {one.code for one in check(book.cast.see("olivia"), plan.uid).findings}


def test_a_plan_follows_its_account_and_returns_with_it(book: SmallBook) -> None:
    plan, olivia = planned(book, book.beacon), book.cast.see("olivia")
    counts = merge_counts(viewer=SYSTEM, winner_uid=book.alder.uid, loser_uid=book.beacon.uid)
    assert counts.elsewhere == {"plan": 1}
    uid = merge(book.alder, book.beacon)
    assert graph(olivia, plan.uid).plan.account_name == "Alder Foods"
    assert [one.uid for one in plans_listed(olivia, account=book.alder.uid)] == [plan.uid]
    assert changes_of(olivia, plan.uid)[0].verb == "merge"
    assert account_merge_undo(viewer=SYSTEM, uid=uid, dry_run=True).going["plan"] == 1
    undo(uid)
    assert graph(olivia, plan.uid).plan.account_name == "Beacon Energy"
    assert changes_of(olivia, plan.uid)[0].verb == "unmerge"
    assert [one.code for one in notices_of(olivia)] == ["plan.merged", "plan.merged"]


def test_parts_that_name_or_cite_an_account_follow_it_and_return(small: SmallPlan) -> None:
    book = small.book
    cite(small, book.beacon)
    gone = cite(small, book.beacon)
    part_remove(viewer=small.see("olivia"), uid=gone)
    uid = merge(book.alder, book.beacon)
    assert (chosen(small).account, chosen(small).account_name) == (
        str(book.alder.uid),
        "Alder Foods",
    )
    assert evidence(small) == [str(book.alder.uid)]
    undo(uid)
    assert (chosen(small).account, chosen(small).account_name) == (
        str(book.beacon.uid),
        "Beacon Energy",
    )
    assert evidence(small) == [str(book.beacon.uid)]
    row = small.plan.parts.get(uid=gone)
    assert row.values["account"] == str(book.beacon.uid)


def test_what_somebody_chose_since_stays_when_a_merge_is_undone(small: SmallPlan) -> None:
    book, olivia = small.book, small.see("olivia")
    moved = cite(small, book.beacon)
    uid = merge(book.alder, book.beacon)
    part_update(viewer=olivia, uid=moved, values={"account": str(book.alder_labs.uid)})
    added = small.add("opportunity", title="Since", account=str(book.alder.uid))
    undo(uid)
    found = {str(one.uid): one.account for one in graph(olivia, small.plan.uid).opportunities}
    assert found == {moved: str(book.alder_labs.uid), added: str(book.alder.uid)}


def test_signatures_stay_and_edits_from_before_a_merge_are_still_undone(small: SmallPlan) -> None:
    book, olivia, plan = small.book, small.see("olivia"), str(small.plan.uid)
    moved = small.add("opportunity", title="Widgets", account=str(book.alder.uid))
    done = part_update(viewer=olivia, uid=moved, values={"account": str(book.beacon.uid)})
    merge(book.alder_labs, book.beacon)
    change_undo(viewer=olivia, plan_uid=plan, number=done.number)
    assert chosen(small).account == str(book.alder.uid)
    done = part_update(viewer=olivia, uid=moved, values={"account": str(book.alder_labs.uid)})
    merge(book.alder_labs, book.alder)
    change_undo(viewer=olivia, plan_uid=plan, number=done.number)
    assert chosen(small).account == str(book.alder_labs.uid)


def test_a_form_opened_before_a_merge_names_the_account_that_lives_on(small: SmallPlan) -> None:
    book = small.book
    merge(book.alder, book.beacon)
    small.add("opportunity", title="Widgets", account=str(book.beacon.uid))
    assert chosen(small).account == str(book.alder.uid)


def test_two_plans_of_one_owner_for_one_period_both_stay_and_are_told(book: SmallBook) -> None:
    one, other = planned(book, book.alder), planned(book, book.beacon)
    olivia = book.cast.see("olivia")
    uid = merge(book.alder, book.beacon)
    listed = {line.uid for line in plans_listed(olivia, account=book.alder.uid)}
    assert listed == {one.uid, other.uid}
    assert (DOUBLE in codes(book, one), DOUBLE in codes(book, other)) == (False, True)
    assert [(line.code, line.label) for line in notices_of(olivia)] == [
        ("plan.doubled", other.title)
    ]
    Plan.objects.filter(pk=one.pk).update(state="accepted")
    plan_close(viewer=olivia, uid=str(one.uid))
    assert DOUBLE not in codes(book, other)
    undo(uid)
    assert graph(olivia, other.uid).plan.account_name == "Beacon Energy"
    assert DOUBLE not in codes(book, other)


def test_a_quarter_cut_since_goes_back_with_its_year(book: SmallBook) -> None:
    plan, olivia = planned(book, book.beacon), book.cast.see("olivia")
    uid = merge(book.alder, book.beacon)
    quarter = plan_cut(viewer=olivia, uid=str(plan.uid), period="FY2027-Q1")
    stays = plan_create(
        viewer=olivia, subject="account", period="FY2028", account_uid=str(book.alder.uid),
        prefill=False,
    )  # fmt: skip
    undo(uid)
    names = dict(Plan.objects.values_list("pk", "account__name"))
    assert names == {
        plan.pk: "Beacon Energy",
        quarter.pk: "Beacon Energy",
        stays.pk: "Alder Foods",
    }


def test_a_merge_from_before_plans_followed_is_undone_without_them(book: SmallBook) -> None:
    uid = merge(book.alder, book.beacon)
    row = Merge.objects.get(uid=uid)
    del row.kept["rows"]["elsewhere"]
    row.save()
    undo(uid)
    assert Account.objects.get(pk=book.beacon.pk).archived_at is None


def test_whoever_sees_neither_account_sees_no_plan_of_them_after_a_merge(book: SmallBook) -> None:
    planned(book, book.beacon)
    merge(book.alder, book.beacon)
    assert plans_listed(book.cast.see("oscar")) == []
    assert [line.account_name for line in plans_listed(book.cast.see("tom"))] == ["Alder Foods"]


@pytest.mark.parametrize("account", ["nonsense", "00000000-0000-7000-8000-000000000000", "umbra"])
def test_an_account_that_is_none_or_out_of_sight_is_refused(small: SmallPlan, account: str) -> None:
    named = str(small.book.umbra.uid) if account == "umbra" else account
    for kind in ("opportunity", "answer"):
        with pytest.raises(InvalidInput) as caught:
            small.add(kind, title="Room", account=named)
        assert caught.value.field == "account"
