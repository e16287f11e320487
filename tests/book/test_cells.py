"""From cell to work: targeted opportunities and marks by hand, recorded, undone, refused."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from tests.conftest import TODAY, SmallBook

from groundplan.book.contracts import CellRef, Grounds, Mark, Target, Undo
from groundplan.book.grounds import grounds_read, grounds_written
from groundplan.book.models import Account, CompetitorPosition, Opportunity, Product
from groundplan.book.selectors.cells import cells_now, cells_touched, states_of
from groundplan.book.selectors.columns import position_columns
from groundplan.book.selectors.opportunities import opportunities_of, positions_of
from groundplan.book.services.bulk import book_rows
from groundplan.book.services.cells import (
    MOST_AT_ONCE,
    opportunities_target,
    opportunity_untarget,
    positions_mark,
    positions_unmark,
)
from groundplan.book.services.opportunities import opportunity_update
from groundplan.book.services.undo import edit_undo, undo_tokens
from groundplan.kernel import clock
from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from groundplan.kernel.evidence import Evidence
from groundplan.organisation.models import AuditEntry, Stage
from groundplan.organisation.selectors import audit_of
from groundplan.people.contracts import SYSTEM

GROUNDS = Grounds(
    amount=Decimal("12000.5"),
    probability=Decimal("0.2"),
    segment="Food",
    accounts=40,
    owners=12,
    exposed=30,
    adopted=6,
    because=("Widget",),
    cited=Evidence("snapshot", "0190", "", date(2026, 11, 22)),
)
IN_HOUSE = Mark("in_house", "They build it themselves.")
DAY = date(2030, 3, 31)


@pytest.fixture(autouse=True)
def _day() -> object:
    with clock.fixed(TODAY):
        yield


def ref(account: Account, product: Product) -> CellRef:
    return CellRef(account.uid, product.uid)


def target(book: SmallBook, name: str, cells: Sequence[CellRef]) -> Undo:
    targets = [Target(cell, GROUNDS.amount, GROUNDS.probability, GROUNDS) for cell in cells]
    return opportunities_target(viewer=book.cast.see(name), targets=targets, close_on=DAY)


def test_grounds_are_read_as_they_were_written() -> None:
    assert grounds_read(grounds_written(GROUNDS)) == GROUNDS
    assert grounds_read(None) is None


def test_cells_become_open_opportunities_of_the_owner_with_their_grounds(book: SmallBook) -> None:
    cells = [ref(book.beacon, book.widget), ref(book.alder_labs, book.gadget)]
    assert target(book, "maya", cells).changed == 2
    row = Opportunity.objects.get(account=book.beacon)
    assert (row.owner, row.product) == (book.cast.olivia.person, book.widget)
    assert (row.amount, row.probability) == (Decimal("12000.5"), Decimal("0.2"))
    assert (row.stage.name, row.stage.outcome, row.close_on) == ("Targeted", "open", DAY)
    (shown,) = opportunities_of(book.beacon, today=TODAY)
    assert shown.grounds == GROUNDS
    assert audit_of("account", str(book.beacon.uid)).get().action == "opportunity.target"


def test_all_targets_are_undone_at_once_and_one_by_one_from_the_log(book: SmallBook) -> None:
    cells = [ref(book.beacon, book.widget), ref(book.alder_labs, book.gadget)]
    maya = book.cast.see("maya")
    assert edit_undo(viewer=maya, token=target(book, "maya", cells).token) == 2
    assert not states_of([(book.beacon.pk, book.widget.pk)])
    target(book, "maya", cells)
    rows = list(audit_of("account", str(book.beacon.uid)))
    tokens = undo_tokens(maya, rows)
    assert list(tokens) == [rows[0].pk]
    assert edit_undo(viewer=maya, token=tokens[rows[0].pk]) == 1
    assert not states_of([(book.beacon.pk, book.widget.pk)])
    assert states_of([(book.alder_labs.pk, book.gadget.pk)])


def test_an_opportunity_that_was_worked_on_since_is_not_undone(book: SmallBook) -> None:
    done = target(book, "olivia", [ref(book.beacon, book.widget)])
    olivia = book.cast.see("olivia")
    uid = Opportunity.objects.get(account=book.beacon).uid
    opportunity_update(viewer=olivia, uid=uid, values={"amount": "5"})
    assert edit_undo(viewer=olivia, token=done.token) == 0
    assert edit_undo(viewer=olivia, token=opportunity_untarget(viewer=olivia, uid=uid).token) == 1
    assert states_of([(book.beacon.pk, book.widget.pk)]) == {
        (book.beacon.pk, book.widget.pk): "open"
    }


def test_only_what_was_chosen_from_the_whitespace_can_be_given_up(book: SmallBook) -> None:
    uid = Opportunity.objects.get(name="Widgets for Vienna").uid
    with pytest.raises(Conflict):
        opportunity_untarget(viewer=book.cast.see("olivia"), uid=uid)


def test_what_is_offered_or_marked_is_no_target(book: SmallBook) -> None:
    CompetitorPosition.objects.filter(account=book.beacon).update(position="in_house")
    for taken in (ref(book.alder, book.gadget), ref(book.beacon, book.gadget)):
        with pytest.raises(Conflict):
            target(book, "olivia", [taken, ref(book.beacon, book.widget)])
    assert not Opportunity.objects.filter(account=book.beacon).exists()
    assert not AuditEntry.objects.exists()


def test_what_a_competitor_holds_is_displaced_and_falls_back(book: SmallBook) -> None:
    held = (book.beacon.pk, book.gadget.pk)
    CompetitorPosition.objects.filter(account=book.beacon).update(
        position="competitor", competitor="Rival"
    )
    done = target(book, "olivia", [ref(book.beacon, book.gadget)])
    row = Opportunity.objects.get(account=book.beacon)
    assert (row.competitor, states_of([held])[held]) == ("Rival", "open")
    olivia = book.cast.see("olivia")
    assert edit_undo(viewer=olivia, token=done.token) == 1
    assert states_of([held])[held] == "competitor"
    (entry,) = audit_of("account", str(book.beacon.uid))[:1]
    again = undo_tokens(olivia, [entry])[entry.pk]
    assert edit_undo(viewer=olivia, token=again) == 1
    assert states_of([held])[held] == "open"


def test_a_target_may_close_on_a_day_of_its_own(book: SmallBook) -> None:
    own = date(2031, 1, 1)
    cells = [ref(book.beacon, book.widget), ref(book.alder_labs, book.widget)]
    targets = [
        Target(cell, None, None, GROUNDS, day) for cell, day in zip(cells, (None, own), strict=True)
    ]
    viewer = book.cast.see("olivia")
    opportunities_target(viewer=viewer, targets=targets, close_on=DAY)
    rows = Opportunity.objects.filter(grounds__isnull=False).order_by("close_on")
    assert [(row.account, row.close_on) for row in rows] == [
        (book.beacon, DAY),
        (book.alder_labs, own),
    ]
    late = Target(ref(book.alder_labs, book.gadget), None, None, GROUNDS, date(2020, 1, 1))
    with pytest.raises(InvalidInput, match="over"):
        opportunities_target(viewer=viewer, targets=[late], close_on=DAY)


def test_the_stage_of_a_target_is_changed_by_hand_and_undone(book: SmallBook) -> None:
    target(book, "olivia", [ref(book.beacon, book.widget)])
    olivia, row = book.cast.see("olivia"), Opportunity.objects.get(account=book.beacon)
    before = (row.stage_id, row.probability, row.closed_on)

    def staged(stage: Stage, probability: str) -> Undo:
        values = {"stage": str(stage.pk), "probability": probability}
        return opportunity_update(viewer=olivia, uid=row.uid, values=values)

    done = staged(book.won, "0.2")
    row.refresh_from_db()
    assert (row.stage, row.probability, row.closed_on) == (book.won, None, TODAY)
    assert edit_undo(viewer=olivia, token=done.token) == 1
    row.refresh_from_db()
    assert (row.stage_id, row.probability, row.closed_on) == before
    staged(book.qualified, "0.6")
    row.refresh_from_db()
    assert (row.stage, row.probability) == (book.qualified, Decimal("0.6"))
    imported = Opportunity.objects.get(name="Widgets for Vienna")
    with pytest.raises(InvalidInput, match="source"):
        opportunity_update(viewer=olivia, uid=imported.uid, values={"stage": str(book.won.pk)})


def test_a_stage_of_that_name_that_is_over_is_refused(book: SmallBook) -> None:
    Stage.objects.create(name="targeted", outcome="lost")
    with pytest.raises(Conflict):
        target(book, "olivia", [ref(book.beacon, book.widget)])


@pytest.mark.parametrize("name", ["tom", "oscar"])
def test_an_outsider_finds_no_such_cell(book: SmallBook, name: str) -> None:
    cells = [ref(book.beacon, book.widget)]
    viewer = book.cast.see(name)
    with pytest.raises(NotFound):
        target(book, name, cells)
    with pytest.raises(NotFound):
        positions_mark(viewer=viewer, cells=cells, mark=IN_HOUSE)
    with pytest.raises(NotFound):
        positions_unmark(viewer=viewer, cells=cells)


def test_a_viewer_may_only_look(book: SmallBook) -> None:
    cells = [ref(book.alder, book.gadget)]
    vic = book.cast.see("vic")
    with pytest.raises(NotAllowed):
        target(book, "vic", cells)
    with pytest.raises(NotAllowed):
        positions_mark(viewer=vic, cells=cells, mark=IN_HOUSE)
    with pytest.raises(NotAllowed):
        positions_unmark(viewer=vic, cells=cells)


def test_none_and_too_many_cells_and_days_that_are_over_are_refused(book: SmallBook) -> None:
    for cells in ([], [ref(book.beacon, book.widget)] * 2, [ref(book.beacon, book.widget)] * 200):
        with pytest.raises(InvalidInput):
            target(book, "olivia", cells)
    assert MOST_AT_ONCE == 100
    one = Target(ref(book.beacon, book.widget), None, None, GROUNDS)
    with pytest.raises(InvalidInput):
        opportunities_target(
            viewer=book.cast.see("olivia"), targets=[one], close_on=date(2026, 1, 1)
        )


def test_a_mark_by_hand_counts_over_an_import_until_it_is_taken_back(book: SmallBook) -> None:
    olivia, cell = book.cast.see("olivia"), ref(book.beacon, book.gadget)
    pair = (book.beacon.pk, book.gadget.pk)
    done = positions_mark(viewer=olivia, cells=[cell], mark=IN_HOUSE)
    assert states_of([pair]) == {pair: "in_house"}
    (shown,) = positions_of(book.beacon)
    assert (shown.position, shown.reason, shown.author) == (
        "in_house",
        IN_HOUSE.reason,
        olivia.actor,
    )
    assert list(position_columns(SYSTEM).queryset.values_list("position", flat=True)) == [
        "in_house"
    ]
    # Imports neither see nor touch what people said.
    stored = [row for batch in book_rows(kind="position", columns=["position"]) for row in batch]
    assert [row[1] for row in stored] == ["competitor"]
    assert positions_unmark(viewer=olivia, cells=[cell]).changed == 1
    assert states_of([pair]) == {pair: "competitor"}
    assert edit_undo(viewer=olivia, token=done.token) == 0


def test_marks_are_undone_and_redone_with_what_was_said_before(book: SmallBook) -> None:
    olivia, cell = book.cast.see("olivia"), ref(book.beacon, book.widget)
    positions_mark(viewer=olivia, cells=[cell], mark=IN_HOUSE)
    later = Mark("competitor", "Seen on the floor.", "Vexa", DAY)
    done = positions_mark(viewer=olivia, cells=[cell], mark=later)
    assert edit_undo(viewer=olivia, token=done.token) == 1
    assert CompetitorPosition.objects.get(product=book.widget).reason == IN_HOUSE.reason
    tokens = undo_tokens(olivia, audit_of("account", str(book.beacon.uid)))
    assert edit_undo(viewer=olivia, token=next(iter(tokens.values()))) == 1
    row = CompetitorPosition.objects.get(product=book.widget)
    assert (row.competitor, row.renewal_on) == ("Vexa", DAY)


@pytest.mark.parametrize(
    "mark",
    [Mark("in_house", " "), Mark("owned", "Why"), Mark("in_house", "x" * 501)],
)
def test_a_mark_needs_a_kind_and_a_reason(book: SmallBook, mark: Mark) -> None:
    with pytest.raises(InvalidInput):
        positions_mark(
            viewer=book.cast.see("olivia"), cells=[ref(book.beacon, book.widget)], mark=mark
        )


def test_what_is_offered_is_not_marked_and_what_is_unmarked_not_taken_back(
    book: SmallBook,
) -> None:
    olivia = book.cast.see("olivia")
    with pytest.raises(Conflict):
        positions_mark(viewer=olivia, cells=[ref(book.alder, book.gadget)], mark=IN_HOUSE)
    with pytest.raises(Conflict):
        positions_unmark(viewer=olivia, cells=[ref(book.beacon, book.gadget)])


def test_the_same_mark_again_changes_nothing(book: SmallBook) -> None:
    olivia, cells = book.cast.see("olivia"), [ref(book.beacon, book.widget)]
    assert positions_mark(viewer=olivia, cells=cells, mark=IN_HOUSE).changed == 1
    assert positions_mark(viewer=olivia, cells=cells, mark=IN_HOUSE) == Undo(0)


def test_cells_that_were_touched_since_are_told_with_their_state_by_now(book: SmallBook) -> None:
    with clock.fixed(date(2026, 11, 21)):
        before = clock.now()
    cells = [ref(book.beacon, book.widget), ref(book.alder_labs, book.widget)]
    target(book, "olivia", cells[:1])
    positions_mark(viewer=book.cast.see("olivia"), cells=cells[1:], mark=IN_HOUSE)
    touched = cells_touched(before)
    assert touched == set(cells)
    (only,) = cells_now(touched, [book.beacon.pk])
    assert (only.product_id, only.state) == (book.widget.pk, "open")
    assert cells_touched(clock.now()) == frozenset()
