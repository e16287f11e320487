"""How many parts a plan has, without reading them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Count, QuerySet
from django.db.models.fields.json import KT

from groundplan.database.prepared import Parameter, prepared
from groundplan.plans.contracts import Graph, Kind
from groundplan.plans.models import Plan, PlanPart
from groundplan.plans.rules.kinds import Section, section_of
from groundplan.plans.rules.typing import kind_of


@dataclass(frozen=True, slots=True)
class Counts:
    """Parts of a plan by kind and by the section that they stand in."""

    kept: Mapping[Section, int] = field(default_factory=dict)
    suggested: Mapping[Section, int] = field(default_factory=dict)
    kinds: Mapping[Kind, int] = field(default_factory=dict)


def counts_of(plan: Plan) -> Counts:
    """Of a plan that `plan_of` gave; one query."""
    return _summed(_counted().ask(plan=plan.pk))


def counts_in(graph: Graph) -> Counts:
    """Of a plan whose whole graph was read already."""
    parts = (
        (kind_of(part), getattr(part, "area", ""), part.is_suggested) for part in graph.parts()
    )
    return _summed((*one, number) for one, number in Counter(parts).items())


def _summed(rows: Iterable[tuple[Kind, str | None, bool, int]]) -> Counts:
    """Of kind, area, whether it is suggested, and number."""
    kept: Counter[Section] = Counter()
    suggested: Counter[Section] = Counter()
    kinds: Counter[Kind] = Counter()
    for kind, area, is_suggested, number in rows:
        section = section_of(kind, area or "")
        (suggested if is_suggested else kept)[section] += number
        kinds[kind] += number
    return Counts(kept, suggested, kinds)


def numbers_below(plan: Plan) -> dict[UUID, int]:
    """How many parts hang directly below each part that has some; one query."""
    return dict(_below().ask(plan=plan.pk))


@prepared
def _counted() -> QuerySet[PlanPart, tuple[Any, ...]]:
    plan = Parameter("plan", BigIntegerField())
    parts = PlanPart.objects.filter(plan=plan, removed_at__isnull=True).order_by()
    counted = parts.annotate(area=KT("values__area")).values("kind", "area", "is_suggested")
    return counted.annotate(number=Count("pk")).values_list(
        "kind", "area", "is_suggested", "number"
    )


@prepared
def _below() -> QuerySet[PlanPart, tuple[Any, ...]]:
    plan = Parameter("plan", BigIntegerField())
    parts = PlanPart.objects.filter(plan=plan, removed_at__isnull=True, parent__isnull=False)
    counted = parts.order_by().values("parent__uid").annotate(number=Count("pk"))
    return counted.values_list("parent__uid", "number")
