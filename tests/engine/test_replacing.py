"""Imports that replace one another, against doing what each says to a plain list of rows."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundplan.engine import folding
from groundplan.engine.folding import fold_of
from groundplan.engine.purchases import Replaces, merged_days, standing

from .layering import Imports, Line

START = date(2026, 1, 1)

Import = tuple[Replaces, int, list[Line]]

lines = st.tuples(
    st.integers(1, 3),
    st.integers(0, 6).map(lambda days: START + timedelta(days)),
    st.integers(1, 99),
    st.sampled_from(["", "A", "B", "C", "D"]),
)
one = st.tuples(
    st.sampled_from(["orders", "orders", "orders", "dates", "dates", "all"]),
    st.integers(1, 2),
    st.lists(lines, min_size=1, max_size=4),
)
imports = st.lists(one, max_size=5)
histories = st.lists(one, min_size=4, max_size=7)


def plainly(history: Sequence[Import]) -> list[tuple[int, int]]:
    """Account and amount of what holds after the imports."""
    held: list[tuple[int, Line]] = []
    for replaces, source, brought in history:
        orders = {order for _, _, _, order in brought if order}
        days = sorted(day for _, day, _, _ in brought)
        held = [
            (of, line)
            for of, line in held
            if of != source
            or (replaces == "orders" and line[3] not in orders)
            or (replaces == "dates" and not days[0] <= line[1] <= days[-1])
        ]
        held += [(source, line) for line in brought]
    return sorted((account, amount) for _, (account, _, amount, _) in held)


@settings(max_examples=12, deadline=None)
@given(history=imports)
def test_what_holds_is_what_is_left_when_each_import_replaces_what_it_names(
    history: list[Import],
) -> None:
    with TemporaryDirectory() as folder:
        made = Imports(Path(folder))
        for replaces, source, brought in history:
            made.add(replaces, *brought, source=source)
        assert made.amounts() == plainly(history)


@settings(max_examples=12, deadline=None)
@given(before=histories, after=imports)
def test_folded_layers_hold_what_they_held_and_are_replaced_as_they_were(
    before: list[Import], after: list[Import]
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(folding, "FOLD_AT", 4)
        patch.setattr(folding, "_LARGER", 0)
        made = Imports(Path(folder))
        for replaces, _, brought in before:
            made.add(replaces, *brought)
            made.layers = standing(made.layers)
            if fold := fold_of(made.layers):
                made.fold(fold)
        assert len(made.layers) < 4
        for replaces, source, brought in after:
            made.add(replaces, *brought, source=source)
        assert made.amounts() == plainly([(how, 1, rows) for how, _, rows in before] + after)


def test_an_order_that_moved_into_replaced_days_does_not_come_back_where_it_was(
    tmp_path: Path,
) -> None:
    made = Imports(tmp_path)
    made.add("orders", (1, START + timedelta(40), 10, "A"), (1, START + timedelta(41), 20, "B"))
    made.add("orders", (1, START, 11, "A"))
    made.add("dates", (1, START, 30, ""))
    assert made.amounts() == [(1, 20), (1, 30)]


def test_days_of_several_layers_are_stretches_that_do_not_meet(tmp_path: Path) -> None:
    made = Imports(tmp_path)
    for first, last in ((8, 9), (0, 1), (2, 4), (3, 3)):
        days = (START + timedelta(first), START + timedelta(last))
        made.add("dates", *((1, day, 1, "") for day in days))
    assert merged_days(made.layers) == [
        (START, START + timedelta(4)),
        (START + timedelta(8), START + timedelta(9)),
    ]


def test_sixty_imports_of_orders_are_read_within_a_small_memory(tmp_path: Path) -> None:
    made = Imports(tmp_path)
    for number in range(60):
        made.add("orders", (1, START, number, "A"), (2, START, number, f"B{number}"))
    made.connection.execute("SET memory_limit = '256MB'")
    assert len(made.amounts()) == 61


def test_a_long_history_is_not_written_again_for_every_few_orders(tmp_path: Path) -> None:
    made = Imports(tmp_path)
    made.add("orders", *((1, START, 1, f"H{number}") for number in range(500)))
    for number in range(folding.FOLD_AT - 1):
        assert fold_of(made.layers) is None
        made.add("orders", (1, START, 2, f"N{number}"))
    fold = fold_of(made.layers)
    assert fold is not None
    assert fold.layers == tuple(made.layers[1:])
    assert fold.replaces == "orders"


def test_days_with_others_between_are_folded_into_the_whole_history(tmp_path: Path) -> None:
    made = Imports(tmp_path)
    made.add("dates", *((1, START + timedelta(n), 1, "") for n in range(500)))
    for number in range(folding.FOLD_AT):
        made.add("dates", (1, START + timedelta(2 * number), 2, ""))
    fold = fold_of(made.layers)
    assert fold is not None
    assert (fold.replaces, fold.layers) == ("all", tuple(made.layers))
