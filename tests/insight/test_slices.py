"""Revenue and pipeline by category, channel, tier and base, beside sums in plain Python."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.insight.facts import facts_write

from groundplan.insight.selectors.lines import Whose
from groundplan.insight.selectors.slices import Days, Slice, pieces_of, spelled, sum_of
from groundplan.snapshots.contracts import CurrentSnapshot

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
DAYS = Days(FIRST, LAST, FIRST)
CATEGORIES = {1: "Hardware", 2: "Services", 3: None}
TIERS = {1: "A", 2: "B", 3: "C"}
FLAGS = {1: True, 2: False, 3: None, 4: True}
OWNERS = {1: 10, 2: 10, 3: 20, 4: None}
numbers = count()

amounts = st.decimals("0.01", "999", places=2)
lines = st.fixed_dictionaries(
    {
        "account_id": st.integers(1, 4),
        "product_id": st.sampled_from([1, 2, 3, None]),
        "owner_id": st.sampled_from([None, 10, 20]),
        "channel": st.sampled_from(["direct", "partner", None]),
        "date": st.integers(0, 800).map(lambda days: date(2025, 1, 1) + timedelta(days)),
        "amount": amounts,
        "status": st.sampled_from(["recognised", "backlog"]),
    }
)
parts = st.builds(
    Slice,
    category=st.sampled_from(["", "Hardware", "Services"]),
    channel=st.sampled_from(["", "direct", "partner"]),
    tier=st.sampled_from(["", "A", "B", "C"]),
    base=st.sampled_from(["", "customer", "prospect"]),
)


def shown(folder: Path) -> CurrentSnapshot:
    taken, nobody = datetime(2026, 11, 22, tzinfo=UTC), UUID(int=0)
    day = date(2026, 11, 22)
    return CurrentSnapshot(1, nobody, folder, day, taken, "USD", nobody, folder, 16_384)


def written(
    folder: Path, purchases: Sequence[dict[str, Any]], deals: Sequence[dict[str, Any]] = ()
) -> CurrentSnapshot:
    """A snapshot of its own for these facts, beside others in the folder."""
    mine = folder / str(next(numbers))
    accounts = [
        {"account_id": pk, "owner_id": OWNERS[pk], "is_customer": FLAGS[pk]} for pk in OWNERS
    ]
    products = [{"product_id": pk, "category": name} for pk, name in CATEGORIES.items()]
    facts_write(
        mine,
        mine,
        accounts=accounts,
        products=products,
        purchases=purchases,
        deals=deals,
        tiers=TIERS,
    )
    return shown(mine)


def is_in(
    part: Slice, line: dict[str, Any], purchases: Sequence[dict[str, Any]], decided: dict[int, str]
) -> bool:
    """The oracle: whether a fact is of a part of the business."""
    account = line["account_id"]
    before = [one["date"] for one in purchases if one["account_id"] == account]
    known = min(before) < FIRST if before else bool(FLAGS[account])
    return (
        part.category in ("", CATEGORIES.get(line["product_id"]))
        and part.channel in ("", line["channel"])
        and part.tier in ("", decided.get(account) or TIERS.get(account))
        and part.base in ("", "customer" if known else "prospect")
    )


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(purchases=st.lists(lines, max_size=12), part=parts, decided=st.booleans())
def test_revenue_of_a_part_is_the_sum_of_its_order_lines(
    purchases: list[dict[str, Any]], part: Slice, decided: bool, tmp_path: Path
) -> None:
    by_hand = {2: "A"} if decided else {}
    facts = written(tmp_path, purchases)
    whose = Whose(persons=(10,))
    found = sum_of(part, pieces_of(facts, whose, DAYS, "actual", tuple(by_hand.items())))
    assert found == sum(
        (
            line["amount"]
            for line in purchases
            if (line["owner_id"] or OWNERS[line["account_id"]]) == 10
            and FIRST <= line["date"] <= LAST
            and is_in(part, line, purchases, by_hand)
        ),
        Decimal(0),
    )


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(purchases=st.lists(lines, max_size=12))
def test_the_parts_of_every_dimension_add_up_to_the_whole(
    purchases: list[dict[str, Any]], tmp_path: Path
) -> None:
    pieces = pieces_of(written(tmp_path, purchases), Whose(), DAYS, "actual")
    whole = sum_of(Slice(), pieces)
    assert whole == sum((piece[-1] for piece in pieces), Decimal(0))
    both = (sum_of(Slice(base=base), pieces) for base in ("customer", "prospect"))
    assert sum(both, Decimal(0)) == whole


def deal(account: int, amount: int, close_on: date, **fields: Any) -> dict[str, Any]:
    plain = {"product_id": 1, "owner_id": 10, "channel": "direct", "outcome": "open"}
    return {**plain, "account_id": account, "amount": amount, "close_on": close_on, **fields}


def test_the_pipeline_of_a_part_is_what_is_open_in_the_period(tmp_path: Path) -> None:
    day = date(2026, 12, 1)
    deals = [
        deal(1, 100, day),
        deal(1, 20, date(2026, 5, 1), product_id=2),
        deal(2, 3, day, channel="partner"),
        deal(1, 5000, day, outcome="won"),
        deal(1, 6000, date(2027, 1, 1)),
        deal(3, 7000, day, owner_id=20),
    ]
    pieces = pieces_of(written(tmp_path, (), deals), Whose(persons=(10,)), DAYS, "open")
    # What should have closed in May counts on the day of the facts.
    assert sum_of(Slice(), pieces) == 123
    assert sum_of(Slice(category="Services"), pieces) == 20
    assert sum_of(Slice(channel="partner"), pieces) == sum_of(Slice(tier="B"), pieces) == 3
    assert sum_of(Slice(base="customer"), pieces) == 120


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        (Slice(category=" hardware"), Slice(category="Hardware")),
        (Slice(channel="Partner", tier="A"), Slice(channel="partner", tier="A")),
        (Slice(category="Hardwear"), None),
        (Slice(channel="web"), None),
    ],
)
def test_names_are_spelled_as_the_facts_spell_them(
    asked: Slice, known: Slice | None, tmp_path: Path
) -> None:
    deals = [deal(1, 1, LAST, channel="partner")]
    assert spelled(written(tmp_path, (), deals), asked) == known
