"""What is different between two graphs of a plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from uuid import UUID

from groundplan.plans.contracts import AnyPart, Graph, Kind, PlanHead

from .links import by_uid
from .typing import Json, as_json, kind_of, values_of


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with its values before and after, as JSON keeps them; None where it was empty."""

    name: str
    before: Json
    after: Json


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part that both graphs have. `is_moved` where it hangs below another part, or stands at
    another place among those that both have."""

    kind: Kind
    before: AnyPart
    after: AnyPart
    fields: tuple[FieldChange, ...]
    is_moved: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """Head, and parts in the order of the later graph; removed ones in that of the earlier."""

    head: tuple[FieldChange, ...]
    added: tuple[AnyPart, ...]
    removed: tuple[AnyPart, ...]
    changed: tuple[PartChange, ...]

    @property
    def is_none(self) -> bool:
        return not (self.head or self.added or self.removed or self.changed)


def difference(before: Graph, after: Graph) -> Difference:
    """From one graph to another. Versions of parts and their numbered positions don't count."""
    old, new = by_uid(before), by_uid(after)
    moved = _moved(old, new)
    changes = (
        _change(old[uid], part, is_moved=uid in moved) for uid, part in new.items() if uid in old
    )
    return Difference(
        head=_fields(_head(before.plan), _head(after.plan)),
        added=tuple(part for uid, part in new.items() if uid not in old),
        removed=tuple(part for uid, part in old.items() if uid not in new),
        changed=tuple(one for one in changes if one.fields or one.is_moved),
    )


def _change(before: AnyPart, after: AnyPart, *, is_moved: bool) -> PartChange:
    found = _fields(_values(before), _values(after))
    return PartChange(kind_of(after), before, after, found, is_moved)


def _values(part: AnyPart) -> dict[str, Json]:
    own: dict[str, Json] = {"title": part.title or None, "is_suggested": part.is_suggested}
    return own | values_of(kind_of(part), part)


def _head(plan: PlanHead) -> dict[str, Json]:
    """The fields of a plan that people set, and who signed."""
    names = [one.name for one in fields(PlanHead) if one.name not in _NOT_SET]
    found: dict[str, Json] = {name: as_json(getattr(plan, name)) or None for name in names}
    found["signatures"] = [
        f"{one.name}: {one.section}" for one in plan.signatures if one.is_signed
    ] or None
    return found


_NOT_SET = ("uid", "state", "number", "is_double", "signatures")


def _fields(before: Mapping[str, Json], after: Mapping[str, Json]) -> tuple[FieldChange, ...]:
    names = dict.fromkeys((*before, *after))
    pairs = ((name, before.get(name), after.get(name)) for name in names)
    return tuple(FieldChange(name, was, now) for name, was, now in pairs if was != now)


def _moved(old: Mapping[UUID, AnyPart], new: Mapping[UUID, AnyPart]) -> set[UUID]:
    both = [uid for uid in new if uid in old]
    moved = {uid for uid in both if old[uid].parent != new[uid].parent}
    stayed = set(both) - moved
    was, now = (_siblings(part for part in of.values() if part.uid in stayed) for of in (old, new))
    for place, uids in now.items():
        moved |= _out_of_order(was[place], uids)
    return moved


def _siblings(parts: Iterable[AnyPart]) -> dict[tuple[str, UUID | None], list[UUID]]:
    found: dict[tuple[str, UUID | None], list[UUID]] = {}
    for part in parts:
        found.setdefault((kind_of(part), part.parent), []).append(part.uid)
    return found


def _out_of_order(before: Sequence[UUID], after: Sequence[UUID]) -> set[UUID]:
    """The few that were moved, so that the others stand as they stood."""
    if before == after:
        return set()
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stayed = {uid for block in blocks for uid in after[block.b : block.b + block.size]}
    return set(after) - stayed
