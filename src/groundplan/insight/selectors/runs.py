"""The run that everybody sees, and what the next one will be asked."""

from datetime import date
from decimal import Decimal
from typing import Any

from groundplan.insight.contracts import CharacteristicRow, RunSummary, SegmentationTried
from groundplan.insight.models import AnalysisRun, Characteristic, InsightSettings
from groundplan.measures.tiers import Thresholds
from groundplan.people.contracts import Scope
from groundplan.snapshots.selectors import current


def insight_settings() -> InsightSettings:
    """How results are computed; the defaults before anybody set them. No secrets: no viewer."""
    return InsightSettings.objects.filter(pk=1).first() or InsightSettings(pk=1)


def shown_run() -> AnalysisRun | None:
    """The run that the pointer names; None before the first analysis."""
    shown = current()
    return AnalysisRun.objects.filter(uid=shown.results_uid).first() if shown else None


def run_summary(viewer: Scope) -> RunSummary | None:
    """What describes the run that everybody sees; None before the first analysis.

    Sums over all accounts are zero and empty for a viewer who doesn't see all of them.
    """
    run = shown_run()
    if run is None:
        return None
    summary, parameters = run.summary, run.parameters
    segments: dict[str, Any] = summary["segments"]
    return RunSummary(
        uid=run.uid,
        as_of=date.fromisoformat(parameters["as_of"]),
        started_at=run.started_at,
        finished_at=run.finished_at,
        accounts=summary["accounts"] if viewer.sees_all else 0,
        whitespace=Decimal(summary["whitespace"]) if viewer.sees_all else Decimal(0),
        tiers=summary["tiers"] if viewer.sees_all else {},
        thresholds=thresholds_of(run),
        default_characteristics=parameters["default_characteristics"],
        segment_attributes=tuple(segments["attributes"]),
        segments_automatic=segments["automatic"],
        segments_gain=segments["gain"],
        tried=_tried(segments["tried"]),
    )


def thresholds_of(run: AnalysisRun) -> Thresholds:
    return Thresholds(**run.parameters["thresholds"])


def characteristics() -> tuple[CharacteristicRow, ...]:
    """The characteristics set, or where nobody set any the default set of the current results.

    What holds for everybody, and no secret: no viewer.
    """
    rows = [
        CharacteristicRow(
            row.uid,
            row.name,
            row.attribute,
            row.operator,
            row.value,
            row.weight,
            row.active,
            row.position,
        )
        for row in Characteristic.objects.all()
    ]
    run = None if rows else shown_run()
    rules = run.parameters["characteristics"] if run else []
    defaults = (
        CharacteristicRow(None, **rule, active=True, position=place)
        for place, rule in enumerate(rules)
    )
    return (*rows, *defaults)


def _tried(tried: list[dict[str, Any]]) -> tuple[SegmentationTried, ...]:
    """Gains over one segment, best first."""
    single = next((one for one in tried if not one["attributes"]), None)
    base = single["log_likelihood"] if single else 0.0
    return tuple(
        SegmentationTried(
            tuple(one["attributes"]),
            one["segments"],
            1 - one["log_likelihood"] / base if base else 0.0,
        )
        for one in tried
    )
