"""A plan's graph, whole or by kinds, in three queries."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, QuerySet, TextField
from django.db.models.functions import Cast

from groundplan.organisation.prepared import Parameter, prepared
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import AnyPart, Graph, Kind, PlanHead, Signature
from groundplan.plans.models import Plan, PlanMember, PlanPart
from groundplan.plans.rules.kinds import KINDS
from groundplan.plans.rules.typing import graph_of, part_of

from .plans import plan_of

_COLUMNS = (
    "pk",
    "uid",
    "kind",
    "parent_id",
    "position",
    "title",
    "owner_id",
    "due_on",
    "status",
    "is_suggested",
    "version",
    "said",
)
_REFERRING: dict[str, tuple[tuple[str, bool], ...]] = {
    kind: tuple((one.name, one.single) for one in spec.fields if one.type == "parts")
    for kind, spec in KINDS.items()
}


def graph(viewer: Scope, uid: UUID | str, *, kinds: Collection[Kind] | None = None) -> Graph:
    """The plan's graph; with `kinds` only parts of those, each with its parent as it is.

    Raises NotFound as `plan_of` does.
    """
    return graph_of_plan(plan_of(viewer, uid), kinds=kinds)


def graph_of_plan(plan: Plan, *, kinds: Collection[Kind] | None = None) -> Graph:
    """The graph of a plan that `plan_of` gave. References to what was removed are left out."""
    rows = _rows(plan, kinds)
    return graph_of(head_of(plan), _typed(plan, rows, whole=kinds is None))


def head_of(plan: Plan) -> PlanHead:
    """A plan that `plan_of` gave, without its parts; one query for who signs."""
    signatures = tuple(
        Signature(person, name, section, signed_at is not None)
        for person, name, section, signed_at in _members().ask(plan=plan.pk)
    )
    return PlanHead(
        uid=plan.uid,
        title=plan.title,
        subject=plan.subject,  # type: ignore[arg-type]  # services write the literal's values only
        period=plan.period,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        state=plan.state,  # type: ignore[arg-type]  # as above
        number=plan.number,
        owner=plan.owner_id,
        owner_name=plan.owner.name,
        manager=plan.manager_id,
        account=str(plan.account.uid) if plan.account else "",
        account_name=plan.account.name if plan.account else "",
        vision=plan.vision,
        next_review_on=plan.next_review_on,
        parent=plan.parent.uid if plan.parent else None,
        signatures=signatures,
    )


def _rows(plan: Plan, kinds: Collection[Kind] | None) -> list[tuple[Any, ...]]:
    chosen = None if kinds is None else tuple(sorted(kinds))
    return _parts(chosen).ask(plan=plan.pk)


@prepared
def _parts(kinds: tuple[str, ...] | None) -> QuerySet[PlanPart, tuple[Any, ...]]:
    plan = Parameter("plan", BigIntegerField())
    parts = PlanPart.objects.filter(plan=plan, removed_at__isnull=True)
    if kinds is not None:
        parts = parts.filter(kind__in=kinds)
    said = Cast("values", TextField())
    return parts.order_by("kind", "position", "pk").annotate(said=said).values_list(*_COLUMNS)


@prepared
def _members() -> QuerySet[PlanMember, tuple[Any, ...]]:
    members = PlanMember.objects.filter(plan=Parameter("plan", BigIntegerField())).order_by("pk")
    return members.values_list("person_id", "person__name", "section", "signed_at")


def _typed(
    plan: Plan, rows: list[tuple[Any, ...]], *, whole: bool
) -> Iterator[tuple[Kind, AnyPart]]:
    uids = {row[0]: row[1] for row in rows}
    above = {row[3] for row in rows if row[3] is not None} - uids.keys()
    if above:
        uids |= dict(PlanPart.objects.filter(plan=plan, pk__in=above).values_list("pk", "uid"))
    known = {str(row[1]) for row in rows} if whole else None
    # Read as one text, which takes a fraction of reading hundreds.
    all_values = json.loads(f"[{','.join([row[-1] for row in rows])}]")
    for row, values in zip(rows, all_values, strict=True):
        _pk, uid, kind, parent, position, title, owner, due_on, status, suggested, version, _ = row
        base = {
            "uid": uid,
            "title": title,
            "parent": uids.get(parent),
            "position": position,
            "is_suggested": suggested,
            "version": version,
        }
        given = values if known is None else without_lost(kind, values, known)
        columns = {"owner": owner, "due_on": due_on, "status": status}
        yield kind, part_of(kind, base, {**given, **columns})


def without_lost(kind: str, values: Mapping[str, Any], known: Collection[str]) -> Mapping[str, Any]:
    """`values` without references to parts that aren't among the `known` uids."""
    referring = _REFERRING[kind]
    if not referring:
        return values
    kept = dict(values)
    for name, single in referring:
        listed = kept.get(name)
        if single and listed not in known:
            kept[name] = None
        elif listed and not single:
            kept[name] = [one for one in listed if one in known]
    return kept
