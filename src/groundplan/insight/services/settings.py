"""How results are computed: segments, thresholds and what tiers are counted by."""

from collections.abc import Sequence

from django.db import transaction

from groundplan.insight.models import InsightSettings
from groundplan.kernel.errors import InvalidInput
from groundplan.measures.segments import ATTRIBUTES
from groundplan.measures.segments.contracts import MOST_ATTRIBUTES
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope

from .permission import may_set

FIELDS = ("tier_by", "tier_a_from", "tier_b_from", "segment_by")


@transaction.atomic
def insight_settings_update(
    *,
    viewer: Scope,
    tier_by: str = "score",
    tier_a_from: float | None = None,
    tier_b_from: float | None = None,
    segment_by: Sequence[str] = (),
) -> InsightSettings:
    """Replace the settings; they count from the next analysis on.

    A threshold that is None follows from the characteristics; no `segment_by` means the
    segmentation that foretells purchases best.
    """
    may_set(viewer)
    check_thresholds(tier_by, tier_a_from, tier_b_from)
    _check_segments(segment_by)
    row = InsightSettings.objects.select_for_update().filter(pk=1).first() or InsightSettings(pk=1)
    before = {name: getattr(row, name) for name in FIELDS}
    row.tier_by, row.tier_a_from, row.tier_b_from = tier_by, tier_a_from, tier_b_from
    row.segment_by = list(segment_by)
    row.save()
    changes = {
        name: {"from": before[name], "to": getattr(row, name)}
        for name in FIELDS
        if before[name] != getattr(row, name)
    }
    audit_record(
        viewer_actor=viewer.actor, action="insight.settings", kind="insight", detail=changes
    )
    return row


def check_thresholds(tier_by: str, a_from: float | None, b_from: float | None) -> None:
    """Raises InvalidInput where they make no sense."""
    if tier_by not in ("score", "count"):
        raise InvalidInput("Tiers go by score or by count.", field="tier_by")
    if a_from is not None and b_from is not None and a_from < b_from:
        raise InvalidInput("A can't begin below B.", field="tier_a_from")


def _check_segments(segment_by: Sequence[str]) -> None:
    unknown = [name for name in segment_by if name not in ATTRIBUTES]
    if unknown:
        raise InvalidInput(f"Accounts have no {', '.join(unknown)}.", field="segment_by")
    if len(segment_by) > MOST_ATTRIBUTES:
        raise InvalidInput(f"Choose up to {MOST_ATTRIBUTES} attributes.", field="segment_by")
