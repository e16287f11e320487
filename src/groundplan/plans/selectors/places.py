"""In which sections parts stand, without reading them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models.fields.json import KT

from groundplan.plans.models import Plan, PlanPart


def places_of(plan: Plan, uids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Kind and area of the plan's parts among `uids`; what is no part of it is absent."""
    known = [uid for uid in uids if _is_uid(uid)]
    if not known:
        return {}
    rows = PlanPart.objects.filter(plan=plan, uid__in=known).annotate(area=KT("values__area"))
    found = rows.values_list("uid", "kind", "area")
    return {str(uid): (kind, area or "") for uid, kind, area in found}


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
