"""Imports that replace one another, against doing what each says to a plain list of rows."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from groundplan.engine.purchases import Replaces, merged_days

from .layering import Imports, Line

START = date(2026, 1, 1)

Import = tuple[Replaces, int, list[Line]]

lines = st.tuples(
    st.integers(1, 3),
    st.integers(0, 6).map(lambda days: START + timedelta(days)),
    st.integers(1, 99),
    st.sampled_from(["", "A", "B", "C", "D"]),
)
imports = st.lists(
    st.tuples(
        st.sampled_from(["orders", "orders", "dates", "all"]),
        st.integers(1, 2),
        st.lists(lines, min_size=1, max_size=4),
    ),
    max_size=5,
)


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


@settings(max_examples=25, deadline=None)
@given(history=imports)
def test_what_holds_is_what_is_left_when_each_import_replaces_what_it_names(
    history: list[Import],
) -> None:
    with TemporaryDirectory() as folder:
        made = Imports(Path(folder))
        for replaces, source, brought in history:
            made.add(replaces, *brought, source=source)
        assert made.amounts() == plainly(history)


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
