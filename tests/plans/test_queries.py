"""How many times plans ask the database, whatever their size."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.plans.conftest import SmallPlan

from groundplan.plans.selectors import changes_of, graph, plans_listed, queue, week
from groundplan.plans.services import (
    part_add,
    part_keep,
    part_move,
    part_remove,
    part_update,
    tactic_mark,
)

TITLES = [f"Number {number}" for number in range(12)]


def asked(act: Callable[[], object]) -> int:
    """Queries of the second time: the first compiles and reads what is kept. Savepoints stand for
    the transaction that a request would begin."""
    act()
    with CaptureQueriesContext(connection) as found:
        act()
    return sum("SAVEPOINT" not in one["sql"] for one in found)


@pytest.fixture
def full(small: SmallPlan) -> SmallPlan:
    """The small plan with two dozen tactics more."""
    for title in TITLES:
        initiative = small.add("initiative", parent=small.strategy, title=title)
        for number in range(2):
            small.add("tactic", parent=initiative, title=f"{title}.{number}")
    return small


def test_reads_take_the_same_few_queries_for_any_plan(full: SmallPlan) -> None:
    olivia, uid = full.see("olivia"), full.plan.uid
    assert asked(lambda: graph(olivia, uid)) == 3
    assert asked(lambda: graph(olivia, uid, kinds=["goal"])) == 3
    assert asked(lambda: changes_of(olivia, uid)) == 3
    assert asked(lambda: plans_listed(olivia)) == 1
    assert asked(lambda: week(olivia, of="mine", around=date(2027, 1, 4))) == 2
    assert asked(lambda: queue(full.see("maya"))) <= 2


def test_an_edit_takes_five_queries(full: SmallPlan) -> None:
    olivia = full.see("olivia")
    titles = iter(TITLES)
    assert (
        asked(lambda: part_update(viewer=olivia, uid=full.first, values={"title": next(titles)}))
        == 5
    )


def test_other_writes_take_few_queries_more(full: SmallPlan) -> None:
    olivia, uid = full.see("olivia"), str(full.plan.uid)
    titles, states = iter(TITLES), iter(["done", "planned"])
    acts: tuple[tuple[int, Callable[[], object]], ...] = (
        (
            7,
            lambda: part_add(
                viewer=olivia,
                plan_uid=uid,
                kind="tactic",
                values={"title": next(titles)},
                parent_uid=full.initiative,
            ),
        ),
        (6, lambda: part_move(viewer=olivia, uid=full.second)),
        (5, lambda: tactic_mark(viewer=olivia, uid=full.first, status=next(states))),
        (1, lambda: part_keep(viewer=olivia, uid=full.goal)),
    )
    for most, act in acts:
        assert asked(act) <= most


def test_removing_takes_as_many_queries_for_many_parts_as_for_few(full: SmallPlan) -> None:
    olivia = full.see("olivia")
    with CaptureQueriesContext(connection) as found:
        part_remove(viewer=olivia, uid=full.strategy)
    assert sum("SAVEPOINT" not in one["sql"] for one in found) <= 9
