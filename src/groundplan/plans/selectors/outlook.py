"""What can be expected of a plan's revenue: the range drawn for it, or why there is none."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from groundplan.insight.ranges.contracts import RangeLine
from groundplan.insight.ranges.selectors import account_range, kept_of, periods_kept, person_range
from groundplan.plans.rules.periods import year_key
from groundplan.snapshots.contracts import CurrentSnapshot

from .reach import Reach

WhyNot = Literal["", "not seen", "not drawn", "over", "far ahead", "not together"]


@dataclass(frozen=True, slots=True)
class Outlook:
    """Nine of ten outcomes lie above `p10`, half below `p50`, one of ten above `p90`; each None
    where `why` says why there is no range."""

    p10: Decimal | None = None
    p50: Decimal | None = None
    p90: Decimal | None = None
    why: WhyNot = ""


NO_OUTLOOK = Outlook(why="not drawn")


def outlook_of(reach: Reach, shown: CurrentSnapshot) -> Outlook:
    """The range of the plan's revenue over its period; of several people that of all together,
    for ranges don't add up."""
    why = _why_not(reach, shown)
    if why:
        return Outlook(why=why)
    found = _range(reach, shown)
    if found is None:
        return Outlook(why="not drawn" if reach.is_one_person else "not together")
    return Outlook(found.p10, found.p50, found.p90)


def _why_not(reach: Reach, shown: CurrentSnapshot) -> WhyNot:
    plan = reach.plan
    if not reach.is_known:
        return "not seen"
    if kept_of(shown, plan.period) is not None:
        return ""
    if plan.ends_on < shown.as_of:
        return "over"
    kept = periods_kept(shown)
    # The year's ranges are drawn first, those of quarters some minutes later.
    awaited = not kept or (plan.period != year_key(plan.period) and len(kept) == 1)
    return "not drawn" if awaited else "far ahead"


def _range(reach: Reach, shown: CurrentSnapshot) -> RangeLine | None:
    plan = reach.plan
    if plan.account_id is not None:
        return _account_range(shown, plan.account_id, plan.period)
    cut: Literal["person", "below"] = "person" if reach.is_one_person else "below"
    return person_range(reach.viewer, shown, plan.owner_id, cut, plan.period)


@lru_cache(maxsize=1024)
def _account_range(shown: CurrentSnapshot, account_id: int, period: str) -> RangeLine | None:
    """Drawn once a process from results that never change: drawing reads the account's lines."""
    return account_range(shown, account_id, period)
