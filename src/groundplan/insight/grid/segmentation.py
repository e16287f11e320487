"""How the current results group accounts."""

from dataclasses import dataclass
from typing import Any

from groundplan.insight.models import AnalysisRun
from groundplan.snapshots.contracts import CurrentSnapshot

from . import reading


@dataclass(frozen=True, slots=True)
class Segmentation:
    """How accounts are grouped, and what that foretells better than one group would.

    `gain` is a share of the held-out deviance, None where it wasn't measured.
    """

    attributes: tuple[str, ...]
    automatic: bool
    segments: int
    gain: float | None


def segmentation(current: CurrentSnapshot) -> Segmentation | None:
    """How the current results group accounts; None where the run didn't say."""
    run = AnalysisRun.objects.filter(uid=current.results_uid).first()
    told: dict[str, Any] = (run.summary if run else {}).get("segments") or {}
    if not told:
        return None
    return Segmentation(
        attributes=tuple(told.get("attributes") or ()),
        automatic=bool(told.get("automatic", True)),
        segments=len(reading.segment_ids(current)),
        gain=told.get("gain"),
    )
