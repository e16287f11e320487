"""What a person types into a field, and who may hand over an account."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.book.rules import is_stale, may_change_owner, parse
from groundplan.kernel.errors import InvalidInput
from groundplan.people.contracts import RoleName, Scope


def scope(role: RoleName, person: int | None = 7) -> Scope:
    return Scope(user_id=1, actor="x", role=role, person_id=person, path="/7/")


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", "  Food ", "Food"),
        ("integer", "1,200", 1200),
        ("amount", "12 500.50", Decimal("12500.5000")),
        ("amount", "", None),
        ("share", "35 %", Decimal("0.3500")),
        ("share", "0.35", Decimal("0.3500")),
        ("date", "2027-03-31", date(2027, 3, 31)),
        ("boolean", "false", False),
        ("boolean", "", None),
    ],
)
def test_text_becomes_the_value_of_its_field(kind: str, typed: str, value: object) -> None:
    assert parse("field", kind, typed) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("integer", "12.5"),
        ("amount", "-1"),
        ("amount", "NaN"),
        ("amount", "1e15"),
        ("share", "120 %"),
        ("date", "31.3.2027"),
        ("boolean", "maybe"),
        ("text", "x" * 201),
    ],
)
def test_what_a_field_does_not_take_is_refused_by_its_name(kind: str, typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse("field", kind, typed)
    assert refused.value.field == "field"


def test_a_name_can_not_be_empty() -> None:
    with pytest.raises(InvalidInput):
        parse("name", "text", "  ")


@given(st.text(max_size=40), st.sampled_from(["integer", "amount", "share", "date", "boolean"]))
def test_any_text_is_taken_or_refused_but_never_breaks(typed: str, kind: str) -> None:
    try:
        value = parse("field", kind, typed)
    except InvalidInput:
        return
    assert value is None or isinstance(value, int | Decimal | date | bool)


def test_owners_hand_over_their_own_and_managers_what_they_see() -> None:
    assert may_change_owner(scope("member"), 7)
    assert not may_change_owner(scope("member"), 8)
    assert not may_change_owner(scope("member", None), None)
    assert may_change_owner(scope("manager"), 8)
    assert may_change_owner(scope("manager"), None)
    assert not may_change_owner(scope("viewer"), 7)


def test_a_statement_is_stale_the_day_after_its_time() -> None:
    assert not is_stale(date(2026, 1, 1), date(2026, 6, 30), 180)
    assert is_stale(date(2026, 1, 1), date(2026, 7, 1), 180)
