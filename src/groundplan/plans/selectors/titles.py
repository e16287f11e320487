"""What parts are called, those that were removed too: logs name them."""

from collections.abc import Iterable
from uuid import UUID

from groundplan.plans.models import PlanPart


def titles_of(uids: Iterable[str | UUID]) -> dict[str, str]:
    """Titles by uid, of parts that a log the viewer may read refers to."""
    rows = PlanPart.objects.filter(uid__in=list(uids)).values_list("uid", "title")
    return {str(uid): title for uid, title in rows}
