"""Characteristics, scores and tiers."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundplan.engine.owned import read_owned
from groundplan.kernel.errors import InvalidInput
from groundplan.measures.segments import choose_segments
from groundplan.measures.tiers import (
    Characteristic,
    Thresholds,
    Tiering,
    assign_tiers,
    check,
    default_thresholds,
)
from groundplan.measures.tiers.defaults import round_down

from .facts import AS_OF, YEAR_AGO, Bought, Facts, connection, days_ago

BOOK = Facts(
    accounts=4,
    products=3,
    purchases=[
        Bought(1, 1, days_ago(20)),
        Bought(1, 2, days_ago(400)),
        Bought(2, 2, days_ago(30)),
        Bought(2, 2, days_ago(500)),
    ],
    industries={1: "Food", 2: "Energy", 3: "food service"},
    employees={1: 500, 2: 20},
    attributes={
        1: '{"Fleet size": "12", "Region": "Alps", "Renewal": "2026-12-31"}',
        2: '{"Fleet size": "many", "Renewal": "soon"}',
    },
    categories={1: "Hardware", 2: "Service", 3: "Service"},
    open=[(3, None)],
)


def assign(facts: Facts, *rules: Characteristic, **more: Any) -> tuple[Tiering, list[Any]]:
    database = connection(facts)
    choose_segments(database, read_owned(database), as_of=AS_OF, year_ago=YEAR_AGO)
    database.execute(
        "CREATE TABLE account_whitespace AS SELECT account_id, 0 AS whitespace FROM accounts"
    )
    tiering = assign_tiers(database, as_of=AS_OF, characteristics=rules, **more)
    rows = database.execute(
        "SELECT account_id, score, matched, met, tier FROM account_tiers ORDER BY account_id"
    ).fetchall()
    return tiering, rows


def meeting(attribute: str, operator: str, value: object = None) -> list[int]:
    """Accounts of the book that meet one rule."""
    _, rows = assign(BOOK, Characteristic("r", attribute, operator, value))
    return [account for account, _, matched, *_ in rows if matched == 1]


@pytest.mark.parametrize(
    ("attribute", "operator", "value", "accounts"),
    [
        ("industry", "in", ["FOOD", "Mining"], [1]),
        ("industry", "not_in", ["food"], [2, 3]),
        ("industry", "contains", "FOOD", [1, 3]),
        ("industry", "in", [], []),
        ("industry", "is_known", None, [1, 2, 3]),
        ("industry", "is_unknown", None, [4]),
        ("attributes.Region", "is_unknown", None, [2, 3, 4]),
        ("attributes.Renewal", "on_or_after", "2026-12-31", [1]),
        ("attributes.Renewal", "on_or_after", "2027-01-01", []),
        ("attributes.Renewal", "on_or_before", "2026-12-31", [1]),
        ("attributes.Renewal", "between_dates", ["2026-12-01", "2026-12-31"], [1]),
        ("attributes.Renewal", "in_next_days", 60, [1]),
        ("attributes.Renewal", "in_next_days", 59, []),
        ("attributes.Renewal", "in_last_days", 9000, []),
        ("employees", "between", [20, 400], [2]),
        ("employees", "at_least", 500, [1]),
        ("employees", "at_most", 20, [2]),
        ("growth", "over_growth", -0.1, [1, 2]),
        ("owned_products", "at_least", 2, [1]),
        ("days_since_purchase", "at_most", 20, [1]),
        ("open_opportunities", "at_least", 1, [3]),
        ("products", "owns_product", [1, 3], [1]),
        ("products", "owns_category", ["Service"], [1, 2]),
        ("attributes.Fleet size", "at_least", 10, [1]),
        ("attributes.Region", "in", ["alps"], [1]),
        ("attributes.Fleet size", "is_known", None, [1, 2]),
    ],
)
def test_a_rule_is_met_by(
    attribute: str, operator: str, value: object, accounts: list[int]
) -> None:
    assert meeting(attribute, operator, value) == accounts


@pytest.mark.parametrize(
    ("attribute", "operator", "value"),
    [
        ("shoe size", "in", ["a"]),
        ("industry", "sounds_like", "a"),
        ("industry", "at_least", 3),
        ("employees", "contains", "a"),
        ("employees", "between", [1]),
        ("employees", "at_least", "3"),
        ("employees", "at_least", True),
        ("industry", "in", "Food"),
        ("industry", "contains", ""),
        ("industry; DROP TABLE accounts", "in", ["a"]),
        ("attributes.", "in", ["a"]),
        ("attributes.x", "owns_product", [1]),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    attribute: str, operator: str, value: object
) -> None:
    with pytest.raises(InvalidInput):
        check(Characteristic("r", attribute, operator, value))


def test_a_custom_attribute_may_have_any_name() -> None:
    odd = "a\"b'c\\ $.x"
    facts = Facts(accounts=1, attributes={1: '{"a\\"b\'c\\\\ $.x": "yes"}'})
    _, rows = assign(facts, Characteristic("r", f"attributes.{odd}", "is_true"))
    assert rows[0][2] == 1


def test_the_worked_example_of_the_specification() -> None:
    rules = (
        Characteristic("Food", "industry", "contains", "food", 2),
        Characteristic("Large", "employees", "at_least", 100, 1),
        Characteristic("Owns hardware", "products", "owns_category", ["Hardware"], 1.5),
        Characteristic("Bought lately", "days_since_purchase", "at_most", 90, 1),
    )
    tiering, rows = assign(BOOK, *rules, a_from=3.0, b_from=1.5)
    assert tiering.thresholds == Thresholds(3.0, 1.5)
    assert rows == [
        (1, 5.5, 0b1111, 4, "A"),
        (2, 1.0, 0b1000, 1, "C"),
        (3, 2.0, 0b0001, 1, "B"),
        (4, 0.0, 0, 0, "C"),
    ]
    _, rows = assign(BOOK, *rules, by="count", a_from=3, b_from=1)
    assert [row[-1] for row in rows] == ["A", "B", "B", "C"]


def test_the_default_set_is_made_of_facts_that_exist_and_tell_accounts_apart() -> None:
    facts = Facts(accounts=40, products=2)
    facts.purchases = [Bought(n, 1, days_ago(n * 15)) for n in range(1, 31)]
    tiering, rows = assign(facts)
    asked = {rule.attribute for rule in tiering.characteristics}
    assert tiering.is_default
    assert "days_since_purchase" in asked
    assert not asked & {"employees", "annual_revenue", "open_opportunities", "contacts"}
    assert {tier for *_, tier in rows} >= {"A", "C"}


def test_without_any_fact_everybody_is_c() -> None:
    _, rows = assign(Facts(accounts=2))
    assert [tier for *_, tier in rows] == ["C", "C"]
    assert assign(Facts())[1] == []


@given(
    st.lists(st.sampled_from([0.5, 1.0, 2.0, -1.0]), max_size=9),
    st.dictionaries(st.integers(0, 9).map(float), st.integers(1, 50), max_size=6),
)
def test_default_thresholds_never_let_one_rule_make_more_than_c(
    weights: list[float], reached: dict[float, int]
) -> None:
    limits = default_thresholds(weights, reached)
    positive = [weight for weight in weights if weight > 0]
    assert limits.a_from >= limits.b_from
    if len(positive) > 1 and len(set(positive)) == 1:
        assert limits.tier(positive[0], 1) == "C"
        assert limits.tier(sum(positive), len(positive)) == "A"


@given(st.floats(1, 1e12))
@settings(max_examples=50)
def test_a_level_is_rounded_down_to_two_digits(level: float) -> None:
    rounded = round_down(level)
    assert level * 0.9 - 1 <= rounded <= level
    assert len(str(int(rounded)).rstrip("0")) <= 2


def test_dates_are_counted_from_the_day_of_the_snapshot() -> None:
    facts = Facts(accounts=1, products=1, purchases=[Bought(1, 1, date(2026, 10, 2))])
    _, rows = assign(facts, Characteristic("r", "days_since_purchase", "between", [30, 30]))
    assert rows[0][2] == 1
