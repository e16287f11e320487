"""Who may edit and who may accept, by what ties them to a plan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.people.contracts import RoleName, Scope
from groundplan.plans.rules.permissions import Stake, may_accept, may_edit

LEADER, BOSS, OWNER, PEER = 1, 2, 3, 4
STAKE = Stake(owner=OWNER, owner_path="/1/2/3/", manager=BOSS)
PATHS = {LEADER: "/1/", BOSS: "/1/2/", OWNER: "/1/2/3/", PEER: "/1/2/4/"}
ROLES: tuple[RoleName, ...] = ("administrator", "leader", "manager", "member", "viewer")


def see(person: int | None, role: RoleName = "member") -> Scope:
    return Scope(9, "Somebody", role, person, PATHS.get(person or 0, ""))


@pytest.mark.parametrize(
    ("viewer", "edits", "accepts"),
    [
        (see(OWNER), True, False),
        (see(OWNER, "manager"), True, False),
        (see(OWNER, "leader"), True, False),
        (see(BOSS), True, True),
        (see(BOSS, "manager"), True, True),
        (see(LEADER, "manager"), True, True),
        (see(LEADER), False, False),
        (see(PEER, "manager"), False, False),
        (see(PEER), False, False),
        (see(PEER, "leader"), True, True),
        (see(None, "administrator"), True, True),
        (see(None), False, False),
        (see(None, "manager"), False, False),
        (see(BOSS, "viewer"), False, False),
        (see(OWNER, "viewer"), False, False),
    ],
)
def test_those_above_accept_and_also_the_owner_edits(
    viewer: Scope, edits: bool, accepts: bool
) -> None:
    assert (may_edit(viewer, STAKE), may_accept(viewer, STAKE)) == (edits, accepts)


def test_the_team_edits_and_does_not_accept() -> None:
    team = Stake(OWNER, "/1/2/3/", BOSS, is_member=True)
    assert may_edit(see(PEER), team)
    assert not may_accept(see(PEER), team)
    assert not may_edit(see(PEER, "viewer"), team)


@given(
    person=st.sampled_from([None, *PATHS]),
    role=st.sampled_from(ROLES),
    manager=st.sampled_from([None, *PATHS]),
    is_member=st.booleans(),
)
def test_who_accepts_may_edit_and_is_not_the_owner(
    person: int | None, role: RoleName, manager: int | None, is_member: bool
) -> None:
    viewer, stake = see(person, role), Stake(OWNER, "/1/2/3/", manager, is_member)
    if may_accept(viewer, stake):
        assert may_edit(viewer, stake)
        assert person != OWNER
        assert role != "viewer"
