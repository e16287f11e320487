"""Parts of a plan as values, from the rows that keep them.

A large plan has hundreds of parts, and from one look at it to the next hardly any of them changes:
a row that reads as it did is the value that it was.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, QuerySet, TextField
from django.db.models.functions import Cast

from groundplan.database.prepared import Parameter, prepared
from groundplan.plans.contracts import AnyPart, Kind
from groundplan.plans.models import PlanPart
from groundplan.plans.rules.kinds import KINDS
from groundplan.plans.rules.typing import kind_of, part_of

KEPT = 5_000
"""Values of rows that a process keeps: some ten plans."""
_COLUMNS = (
    "pk",
    "parent_id",
    "kind",
    "uid_text",
    "position",
    "title",
    "owner_id",
    "due_on",
    "status",
    "is_suggested",
    "version",
    "said",
)
_REFERRING: dict[Kind, tuple[tuple[str, bool], ...]] = {
    kind: tuple((one.name, one.single) for one in spec.fields if one.type == "parts")
    for kind, spec in KINDS.items()
}


def typed_parts(plan: int, kinds: Collection[Kind] | None = None) -> Iterator[AnyPart]:
    """The parts of a plan in their order, or those of some kinds; one query, and another where
    some hang below parts of other kinds."""
    chosen = None if kinds is None else tuple(sorted(kinds))
    rows = _rows(chosen).ask(plan=plan)
    uids = {row[0]: row[3] for row in rows}
    above = {row[1] for row in rows if row[1] is not None} - uids.keys()
    if above:
        parents = PlanPart.objects.filter(plan=plan, pk__in=above).values_list("pk", "uid")
        uids |= {pk: str(uid) for pk, uid in parents}
    for row in rows:
        yield _typed(uids.get(row[1]), row[2:])


def without_lost(part: AnyPart, known: Collection[UUID]) -> AnyPart:
    """The part without references to parts that aren't among the `known` ones."""
    lost: dict[str, Any] = {}
    for name, single in _REFERRING[kind_of(part)]:
        named = getattr(part, name)
        if single and named is not None and named not in known:
            lost[name] = None
        elif not single and any(one not in known for one in named):
            lost[name] = tuple(one for one in named if one in known)
    return replace(part, **lost) if lost else part


@prepared
def _rows(kinds: tuple[str, ...] | None) -> QuerySet[PlanPart, tuple[Any, ...]]:
    plan = Parameter("plan", BigIntegerField())
    parts = PlanPart.objects.filter(plan=plan, removed_at__isnull=True)
    if kinds is not None:
        parts = parts.filter(kind__in=kinds)
    # As texts, which are read only where they are new.
    texts = {"uid_text": Cast(F("uid"), TextField()), "said": Cast("values", TextField())}
    return parts.order_by("kind", "position", "pk").annotate(**texts).values_list(*_COLUMNS)


@lru_cache(maxsize=KEPT)
def _typed(parent: str | None, row: tuple[Any, ...]) -> AnyPart:
    """`row` is what `_COLUMNS` name, from the kind on."""
    kind, uid, position, title, owner, due_on, status, is_suggested, version, said = row
    base = {
        "uid": UUID(uid),
        "title": title,
        "parent": UUID(parent) if parent else None,
        "position": position,
        "is_suggested": is_suggested,
        "version": version,
    }
    columns = {"owner": owner, "due_on": due_on, "status": status}
    return part_of(kind, base, {**json.loads(said), **columns})
