"""What a draft would make of everybody's tiers, as the page shows it."""

from dataclasses import dataclass, field
from typing import Any

from groundplan.insight.selectors.trial_tokens import trial_written
from groundplan.insight.selectors.trials import Mover, TierTrial, TrialGroup, tier_trial
from groundplan.insight.traces.trials import trial_trace
from groundplan.kernel.errors import InvalidInput
from groundplan.kernel.figures import Figure, Trace
from groundplan.people.contracts import Scope

from .rules_drafts import Draft, limits_of, rule_rows

TIERS = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class TierLine:
    tier: str
    now: Figure
    then: Figure
    change: Figure


@dataclass(frozen=True, slots=True)
class Move:
    was: str
    becomes: str
    accounts: Figure


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be: tiers now and then, who would move, and the thresholds that it comes from."""

    tiers: tuple[TierLine, ...] = ()
    moves: tuple[Move, ...] = ()
    movers: tuple[Mover, ...] = ()
    moving: Figure = field(default_factory=lambda: Figure(0))
    more: int = 0
    decided: Figure = field(default_factory=lambda: Figure(0))
    a_from: str = ""
    b_from: str = ""
    met: tuple[tuple[int, Figure], ...] = ()
    error: str = ""
    waiting: bool = False


def preview(viewer: Scope, draft: Draft) -> Preview:
    """What the draft would make of everybody; rules that make no sense yet are left out."""
    rows, _wrong = rule_rows(draft)
    try:
        limits = limits_of(draft)
        found = tier_trial(viewer, rows, limits)
    except InvalidInput as error:
        return Preview(error=error.message)
    return (
        Preview(waiting=True)
        if found is None
        else _previewed(trial_written(rows, limits), draft, found)
    )


def _previewed(token: str, draft: Draft, found: TierTrial) -> Preview:
    trial = found.trial

    def counted(number: int, **group: Any) -> Figure:
        return Figure(number, trace=trial_trace(token, TrialGroup(**group)))

    lines = []
    for tier in TIERS:
        now = sum(n for (was, _then), n in trial.moved.items() if was == tier)
        then = sum(n for (_was, becomes), n in trial.moved.items() if becomes == tier)
        change = Figure(then - now, trace=Trace.of("tier.trial.change", draft=token, tier=tier))
        lines.append(TierLine(tier, counted(now, was=tier), counted(then, becomes=tier), change))
    moves = sorted((pair, n) for pair, n in trial.moved.items() if pair[0] != pair[1])
    met = zip(_active_keys(draft), enumerate(trial.met), strict=False)
    return Preview(
        tuple(lines),
        tuple(Move(was, to, counted(n, was=was, becomes=to)) for (was, to), n in moves),
        found.movers,
        counted(found.moving, moving=True),
        max(found.moving - len(found.movers), 0),
        counted(trial.decided, decided=True),
        f"{trial.thresholds.a_from:g}",
        f"{trial.thresholds.b_from:g}",
        tuple((key, counted(n, met=place)) for key, (place, n) in met),
    )


def _active_keys(draft: Draft) -> list[int]:
    """Keys of the rules that a trial counts, in its order."""
    _rows, wrong = rule_rows(draft)
    return [
        rule.key
        for rule in draft.rules
        if rule.active and not rule.removed and rule.key not in wrong
    ]
