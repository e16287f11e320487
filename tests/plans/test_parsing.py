"""What is typed into a part's fields, and what a row keeps of it."""

import json
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.kernel.errors import InvalidInput
from groundplan.kernel.ids import uuid7
from groundplan.plans.contracts import Kind
from groundplan.plans.rules.kinds import KINDS
from groundplan.plans.rules.parsing import parsed, title_of
from groundplan.plans.rules.typing import part_of, values_of

ONE, TWO = str(UUID(int=1)), str(UUID(int=2))


@pytest.mark.parametrize(
    ("kind", "field", "text", "kept"),
    [
        ("goal", "title", "  Known  in\n energy ", "Known in energy"),
        ("goal", "title", " ", ""),
        ("goal", "text", " One\r\nTwo ", "One\nTwo"),
        ("goal", "text", "  ", None),
        ("goal", "owner", " olivia ", "olivia"),
        ("objective", "target", "1,250,000.50", "1250000.5"),
        ("objective", "target", "0", "0"),
        ("objective", "target", "", None),
        ("objective", "due_on", "2027-03-31", "2027-03-31"),
        ("objective", "per", "week", "week"),
        ("objective", "strategy", ONE, ONE),
        ("strategy", "goals", f"{ONE}, {TWO},{ONE}", [ONE, TWO]),
        ("strategy", "goals", ",", None),
        ("opportunity", "probability", "35 %", "0.35"),
        ("risk", "likelihood", "4", 4),
        ("tactic", "status", "done", "done"),
    ],
)
def test_a_field_is_kept_as_its_type_has_it(kind: Kind, field: str, text: str, kept: Any) -> None:
    assert parsed(kind, {field: text}) == {field: kept}


@pytest.mark.parametrize(
    ("kind", "field", "text"),
    [
        ("goal", "title", "x" * 301),
        ("goal", "text", "x" * 20_001),
        ("goal", "hours", "3"),
        ("objective", "target", "many"),
        ("objective", "target", "-3"),
        ("objective", "target", "NaN"),
        ("objective", "due_on", "31.3.2027"),
        ("objective", "per", "decade"),
        ("objective", "strategy", f"{ONE},{TWO}"),
        ("strategy", "goals", "first"),
        ("strategy", "goals", ",".join([str(UUID(int=number)) for number in range(201)])),
        ("risk", "likelihood", "6"),
        ("strategy", "evidence", "not JSON"),
        ("strategy", "evidence", '{"kind": "statement"}'),
        ("strategy", "evidence", '[{"kind": "statement"}]'),
        ("strategy", "evidence", "[[]]"),
        ("strategy", "evidence", '[{"kind": "note", "key": "", "label": " ", "is_fact": false}]'),
    ],
)
def test_what_can_not_be_read_is_refused_by_field(kind: Kind, field: str, text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parsed(kind, {field: text})
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("kind", "key", "is_fact"),
    [("statement", "1", True), ("assumption", "1", False), ("statement", "", False)],
)
def test_only_evidence_with_a_source_is_a_fact(kind: str, key: str, is_fact: bool) -> None:
    cited = [{"kind": kind, "key": key, "label": "They grow", "on": None, "is_fact": True}]
    kept: Any = parsed("strategy", {"evidence": json.dumps(cited)})["evidence"]
    assert [one["is_fact"] for one in kept] == [is_fact]


@given(st.decimals(0, Decimal(10) ** 12, places=4))
def test_numbers_come_back_as_they_were_typed(number: Decimal) -> None:
    kept = parsed("tactic", {"hours": str(number)})
    tactic = part_of("tactic", {"uid": uuid7(), "title": "Call"}, kept)
    assert values_of("tactic", tactic)["hours"] == kept["hours"]
    assert Decimal(str(kept["hours"])) == number


@given(kind=st.sampled_from(sorted(KINDS)), text=st.text(max_size=60))
def test_any_text_is_kept_or_refused_by_name(kind: Kind, text: str) -> None:
    for field in KINDS[kind].fields:
        refused = ""
        try:
            kept = parsed(kind, {field.name: text})
        except InvalidInput as caught:
            refused, kept = caught.field, {field.name: None}
        assert refused in ("", field.name)
        assert json.loads(json.dumps(kept)) == kept


def test_a_part_without_a_title_is_called_by_what_it_says() -> None:
    assert title_of({"text": "Call the plant\nand then the head office"}) == "Call the plant"
    assert title_of({"trigger": "Rates rise", "text": None}) == "Rates rise"
    assert title_of({"text": "x" * 200}) == "x" * 119 + "\u2026"
    assert title_of({}) == ""
