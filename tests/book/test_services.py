"""Edits of the book: kept over what the source says, recorded, undone, refused."""

from datetime import date, timedelta

import pytest
from tests.conftest import Cast, SmallBook, account_create

from groundplan.book.models import Account, ProfileStatement
from groundplan.book.selectors.search import search_accounts
from groundplan.book.services.accounts import account_update
from groundplan.book.services.ownership import account_claim, account_owner_change
from groundplan.book.services.statements import (
    StatementDraft,
    statement_create,
    statement_revise,
    statement_withdraw,
)
from groundplan.book.services.undo import edit_undo
from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from groundplan.organisation.models import AuditEntry
from groundplan.organisation.selectors import today
from groundplan.sources.models import FieldOverride, SourceKey, SourceSystem


def imported(book: SmallBook) -> None:
    source = SourceSystem.objects.create(name="crm")
    SourceKey.objects.create(source=source, kind="account", key="A1", target_id=book.alder.pk)


def test_an_edit_of_an_imported_field_keeps_what_the_source_said(
    book: SmallBook, cast: Cast
) -> None:
    imported(book)
    olivia = cast.see("olivia")
    account_update(viewer=olivia, uid=book.alder.uid, values={"employees": "600"})
    account_update(viewer=olivia, uid=book.alder.uid, values={"employees": "700"})
    override = FieldOverride.objects.get()
    assert (override.field, override.base, override.edited) == ("employees", 500, 700)
    assert AuditEntry.objects.filter(action="account.update").count() == 2


def test_an_edit_back_to_the_source_ends_the_override(book: SmallBook, cast: Cast) -> None:
    imported(book)
    olivia = cast.see("olivia")
    account_update(viewer=olivia, uid=book.alder.uid, values={"revenue_goal": "5"})
    account_update(viewer=olivia, uid=book.alder.uid, values={"revenue_goal": "100,000.00"})
    assert not FieldOverride.objects.exists()


def test_an_edit_of_an_account_without_a_source_is_no_override(book: SmallBook, cast: Cast) -> None:
    account_update(viewer=cast.see("olivia"), uid=book.alder.uid, values={"industry": "Drinks"})
    assert not FieldOverride.objects.exists()


def test_nothing_is_written_or_recorded_where_nothing_changed(book: SmallBook, cast: Cast) -> None:
    done = account_update(
        viewer=cast.see("olivia"), uid=book.alder.uid, values={"industry": "Food"}
    )
    assert (done.changed, done.token) == (0, "")
    assert not AuditEntry.objects.exists()


def test_undo_puts_the_value_back_but_not_over_a_later_change(book: SmallBook, cast: Cast) -> None:
    olivia = cast.see("olivia")
    first = account_update(viewer=olivia, uid=book.alder.uid, values={"region": "Alps"})
    account_update(viewer=cast.see("tom"), uid=book.alder.uid, values={"region": "Tyrol"})
    assert edit_undo(viewer=olivia, token=first.token) == 0
    second = account_update(viewer=olivia, uid=book.alder.uid, values={"region": "Alps"})
    assert edit_undo(viewer=olivia, token=second.token) == 1
    book.alder.refresh_from_db()
    assert book.alder.region == "Tyrol"


def test_nobody_undoes_with_another_users_token(book: SmallBook, cast: Cast) -> None:
    done = account_update(viewer=cast.see("olivia"), uid=book.alder.uid, values={"region": "Alps"})
    with pytest.raises(NotFound):
        edit_undo(viewer=cast.see("tom"), token=done.token)


def test_an_unknown_field_is_refused(book: SmallBook, cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        account_update(viewer=cast.see("olivia"), uid=book.alder.uid, values={"owner_id": "1"})


def test_a_bulk_change_of_owner_is_all_or_nothing(book: SmallBook, cast: Cast) -> None:
    uids = [book.beacon.uid, book.umbra.uid]
    with pytest.raises(NotFound):
        account_owner_change(viewer=cast.see("olivia"), uids=uids, login="tom")
    book.beacon.refresh_from_db()
    assert book.beacon.owner == cast.olivia.person


def test_a_bulk_change_can_be_undone_though_the_accounts_are_out_of_sight(
    book: SmallBook, cast: Cast
) -> None:
    imported(book)
    olivia = cast.see("olivia")
    uids = [book.alder.uid, book.beacon.uid]
    done = account_owner_change(viewer=olivia, uids=uids, login="oscar")
    assert FieldOverride.objects.get().field == "owner_id"
    assert edit_undo(viewer=olivia, token=done.token) == 2
    assert not FieldOverride.objects.exists()
    book.beacon.refresh_from_db()
    assert book.beacon.owner == cast.olivia.person


def test_an_account_is_claimed_once(book: SmallBook, cast: Cast) -> None:
    account_claim(viewer=cast.see("maya"), uid=book.orphan.uid)
    with pytest.raises(Conflict):
        account_claim(viewer=cast.see("maya"), uid=book.orphan.uid)


def test_statements_are_revised_and_withdrawn_but_never_lost(book: SmallBook, cast: Cast) -> None:
    olivia = cast.see("olivia")
    draft = StatementDraft("Slow to decide", date(2026, 1, 1))
    old = statement_create(viewer=olivia, account_uid=book.alder.uid, topic="culture", draft=draft)
    new = statement_revise(
        viewer=olivia, uid=old.uid, draft=StatementDraft("Quick", date(2026, 2, 1), "Meeting")
    )
    assert (old.is_fact, new.is_fact) == (False, True)
    with pytest.raises(NotFound):
        statement_revise(viewer=olivia, uid=old.uid, draft=draft)
    statement_withdraw(viewer=olivia, uid=new.uid)
    assert ProfileStatement.objects.count() == 2


def test_a_statement_can_not_come_from_the_future(book: SmallBook, cast: Cast) -> None:
    draft = StatementDraft("They will buy", today() + timedelta(days=1))
    with pytest.raises(InvalidInput) as refused:
        statement_create(
            viewer=cast.see("olivia"), account_uid=book.alder.uid, topic="culture", draft=draft
        )
    assert refused.value.field == "as_of"


def test_a_viewer_states_nothing_and_an_outsider_finds_nothing(book: SmallBook, cast: Cast) -> None:
    draft = StatementDraft("Words", date(2026, 1, 1))
    for name, error in (("vic", NotAllowed), ("oscar", NotFound)):
        with pytest.raises(error):
            statement_create(
                viewer=cast.see(name), account_uid=book.alder.uid, topic="culture", draft=draft
            )


def found(cast: Cast, name: str, text: str) -> list[str]:
    return [account.name for account in search_accounts(cast.see(name), text)]


def test_search_finds_parts_of_names_within_what_the_viewer_sees(
    book: SmallBook, cast: Cast
) -> None:
    assert found(cast, "olivia", "lder") == ["Alder Foods", "Alder Labs"]
    assert found(cast, "olivia", "LABS alder") == ["Alder Labs"]
    assert found(cast, "olivia", "al") == ["Alder Foods", "Alder Labs"]
    assert found(cast, "olivia", "alder.example") == ["Alder Foods"]
    assert found(cast, "oscar", "alder") == []
    assert found(cast, "olivia", '"') == []


def test_search_follows_renames_and_bulk_writes(book: SmallBook, cast: Cast) -> None:
    account_update(viewer=cast.see("olivia"), uid=book.beacon.uid, values={"name": "Birch Power"})
    Account.objects.bulk_create([Account(name="Zebra Zinc", owner=cast.olivia.person)])
    account_create("Zirkon", owner=cast.olivia.person)
    assert found(cast, "olivia", "birch") == ["Birch Power"]
    assert found(cast, "olivia", "beacon") == []
    assert found(cast, "olivia", "zebra") == ["Zebra Zinc"]
    assert found(cast, "olivia", "zirk") == ["Zirkon"]
