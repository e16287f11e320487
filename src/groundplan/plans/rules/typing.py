"""Stored values become typed parts, and typed parts values that JSON keeps."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from groundplan.kernel.evidence import Evidence
from groundplan.plans.contracts import AnyPart, Cited, Graph, Kind, PlanHead

from .kinds import KINDS, Field, Type

Json = None | str | int | float | bool | list["Json"] | dict[str, "Json"]
_PLACE: dict[Kind, str] = {
    "answer": "answers",
    "opportunity": "opportunities",
    "goal": "goals",
    "strategy": "strategies",
    "objective": "objectives",
    "initiative": "initiatives",
    "tactic": "tactics",
    "risk": "risks",
    "contingency": "contingencies",
    "resource": "resources",
}
_KINDS: dict[type[AnyPart], Kind] = {spec.made: kind for kind, spec in KINDS.items()}


def part_of(kind: Kind, base: Mapping[str, Any], values: Mapping[str, Json]) -> AnyPart:
    """A typed part: `base` holds what every part has (`contracts.Part`), `values` its fields as
    JSON keeps them. Fields that are absent or empty have their defaults."""
    given = {}
    for name, read in _readers(kind):
        value = values.get(name)
        if value or value == 0:
            given[name] = read(value)
    # Kinds have fields without a default: what every answer and chosen opportunity must name.
    if kind == "answer":
        given = {"area": "assessment", "question": "", **given}
    elif kind == "opportunity":
        given = {"account": "", **given}
    return KINDS[kind].made(**base, **given)


def typed(field: Field, value: Json) -> Any:
    """A value as its field's type has it. Raises ValueError, TypeError or ArithmeticError."""
    return _reader(field)(value)


def as_json(value: object) -> Json:
    """A field's value as JSON keeps it; `typed` reads it back."""
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Cited):
        on = value.evidence.on
        return {
            "kind": value.evidence.kind,
            "key": value.evidence.key,
            "label": value.evidence.label,
            "on": on.isoformat() if on else None,
            "is_fact": value.is_fact,
        }
    if isinstance(value, tuple | list):
        return [as_json(one) for one in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"no part of a plan holds {type(value).__name__}")


def values_of(kind: Kind, part: AnyPart) -> dict[str, Json]:
    """The fields of a part as JSON keeps them, without those that have nothing in them."""
    found = {one.name: as_json(getattr(part, one.name)) for one in KINDS[kind].fields}
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def kind_of(part: AnyPart) -> Kind:
    return _KINDS[type(part)]


def graph_of(plan: PlanHead, parts: Iterable[tuple[Kind, AnyPart]]) -> Graph:
    """The graph of parts that come in their order; a kind without any is empty."""
    found: dict[str, list[AnyPart]] = {place: [] for place in _PLACE.values()}
    for kind, part in parts:
        found[_PLACE[kind]].append(part)
    names = {one.name for one in fields(Graph)}
    chosen: dict[str, Any] = {name: tuple(found[name]) for name in found if name in names}
    return Graph(plan, **chosen)


def _list(value: Json) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("a list is needed")
    return value


def _cited(value: Mapping[str, Any]) -> Cited:
    on = value.get("on")
    evidence = Evidence(
        kind=str(value["kind"]),
        key=str(value["key"]),
        label=str(value["label"]),
        on=date.fromisoformat(on) if on else None,
    )
    return Cited(evidence, bool(value["is_fact"]))


@lru_cache(maxsize=10_000)
def _uid(value: Any) -> UUID:
    # Hundreds of tactics name the same few objectives.
    return UUID(str(value))


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


_READ: dict[Type, Callable[[Any], Any]] = {
    "number": lambda value: Decimal(str(value)),
    "integer": lambda value: int(str(value)),
    "person": lambda value: int(str(value)),
    "date": _date,
    "parts": lambda value: tuple([_uid(one) for one in _list(value)]),
    "evidence": lambda value: tuple(_cited(one) for one in _list(value)),
}


def _reader(field: Field) -> Callable[[Any], Any]:
    if field.name == "probability":
        return lambda value: float(str(value))
    if field.type == "parts" and field.single:
        return _uid
    return _READ.get(field.type, str)


@cache
def _readers(kind: Kind) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """The fields of a kind with what reads each: a plan has hundreds of parts."""
    return tuple((one.name, _reader(one)) for one in KINDS[kind].fields)
