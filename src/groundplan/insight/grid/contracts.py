"""The grid as values: choices in, columns and rows out."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from groundplan.book.contracts import CellMark, CellRef

State = Literal["owned", "open", "competitor", "in_house", "not_applicable", "whitespace"]
By = Literal["product", "category"]
Roll = Literal["account", "parent"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which accounts and products, and how they are put together.

    Texts that are empty don't filter; `account` and `owner` are uids. `after` is the `next` of
    the page before, `size` how many accounts it holds, `products` how many columns at most.
    """

    by: By = "product"
    roll: Roll = "account"
    account: str = ""
    owner: str = ""
    tier: str = ""
    industry: str = ""
    region: str = ""
    segment: str = ""
    category: str = ""
    text: str = ""
    after: str = ""
    size: int = 500
    products: int = 120


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a segment's look-alikes say about a product; amounts in the organisation's currency.

    `owners` of `accounts` in the segment own it; `adopted` of `exposed` bought it for the first
    time within the last twelve months.
    """

    probability: float
    amount: Decimal
    expected: Decimal
    accounts: int
    owners: int
    exposed: int
    adopted: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One account (or family of accounts) against one product (or category).

    `expected` is due where something is left to sell; of `of` pairs behind the cell `owned` are
    owned, both 1 at most without a roll-up.
    """

    state: State
    expected: Decimal = Decimal(0)
    owned: int = 0
    of: int = 1


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A product or a category; `key` is the product's uid or the category's name."""

    key: str
    label: str
    category: str
    expected: Decimal


@dataclass(frozen=True, slots=True)
class GridRow:
    """An account or a family of them; `cells` are in the order of the columns.

    `whitespace` sums the cells in state whitespace, `displacement` those of competitors.
    """

    key: str
    label: str
    parent: str
    owner: str
    tier: str
    segment: str
    accounts: int
    whitespace: Decimal
    displacement: Decimal
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class WhitespaceGrid:
    """A page of the grid. `matching` accounts fit the choice, worth `matching_expected` in all.

    `more_columns` products aren't shown because they are worth least. `next` asks for the next
    page, empty on the last one.
    """

    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    currency: str
    as_of: date
    whitespace: Decimal
    displacement: Decimal
    matching: int
    matching_expected: Decimal
    more_columns: int = 0
    next: str = ""


@dataclass(frozen=True, slots=True)
class Prospect:
    """One pair of account and product with something left to sell, and what it rests on."""

    account: str
    owner: str
    tier: str
    segment: str
    product: str
    category: str
    state: State
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class CellReason:
    """Why a cell holds what it holds. `because` names owned products that speak for this one;
    `said` is the mark that a person set by hand, which an import doesn't replace."""

    account: str
    account_id: int
    account_label: str
    product: str
    product_id: int
    product_label: str
    category: str
    segment: str
    state: State
    estimate: Estimate | None
    currency: str
    bought: Decimal = Decimal(0)
    purchases: int = 0
    first_on: date | None = None
    last_on: date | None = None
    open_amount: Decimal | None = None
    open_stage: str = ""
    close_on: date | None = None
    because: tuple[str, ...] = ()
    said: CellMark | None = None

    @property
    def ref(self) -> CellRef:
        return CellRef(UUID(self.account), UUID(self.product))


@dataclass(slots=True)
class Marks:
    """What the snapshot says about pairs of (account id, product id)."""

    owned: set[tuple[int, int]] = field(default_factory=set)
    open: set[tuple[int, int]] = field(default_factory=set)
    positions: dict[tuple[int, int], State] = field(default_factory=dict)
    _by_account: dict[int, dict[int, State]] | None = field(default=None, repr=False, compare=False)

    def by_account(self) -> dict[int, dict[int, State]]:
        """Account id to product id to state, put together once the marks are complete."""
        if self._by_account is None:
            # The weakest first: what we own counts before what we offer, that before others.
            found: defaultdict[int, dict[int, State]] = defaultdict(dict)
            for (account, product), state in self.positions.items():
                found[account][product] = state
            for account, product in self.open:
                found[account][product] = "open"
            for account, product in self.owned:
                found[account][product] = "owned"
            self._by_account = dict(found)
        return self._by_account
