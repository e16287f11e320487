"""Who may do what to a plan that they see, and in which of its states."""

from dataclasses import dataclass

from groundplan.people.contracts import Scope
from groundplan.plans.contracts import State

EDITABLE: tuple[State, ...] = ("draft", "returned")
RUNNING: tuple[State, ...] = ("accepted", "in_execution")
"""States in which tactics are marked and objectives checked in."""


@dataclass(frozen=True, slots=True)
class Stake:
    """What ties people to a plan: its owner with their place in the hierarchy, its manager, and
    whether the viewer is of its team."""

    owner: int
    owner_path: str
    manager: int | None = None
    is_member: bool = False


def is_above(viewer: Scope, stake: Stake) -> bool:
    """Whether the viewer leads the plan's owner: who sees all, managers above, its manager."""
    if viewer.sees_all:
        return True
    if viewer.person_id is None:
        return False
    above = viewer.sees_reports and bool(viewer.path) and stake.owner_path.startswith(viewer.path)
    return above or stake.manager == viewer.person_id


def may_edit(viewer: Scope, stake: Stake) -> bool:
    """Owner, team and those above; never who may only look."""
    if not viewer.may_write:
        return False
    return stake.owner == viewer.person_id or stake.is_member or is_above(viewer, stake)


def may_accept(viewer: Scope, stake: Stake) -> bool:
    """Those above the owner; nobody accepts their own plan."""
    return viewer.may_write and stake.owner != viewer.person_id and is_above(viewer, stake)
