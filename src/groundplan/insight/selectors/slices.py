"""Revenue and open pipeline by category, channel, tier and base: sums of a period, kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from groundplan.kernel.money import ZERO
from groundplan.snapshots.contracts import CurrentSnapshot

from .lines import DIMENSIONS, Decided, Whose, cut, opportunities_sql, purchases_sql
from .tables import fetch, small_table, table

Sum = Literal["actual", "open"]
Piece = tuple[str, str, str, str, Decimal]
"""Category, channel, tier, base and what they come to."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a business: all of it where nothing is named."""

    category: str = ""
    channel: str = ""
    tier: str = ""
    base: str = ""

    def has(self, piece: Piece) -> bool:
        wanted = (self.category, self.channel, self.tier, self.base)
        return all(not one or one == own for one, own in zip(wanted, piece, strict=False))


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last, both included; `begins` parts customers from prospects."""

    first: date
    last: date
    begins: date


def sum_of(part: Slice, pieces: Iterable[Piece]) -> Decimal:
    return sum((piece[-1] for piece in pieces if part.has(piece)), ZERO)


@lru_cache(maxsize=256)
def pieces_of(
    shown: CurrentSnapshot, whose: Whose, days: Days, what: Sum, decided: Decided = ()
) -> tuple[Piece, ...]:
    """Revenue recognised or in backlog, or open opportunities, of some days: cut to the smallest
    pieces. Read once a process from facts that never change."""
    if what == "actual":
        facts, condition = purchases_sql(shown, whose), "date BETWEEN $first AND $last"
        condition += " AND status IN ('recognised', 'backlog')"
    else:
        facts, condition = opportunities_sql(shown, whose), "counted_on BETWEEN $first AND $last"
    sql, parameters = cut(shown, facts, DIMENSIONS, begins=days.begins, decided=decided)
    names = ", ".join(f"of_{one}" for one in DIMENSIONS)
    found = fetch(
        f"SELECT {names}, sum(amount) FROM ({sql}) WHERE {condition} GROUP BY {names}",
        {**parameters, "first": days.first, "last": days.last},
    )
    return tuple((*piece, amount or ZERO) for *piece, amount in found)


def spelled(shown: CurrentSnapshot, part: Slice) -> Slice | None:
    """The part with category and channel as the facts spell them; None where they have no such."""
    category = known_as(categories(shown), part.category)
    channel = known_as(channels(shown), part.channel)
    if category is None or channel is None:
        return None
    return Slice(category, channel, part.tier, part.base)


def known_as(names: Iterable[str], asked: str) -> str | None:
    """The name as it is spelled among `names`, and nothing for nothing; None if it isn't one."""
    asked = asked.strip().casefold()
    return next((one for one in ("", *names) if one.casefold() == asked), None)


def categories(shown: CurrentSnapshot) -> tuple[str, ...]:
    """The categories of products, by name."""
    rows = small_table(shown.folder, "products", "DISTINCT category")
    return tuple(sorted(name for (name,) in rows if name))


@lru_cache(maxsize=8)
def channels(shown: CurrentSnapshot) -> tuple[str, ...]:
    """The channels that something was bought or is to be sold through, by name."""
    both = " UNION ".join(
        f"SELECT channel FROM {table(shown.folder, name)}"
        for name in ("purchases", "opportunities")
    )
    return tuple(sorted(name for (name,) in fetch(both) if name))
