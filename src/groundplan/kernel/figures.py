"""A number as it is shown: with its unit and the way back to the facts it came from."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal
from urllib.parse import quote_plus

Unit = Literal["money", "count", "share", "score", "rate"]


@dataclass(frozen=True, slots=True)
class Trace:
    """Which measure made a number and for what: enough to list the rows behind it.

    `measure` is a code of the trace registry in insight, `params` its arguments as text,
    sorted by name so that equal traces are equal addresses.
    """

    measure: str
    params: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, measure: str, **params: object) -> "Trace":
        kept = ((name, str(value)) for name, value in params.items() if value not in (None, ""))
        return cls(measure, tuple(sorted(kept)))

    def query(self) -> str:
        """The address's query, without the question mark."""
        # By hand, one text at a time: a page has a thousand traces that share most of their texts.
        parts = (("measure", self.measure), *self.params)
        return "&".join([f"{_quoted(name)}={_quoted(value)}" for name, value in parts])


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on a page. `value` None is unknown, never zero.

    `unit` money is in `currency` (ISO 4217), share is a fraction of one, rate a probability.
    `assumed` figures rest on an assumption and are drawn dashed.
    """

    value: Decimal | int | float | None
    unit: Unit = "count"
    currency: str = ""
    trace: Trace | None = None
    assumed: bool = False


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    return quote_plus(text)
