"""What tiers are made from: rules over facts, and the thresholds of their sum."""

from dataclasses import dataclass
from typing import Literal

Basis = Literal["score", "count"]
Kind = Literal["text", "number", "date", "boolean", "owned"]

ATTRIBUTES: dict[str, Kind] = {
    "industry": "text",
    "region": "text",
    "country": "text",
    "segment": "text",
    "employees": "number",
    "annual_revenue": "number",
    "is_customer": "boolean",
    "contacts": "number",
    "revenue_12m": "number",
    "revenue_prior_12m": "number",
    "growth": "number",
    "owned_products": "number",
    "core_products": "number",
    "days_since_purchase": "number",
    "days_since_interaction": "number",
    "open_opportunities": "number",
    "open_pipeline": "number",
    "whitespace": "number",
    "products": "owned",
}
"""What a characteristic can be about, besides custom attributes (CUSTOM + their name)."""

CUSTOM = "attributes."

OPERATORS: dict[str, tuple[Kind, ...]] = {
    "in": ("text",),
    "not_in": ("text",),
    "contains": ("text",),
    "between": ("number",),
    "at_least": ("number",),
    "at_most": ("number",),
    "over_growth": ("number",),
    "is_true": ("boolean",),
    "is_false": ("boolean",),
    "on_or_after": ("date",),
    "on_or_before": ("date",),
    "between_dates": ("date",),
    "in_last_days": ("date",),
    "in_next_days": ("date",),
    "is_known": ("text", "number", "date", "boolean"),
    "is_unknown": ("text", "number", "date", "boolean"),
    "owns_product": ("owned",),
    "owns_category": ("owned",),
}
"""Which kinds of attribute an operator is for; a custom attribute may be of any but owned."""

MOST_CHARACTERISTICS = 60


@dataclass(frozen=True, slots=True)
class Characteristic:
    """A weighted rule that makes an account more, or with a negative weight less, likely to buy.

    `value` by operator: in, not_in, owns_category a list of texts; owns_product a list of product
    ids; contains a text; between two numbers, both included; at_least, at_most, over_growth a
    number (growth is a share: 0.1 is 10 %); on_or_after, on_or_before an ISO date, between_dates
    two, both included; in_last_days, in_next_days a number of days up to, or from, the as-of day,
    which counts in both; the others none.
    """

    name: str
    attribute: str
    operator: str
    value: object = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which sum on an account is A or B; `by` score sums weights, count counts rules met."""

    a_from: float
    b_from: float
    by: Basis = "score"

    def tier(self, score: float, met: int) -> str:
        reached = met if self.by == "count" else score
        return "A" if reached >= self.a_from else "B" if reached >= self.b_from else "C"
