"""A plan's graph, whole or by kinds, in three queries."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, QuerySet

from groundplan.database.prepared import Parameter, prepared
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import Graph, Kind, PlanHead, Signature
from groundplan.plans.models import Plan, PlanMember
from groundplan.plans.rules.typing import graph_of, kind_of

from .plans import plan_of
from .typed import typed_parts, without_lost


def graph(viewer: Scope, uid: UUID | str, *, kinds: Collection[Kind] | None = None) -> Graph:
    """The plan's graph; with `kinds` only parts of those, each with its parent as it is.

    Raises NotFound as `plan_of` does.
    """
    return graph_of_plan(plan_of(viewer, uid), kinds=kinds)


def graph_of_plan(plan: Plan, *, kinds: Collection[Kind] | None = None) -> Graph:
    """The graph of a plan that `plan_of` gave. References to what was removed are left out."""
    parts = list(typed_parts(plan.pk, kinds))
    if kinds is None:
        known = {part.uid for part in parts}
        parts = [without_lost(part, known) for part in parts]
    return graph_of(head_of(plan), ((kind_of(part), part) for part in parts))


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
        is_double=plan.beside is not None and plan.beside.state != "closed",
        signatures=signatures,
    )


@prepared
def _members() -> QuerySet[PlanMember, tuple[Any, ...]]:
    members = PlanMember.objects.filter(plan=Parameter("plan", BigIntegerField())).order_by("pk")
    return members.values_list("person_id", "person__name", "section", "signed_at")
