"""Amounts of money: Decimal, four places kept, rounded only when shown."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

PLACES = Decimal("0.0001")
ZERO = Decimal(0)


def amount(value: Decimal | int | str) -> Decimal:
    """`value` to the four places that are stored (DECIMAL(18,4)), half to even."""
    return Decimal(value).quantize(PLACES, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217). Adding different currencies is an error."""

    amount: Decimal
    currency: str

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"can't add {other.currency} to {self.currency} without a rate")
        return Money(self.amount + other.amount, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return self + -other
