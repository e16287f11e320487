"""What files say of their own sums, and how it goes with the amounts that are taken."""

from collections.abc import Mapping
from dataclasses import dataclass

from groundplan.intake import contracts


@dataclass(frozen=True, slots=True)
class OrderSum:
    """One order: the sums of the amounts of its lines that are `taken` and of `every` line, and
    the numbers that columns tell of the order as a whole, by the columns' names."""

    order: str
    lines: int
    taken: float
    every: float
    told: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Said:
    """What the headings of columns that tell of whole orders say they are, by name.

    `shares` are discounts in percent, `gross` those of `totals` that are said to include tax.
    `of_lines`: columns that tell of each line, whose sums are what an order has.
    """

    totals: tuple[str, ...] = ()
    discounts: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    taxes: tuple[str, ...] = ()
    freights: tuple[str, ...] = ()
    refunds: tuple[str, ...] = ()
    gross: frozenset[str] = frozenset()
    of_lines: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Way:
    """How an order's lines become its total: their sum less `discount` (or `share` percent of
    it), with `tax` and `freight`. `net`: the lines include tax, this column or, where it is
    `total` itself, what is left of that without `tax`, doesn't."""

    total: str
    discount: str = ""
    share: str = ""
    tax: str = ""
    freight: str = ""
    net: str = ""

    @property
    def parts(self) -> int:
        return sum(map(bool, (self.discount, self.share, self.tax, self.freight, self.net)))

    @property
    def reduces(self) -> bool:
        """Are the lines more than what the order brought?"""
        return bool(self.discount or self.share or self.net)


@dataclass(frozen=True, slots=True)
class Refund:
    """What was given back later: the column of its amount, that of the tax which the way's total
    lacks ('' for none) and how many orders have one. `left`: so many others had a part of them
    given back, of which nothing tells how much is tax."""

    amount: str
    tax: str
    orders: int
    left: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """The way that holds for the largest share of orders; `against` is one that it fails.

    `before` is a total that the lines sum to as they are, '' for none.
    """

    way: Way
    share: float
    orders: int
    several: int
    against: OrderSum | None
    before: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """A mapping after it was compared with what its files say, with sentences: `notes` tell what
    was found, `faults` what is wrong with the amounts."""

    mapping: contracts.Mapping
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
