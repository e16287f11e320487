"""The orders of the list: what they compare, which way, and how a place in them is read back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Round

from .keyset import Place, Value


@dataclass(frozen=True, slots=True)
class Sort:
    """An order: the expression, whether from high to low, whether it comes from the results.

    `nullable` ones may be empty for want of a result, `is_sparse` ones in a result too.
    """

    expression: Any
    parse: Callable[[str], Value]
    descending: bool = True
    of_results: bool = True
    nullable: bool = True
    is_sparse: bool = False

    def order(self) -> tuple[Any, ...]:
        """By value and then id; a column that is never empty keeps its index usable."""
        value = F("sort_value")
        if not self.nullable:
            return (value.desc() if self.descending else value.asc(), "pk")
        last = value.desc(nulls_last=True) if self.descending else value.asc(nulls_last=True)
        return (last, "pk")

    def after(self, place: Place) -> Q:
        """Rows that come after `place`."""
        if place.value is None:
            return Q(sort_value__isnull=True, pk__gt=place.id)
        side = "sort_value__lt" if self.descending else "sort_value__gt"
        rows = Q(**{side: place.value}) | Q(sort_value=place.value, pk__gt=place.id)
        return rows | Q(sort_value__isnull=True) if self.nullable else rows


# Rounded, because a sum of binary fractions isn't equal to itself after a trip through text.
_GAP = Round(
    F("result__recognised") + F("result__backlog") + F("result__weighted") - F("result__goal"),
    precision=4,
)

SORTINGS: dict[str, Sort] = {
    "expected": Sort(F("result__expected"), Decimal),
    "name": Sort(F("name"), str, descending=False, of_results=False, nullable=False),
    "revenue": Sort(F("result__revenue_12m"), Decimal),
    "whitespace": Sort(F("result__whitespace"), Decimal),
    "weighted": Sort(F("result__weighted"), Decimal),
    "gap": Sort(_GAP, Decimal, descending=False, is_sparse=True),
    "last_purchase": Sort(F("result__last_purchase_on"), date.fromisoformat, is_sparse=True),
    "owner": Sort(F("owner__name"), str, descending=False, of_results=False),
}
