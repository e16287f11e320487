"""Everything that revenue comes from, of one kind of unit; cuts a group's business out of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from .contracts import Business, Floats, Unit, Units

Dimension = Literal["account", "all", "tier", "person", "below", "territory", "category", "channel"]
"""`below` is a person together with everybody below them."""

Ids = npt.NDArray[np.int64]
Keys = npt.NDArray[np.object_]

NOBODY = ("", "0")


@dataclass(frozen=True, slots=True)
class Deals:
    """Open opportunities, an entry each; `part` is the category or channel, by the unit."""

    account: Ids
    part: Keys
    amount: Floats
    odds: Floats


@dataclass(frozen=True, slots=True)
class Newcomers:
    """What is expected of those who never bought, in purchases of about `size`.

    The last so many `strangers` are not in the book yet: named is the account, and the part, of one
    who came lately and belongs where they will.
    """

    account: Ids
    part: Keys
    expected: Floats
    size: float
    strangers: int = 0

    def of(self, dimension: "Dimension") -> "Newcomers":
        """Without the strangers where accounts are looked at: nobody knows what tier they will be
        of, and they are not the accounts that they are named by."""
        if dimension not in ("account", "tier") or not self.strangers:
            return self
        known = slice(0, len(self.account) - self.strangers)
        return Newcomers(self.account[known], self.part[known], self.expected[known], self.size)

    def with_(self, strangers: "Newcomers") -> "Newcomers":
        return Newcomers(
            np.concatenate([self.account, strangers.account]),
            np.concatenate([self.part, strangers.part]),
            np.concatenate([self.expected, strangers.expected]),
            strangers.size,
            len(strangers.account),
        )


@dataclass(frozen=True, slots=True)
class Groups:
    """Accounts in the order of their ids, and the name of the group each is in, by dimension.

    `below` has the owners among whom a person above them has theirs, by that person.
    """

    account: Ids
    named: dict[str, Keys]
    below: dict[str, tuple[str, ...]]

    def of(self, dimension: Dimension, account: Ids, part: Keys) -> Keys:
        """The group of each row; NOBODY where it is in none. Of `below`, where a row is in several,
        its person."""
        if dimension in ("category", "channel"):
            return part
        if dimension == "account":
            return account.astype(str).astype(object)
        if dimension == "all":
            return np.full(len(account), "all", object)
        if not len(self.account):
            return np.full(len(account), "", object)
        at = np.minimum(np.searchsorted(self.account, account), len(self.account) - 1)
        return np.where(self.account[at] == account, self.named[_named(dimension)][at], "")

    def gathered(self, dimension: Dimension, places: dict[str, Ids]) -> dict[str, Ids]:
        """Where the rows of each group are, from where those of each `of` are."""
        if dimension != "below":
            return places
        nothing = np.empty(0, np.int64)
        return {
            above: np.sort(np.concatenate([places.get(one, nothing) for one in persons]))
            for above, persons in self.below.items()
        }


@dataclass(frozen=True, slots=True)
class Population:
    """The units with what is `certain` of each, the deals and the newcomers."""

    groups: Groups
    account: Ids
    part: Keys
    units: Units
    certain: Floats
    deals: Deals
    newcomers: Newcomers

    def businesses(self, dimension: Dimension) -> Iterator[tuple[str, Business]]:
        """Each group of `dimension` with its business, in the order of their names."""
        of, deals, new = self.groups.of, self.deals, self.newcomers.of(dimension)
        mine, sold, begun = (
            self.groups.gathered(dimension, _places(of(dimension, one.account, one.part)))
            for one in (self, deals, new)
        )
        nothing = np.empty(0, np.int64)
        for key in sorted({*mine, *sold, *begun}.difference(NOBODY)):
            own, open_, to_come = (places.get(key, nothing) for places in (mine, sold, begun))
            yield (
                key,
                Business(
                    float(self.certain[own].sum()),
                    self.units.some(own),
                    deals.amount[open_],
                    deals.odds[open_],
                    float(new.expected[to_come].sum()),
                    new.size,
                ),
            )


def _places(keys: Keys) -> dict[str, Ids]:
    """Where each key occurs: sorted once, not searched for key by key."""
    names, whose = np.unique(keys.astype(str), return_inverse=True)
    order = np.argsort(whose, kind="stable")
    ends = np.searchsorted(whose[order], np.arange(len(names) + 1))
    return {str(name): order[ends[place] : ends[place + 1]] for place, name in enumerate(names)}


def groups_of(rows: dict[str, Any]) -> Groups:
    """Read the arrays of `range_groups`."""
    named = {
        name: rows[name].astype(str).astype(object) for name in ("tier", "person", "territory")
    }
    return Groups(rows["account_id"], named, _below(rows["person"], rows["path"]))


def _below(persons: Any, paths: Any) -> dict[str, tuple[str, ...]]:
    """By everybody who has somebody below them the owners of accounts among those, and themselves;
    a path names all above a person and ends with the person."""
    found: dict[str, set[str]] = {}
    for path in sorted(set(paths.tolist())):
        above = path.strip("/").split("/")
        for one in above[:-1]:
            found.setdefault(one, set()).add(above[-1])
    own = set(persons.astype(str).tolist())
    return {one: tuple(sorted(below | ({one} & own))) for one, below in found.items()}


def _named(dimension: Dimension) -> str:
    return "person" if dimension == "below" else dimension


def text(values: Any) -> Keys:
    return np.asarray(values, object)


def unit_of(dimension: Dimension) -> Unit:
    """The kind of unit that the groups of a dimension are made of."""
    return dimension if dimension in ("category", "channel") else "account"
