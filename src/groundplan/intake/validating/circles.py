"""Rows of a hierarchy that go round in circles, lie too deep, or hang below what is rejected."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SHOWN = 6
"""Members of a circle that its reason names."""

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lost:
    """Rows from which going up doesn't end well: `codes` (cycle, deep or below) by the place of
    their id in `ids`; `circles` has, for each of `members` of circles, the first ids of its circle
    from it back to itself, filled up with -1."""

    ids: Ids
    codes: NDArray[np.str_]
    members: Ids
    circles: Ids


def lost_rows(ids: Ids, parents: Ids, deepest: int) -> Lost:
    """`parents` are the ids above, -1 for a row that is rejected; an id above that isn't among
    `ids` is one that leads to the top. Arrays alone: there may be millions."""
    # Where an id comes twice the last counts.
    ids, first = np.unique(ids[::-1], return_index=True)
    parents = parents[::-1][first]
    rows = len(ids)
    place = np.minimum(np.searchsorted(ids, parents), rows - 1)
    # One place more than there are rows: those that lead out of them, and stay there.
    up = np.append(np.where(ids[place] == parents, place, rows), rows)
    in_circle = _in_circle(up)
    codes = np.where(_too_deep(up, parents, in_circle, deepest), "deep", "below")
    codes[in_circle[:rows]] = "cycle"
    starts = np.flatnonzero(in_circle)
    return Lost(ids, codes, ids[starts], _walked(ids, up, starts))


def _in_circle(up: Ids) -> NDArray[np.bool_]:
    """After as many steps as there are rows, whoever is still on the way goes in a circle."""
    there = up
    for _ in range(len(up).bit_length()):
        there = there[there]
    found = np.zeros(len(up), dtype=np.bool_)
    found[there] = True
    found[-1] = False
    return found


def _too_deep(
    up: Ids, parents: Ids, in_circle: NDArray[np.bool_], deepest: int
) -> NDArray[np.bool_]:
    """More steps than `deepest` up, and neither a circle nor a rejected row is met on them."""
    rows = len(parents)
    here = np.arange(rows)
    for _ in range(deepest):
        here = up[here]
    going = here < rows
    above = parents[np.minimum(here, rows - 1)]
    deep: NDArray[np.bool_] = going & (above > 0) & ~in_circle[up[here]]
    return deep


def _walked(ids: Ids, up: Ids, starts: Ids) -> Ids:
    walked = np.full((SHOWN, len(starts)), -1, dtype=np.int64)
    here, back = starts, np.zeros(len(starts), dtype=np.bool_)
    for step in range(SHOWN):
        walked[step] = np.where(back, -1, ids[here])
        back |= (here == starts) & (step > 0)
        here = up[here]
    return walked
