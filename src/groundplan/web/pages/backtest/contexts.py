"""What the pages of the back-test show, built whole before anything renders."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from groundplan.charts.calibration import Spot, calibration
from groundplan.insight.backtests.selectors import backtest_kept, backtest_proposed
from groundplan.kernel.figures import Figure
from groundplan.measures.backtest.contracts import FIGURES
from groundplan.organisation.jobs import JobProgress
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot

NAMES: dict[str, Promise] = {
    "groundplan": lazy("Groundplan's order"),
    "popularity": lazy("Popularity: what most accounts own"),
    "segment": lazy("Segment: what similar accounts went on to buy"),
    "cosine": lazy("Item cosine: what is owned together"),
}
VERDICTS: dict[str, Promise] = {
    "signal": lazy(
        "What accounts own foretells what they buy next: Groundplan's order is better than "
        "popularity, by more than chance explains."
    ),
    "popularity": lazy(
        "This history has no signal beyond popularity: what sells well sells on, whatever else an "
        "account owns. Take the order within an account lightly."
    ),
    "none": lazy(
        "This history has no signal: no order foretells first purchases better than chance. Don't "
        "rely on the order of whitespace."
    ),
    "few": lazy("Too few accounts bought something new after that day to tell."),
}
STEPS: dict[str, Promise] = {
    "predicting": lazy("Saying what would have been said then"),
    "comparing": lazy("Comparing with what was bought since"),
    "resampling": lazy("Drawing the bands"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure and the band that nine in ten resamples of the accounts lie in."""

    figure: Figure
    low: Figure
    high: Figure


@dataclass(frozen=True, slots=True)
class MethodRow:
    name: str
    ours: bool
    figures: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class BinRow:
    predicted: Figure
    observed: Figure
    cells: Figure


@dataclass(frozen=True, slots=True)
class Shown:
    """What a back-test found, ready to be read."""

    sentence: str
    verdict: str
    cutoff: date
    months: int
    as_of: date
    at: datetime
    accounts: Figure
    rows: tuple[MethodRow, ...]
    chance: Figure
    error: Measured
    bins: tuple[BinRow, ...]
    curve: SafeString
    learned_from: date
    of_earlier: bool


@dataclass(frozen=True, slots=True)
class BacktestPage:
    shown: Shown | None
    may_run: bool
    cutoff: str
    months: int
    latest: str


@dataclass(frozen=True, slots=True)
class ProgressPage:
    job: UUID
    message: str
    share: float | None
    error: str


def backtest_page(viewer: Scope, current: CurrentSnapshot) -> BacktestPage:
    kept = backtest_kept(current)
    cutoff, months = backtest_proposed(current)
    shown = None
    if kept is not None:
        earlier = kept.snapshot != str(current.uid)
        shown = _shown(kept.told, date.fromisoformat(kept.as_of), kept.at, of_earlier=earlier)
    return BacktestPage(
        shown, viewer.sees_all, cutoff.isoformat(), months, current.as_of.isoformat()
    )


def progress_page(job: JobProgress) -> ProgressPage:
    message = str(STEPS.get(job.message, _("Waiting for the worker")))
    return ProgressPage(job.uid, message, job.share, job.error)


def _shown(told: dict[str, Any], as_of: date, at: datetime, *, of_earlier: bool) -> Shown:
    bands, calibrated = told["bands"], told["calibration"]
    spots = [Spot(**one) for one in calibrated["bins"]]
    curve = calibration(spots, axes=(_("% foretold"), _("% came true")))
    return Shown(
        sentence=str(VERDICTS[told["verdict"]]),
        verdict=told["verdict"],
        cutoff=date.fromisoformat(told["cutoff"]),
        months=told["months"],
        as_of=as_of,
        at=at,
        accounts=Figure(told["accounts"]),
        rows=tuple(
            MethodRow(str(name), code == "groundplan", _row(told["methods"][code], bands[code]))
            for code, name in NAMES.items()
        ),
        chance=_share(told["chance"]["ndcg@5"]),
        error=_measured(calibrated["error"], bands["calibration"]["error"]),
        bins=tuple(
            BinRow(_share(one.predicted), _share(one.observed), Figure(one.cells)) for one in spots
        ),
        # Made of numbers and our own words, all escaped where they are drawn.
        curve=SafeString(curve),
        learned_from=date.fromisoformat(told["learned_from"]),
        of_earlier=of_earlier,
    )


def _row(figures: dict[str, float], bands: dict[str, dict[str, float]]) -> tuple[Measured, ...]:
    return tuple(_measured(figures[name], bands[name]) for name in FIGURES)


def _measured(value: float, band: dict[str, float]) -> Measured:
    return Measured(_share(value), _share(band["low"]), _share(band["high"]))


def _share(value: float) -> Figure:
    return Figure(value, "share")
