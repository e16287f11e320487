"""Rooms above keep what refers to accounts: they follow a merge of two, and its undo."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from groundplan.people.contracts import Scope

from .contracts import AccountRef


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts that become one, the winner."""

    winner: AccountRef
    loser: AccountRef


class Follower(Protocol):
    """What a room does when accounts are merged. Counts are by kind of what it keeps."""

    def counts(self, pair: Pair) -> dict[str, int]:
        """What would move to the winner."""
        ...

    def moved(self, *, viewer: Scope, pair: Pair) -> dict[str, Any]:
        """Move it, in the merge's transaction; what `parted` needs to put it back, as JSON."""
        ...

    def going(self, pair: Pair, kept: Mapping[str, Any]) -> dict[str, int]:
        """What would return to the loser."""
        ...

    def parted(self, *, viewer: Scope, pair: Pair, kept: Mapping[str, Any]) -> None:
        """Put back what moved and still is where it moved to, in the undo's transaction."""
        ...


_known: dict[str, Callable[[], Follower]] = {}


def follow_merges(name: str, load: Callable[[], Follower]) -> None:
    """Let a room follow merges; `load` gives what does when there is one."""
    _known[name] = load


def followed_counts(pair: Pair) -> dict[str, int]:
    """What would move in all rooms that follow."""
    return {kind: n for load in _known.values() for kind, n in load().counts(pair).items() if n}


def followers_moved(*, viewer: Scope, pair: Pair) -> dict[str, Any]:
    """Move what other rooms keep; what each needs to put it back, by name."""
    return {name: load().moved(viewer=viewer, pair=pair) for name, load in _known.items()}


def followed_going(pair: Pair, kept: Mapping[str, Any]) -> dict[str, int]:
    """What would return in the rooms that `followers_moved` named."""
    known = ((_known[name](), kept[name]) for name in kept if name in _known)
    return {kind: n for one, its in known for kind, n in one.going(pair, its).items() if n}


def followers_parted(*, viewer: Scope, pair: Pair, kept: Mapping[str, Any]) -> None:
    """Put back what other rooms keep; those that followed when it was merged."""
    for name in kept:
        if name in _known:
            _known[name]().parted(viewer=viewer, pair=pair, kept=kept[name])
