"""What the page of ranges shows: built whole before anything renders."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groundplan.insight.ranges.contracts import CoverageLine, Cut, Ranges
from groundplan.insight.ranges.selectors import cuts_of, periods_kept, ranges_of
from groundplan.insight.selectors import performance
from groundplan.organisation.selectors import calendar
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.web.ranges import RangeRow, range_rows

from .contexts import Link


@dataclass(frozen=True, slots=True)
class RangesPage:
    """`rows` None: still being drawn. `covered` says how far such ranges held in the past."""

    cuts: tuple[Link, ...]
    periods: tuple[Link, ...]
    is_quarter: bool
    heading: str
    rows: tuple[RangeRow, ...] | None
    has_goals: bool
    start: str
    end: str
    foretold: bool
    covered: str
    as_of: str


def cut_words() -> dict[Cut, str]:
    return {
        "all": _("Everything"),
        "tier": _("Tier"),
        "person": _("Person"),
        "below": _("With everybody below"),
        "territory": _("Territory"),
        "category": _("Category"),
        "channel": _("Channel"),
    }


def ranges_page(
    viewer: Scope, current: CurrentSnapshot, wanted: str, wanted_period: str = ""
) -> RangesPage:
    """The ranges of one cut and period, the first that the viewer may see unless others are wanted.

    Quarters are offered once they are drawn; one that is over has no range and isn't offered.
    """
    cuts, periods = cuts_of(viewer), periods_kept(current)
    cut = next((one for one in cuts if one == wanted), cuts[0])
    period = next((one for one in periods if one == wanted_period), "".join(periods[:1]))
    found = ranges_of(viewer, cut, period)
    goals = _goals(viewer, cut, found, period)
    quarter = period if "-" in period else ""
    return RangesPage(
        cuts=tuple(
            Link(cut_words()[one], f"cut={one}&period={period}", one == cut) for one in cuts
        ),
        periods=_period_links(periods, cut, period),
        is_quarter=bool(quarter),
        heading=cut_words()[cut],
        rows=range_rows(current.currency, found.lines, goals, period=quarter) if found else None,
        has_goals=bool(goals),
        start=date_format(found.start) if found else "",
        end=date_format(found.end) if found else "",
        foretold=found.foretold if found else True,
        covered=_covered(found.coverage) if found else "",
        as_of=date_format(current.as_of),
    )


def _period_links(periods: tuple[str, ...], cut: Cut, shown: str) -> tuple[Link, ...]:
    if len(periods) < 2:
        return ()
    cuts = calendar()
    years = sorted({int(one[2:6]) for one in periods})
    labels = {one.key: one.label for year in years for one in cuts.periods(year)}
    return tuple(Link(labels[one], f"cut={cut}&period={one}", one == shown) for one in periods)


def _goals(viewer: Scope, cut: Cut, found: Ranges | None, period: str) -> dict[str, Decimal]:
    """The period's goal of each person, or of all of them."""
    if found is None or cut not in ("person", "all"):
        return {}
    goals = {
        row.key: row.total.goal
        for row in performance(viewer, by="owner", periods=(period,))
        if row.total.goal
    }
    if cut == "all":
        return {"all": sum(goals.values(), Decimal(0))} if goals else {}
    return goals


def _covered(coverage: tuple[CoverageLine, ...]) -> str:
    """How many past outcomes fell inside: of accounts, and of groups of them."""
    accounts = [one for one in coverage if one.cut == "account"]
    groups = [one for one in coverage if one.cut not in ("account", "all")]
    if not accounts:
        return ""
    inside, outcomes = accounts[0].inside, accounts[0].outcomes
    return _(
        "Drawn for earlier times as long, %(inside)d of %(outcomes)d accounts (%(share)d %%) and "
        "%(group_inside)d of %(group_outcomes)d persons, teams, territories, categories and "
        "channels landed between P10 and P90; eight in ten should."
    ) % {
        "inside": inside,
        "outcomes": outcomes,
        "share": round(100 * inside / outcomes),
        "group_inside": sum(one.inside for one in groups),
        "group_outcomes": sum(one.outcomes for one in groups),
    }
