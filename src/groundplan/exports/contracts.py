"""What the writers of files take: tables of plain values and where their numbers came from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Kind = Literal["text", "money", "count", "share", "date"]
Value = str | int | float | Decimal | date | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. Money is in the file's currency, a share is a fraction of one."""

    heading: str
    kind: Kind = "text"
    width: int = 14


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; `totals` has a value a column, None where none is due.

    `rows` may be a generator: it is read once, from first to last.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Value]]
    totals: Sequence[Value] | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a reader needs to trust a file's numbers without the program that wrote it.

    `formulas` are (number, how it is computed); `selection` the filters in words, (name, value);
    `remarks` whatever else limits the numbers.
    """

    organisation: str
    currency: str
    snapshot: str
    as_of: date
    taken_at: datetime
    written_at: datetime
    written_for: str
    formulas: tuple[tuple[str, str], ...] = ()
    selection: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = field(default=())
