"""What an explanation of a number consists of: values only."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from groundplan.kernel.figures import Figure, Trace

ColumnKind = Literal[
    "text", "date", "money", "number", "share", "account", "product", "person", "code", "fact"
]


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column of the rows: `code` names its heading. Money is in the explanation's currency,
    `code` cells hold a code to be put into words."""

    code: str
    kind: ColumnKind = "text"


@dataclass(frozen=True, slots=True)
class AccountCell:
    """An account in a row; without `uid` only its name or number of accounts is known."""

    uid: str
    name: str


@dataclass(frozen=True, slots=True)
class FactCell:
    """An account's value of an attribute: a figure that leads on, with its unit, or a text."""

    attribute: str
    text: str
    figure: Figure | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Rows at accounts that the viewer may not see: their number and sum, never themselves.

    `accounts` is None where they are fewer than five, so that nobody is told apart.
    """

    accounts: int | None
    total: Decimal | None


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows are asked for: `size` from row `start` (0 is the first)."""

    start: int = 0
    size: int = 50


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows behind a number: one page of them, with count and exact total over all.

    `total` is what the number must equal, None where rows are not summed. `cells` are in the
    order of `columns`. `start` is the number of the first row shown, from 0.
    """

    columns: tuple[RowColumn, ...]
    cells: tuple[tuple[object, ...], ...]
    count: int
    total: Decimal | int | float | None
    start: int = 0
    size: int = 50
    hidden: Hidden | None = None

    @property
    def next_start(self) -> int | None:
        following = self.start + len(self.cells)
        return following if following < self.count else None

    @property
    def previous_start(self) -> int | None:
        return max(0, self.start - self.size) if self.start else None


@dataclass(frozen=True, slots=True)
class Part:
    """A number that goes into the explained one; `code` names it, `sign` is + or -."""

    code: str
    figure: Figure
    sign: str = "+"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number is about, in names that the viewer may see; empty where it doesn't apply."""

    account: str = ""
    account_uid: str = ""
    person: str = ""
    team: str = ""
    cover: str = ""
    period: str = ""
    product: str = ""
    category: str = ""
    segment: str = ""
    tier: str = ""
    territory: str = ""
    channel: str = ""
    base: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a family of traces finds out: value and what it came from."""

    value: Figure
    formula: str
    parts: tuple[Part, ...] = ()
    rows: Rows | None = None
    words: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where a number comes from. `formula` is a code, `words` its parameters; snapshot and day
    say which copy of the facts it was computed from."""

    trace: Trace
    subject: Subject
    value: Figure
    formula: str
    parts: tuple[Part, ...]
    rows: Rows | None
    words: dict[str, Any]
    snapshot: str
    as_of: date
    taken_at: datetime
