"""Performance along the hierarchy: everybody with all who report to them."""

from collections.abc import Mapping
from dataclasses import dataclass

from groundplan.insight.contracts import Amounts, PerformanceRow
from groundplan.insight.selectors import performance
from groundplan.people.contracts import Scope
from groundplan.people.selectors import visible_persons


@dataclass(frozen=True, slots=True)
class Branch:
    """A person: their own numbers where `own`, else with everybody below. Depth 0 is on top of
    what the viewer covers; an empty `uid` is what nobody is credited with."""

    uid: str
    name: str
    depth: int
    own: bool
    has_reports: bool
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Member:
    """A person's place."""

    uid: str
    name: str
    path: str


def branches(viewer: Scope, period: str) -> tuple[tuple[Branch, ...], float]:
    """The tree of what the viewer covers, and the share of the period that is over."""
    rows = performance(viewer, by="owner", periods=(period,))
    own = {row.key: row for row in rows}
    members = [
        Member(str(uid), name, path)
        for uid, name, path in visible_persons(viewer).values_list("uid", "name", "path")
    ]
    elapsed = rows[0].elapsed if rows else 0.0
    return tuple(grown(members, own)), elapsed


def grown(members: list[Member], own: Mapping[str, PerformanceRow]) -> list[Branch]:
    """The branches in the order of the tree; people without any number below are left out.

    A manager with numbers of their own stands once with all reports, and once below alone, so
    that what stands below adds up.
    """
    amounts = {member.uid: own[member.uid].total for member in members if member.uid in own}
    placed = sorted((member for member in members), key=lambda member: member.path)
    shallowest = min((member.path.count("/") for member in placed), default=0)
    found: list[Branch] = []
    for member in placed:
        below = [other for other in placed if other.path.startswith(member.path)]
        inside = [amounts[other.uid] for other in below if other.uid in amounts]
        if not inside:
            continue
        depth = member.path.count("/") - shallowest
        reports = len(below) > 1
        total = Amounts.total(inside)
        found.append(Branch(member.uid, member.name, depth, not reports, reports, total))
        if reports and member.uid in amounts:
            alone = amounts[member.uid]
            found.append(Branch(member.uid, member.name, depth + 1, True, False, alone))
    if "" in own:
        found.append(Branch("", "", 0, True, False, own[""].total))
    return found
