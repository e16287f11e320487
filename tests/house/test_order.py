"""Long tests begin first, on every worker."""

import pytest
from tests.order import LONG, dealt, rank

from .test_layers import ROOT

OTHERS = [(len(LONG), f"short {number}") for number in range(20)]


@pytest.mark.parametrize("workers", [1, 2, 3, 4])
def test_each_workers_share_begins_with_what_takes_long(workers: int) -> None:
    long = [(number, f"long {number}") for number in range(4)]
    order = dealt([*OTHERS[:7], *long, *OTHERS[7:]], workers)
    assert sorted(order) == sorted(name for _, name in [*OTHERS, *long])
    left = list(order)
    for worker in range(workers):
        size = len(left) // (workers - worker)
        assert left[0] == f"long {worker}"
        left = left[size:]
    assert [name for name in order if name.startswith("short")] == [name for _, name in OTHERS]


def test_with_more_long_tests_than_a_share_holds_none_is_lost() -> None:
    many = [(0, f"browser {number}") for number in range(30)]
    order = dealt([*OTHERS, *many], 3)
    assert sorted(order) == sorted(name for _, name in [*OTHERS, *many])
    assert order[:30] == [name for _, name in many]


def test_what_is_named_as_long_is_there() -> None:
    modules = list((ROOT / "tests").rglob("test_*.py"))
    assert {rank(module) for module in modules} == set(range(len(LONG) + 1))
