"""What the facts and conditions of rules are called."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

WORDS = {
    "industry": _("industry"),
    "region": _("region"),
    "country": _("country"),
    "segment": _("segment"),
    "size": _("employees, in classes"),
    "revenue": _("annual revenue, in classes"),
    "spend": _("what they spend with us"),
    "breadth": _("how many products they own"),
    "recency": _("how long since they bought"),
    "employees": _("employees"),
    "annual_revenue": _("annual revenue"),
    "is_customer": _("is a customer"),
    "contacts": _("contacts"),
    "revenue_12m": _("revenue, 12 months"),
    "revenue_prior_12m": _("revenue, 12 months before"),
    "growth": _("growth"),
    "owned_products": _("products owned"),
    "core_products": _("core products owned"),
    "days_since_purchase": _("days since last purchase"),
    "days_since_interaction": _("days since last interaction"),
    "open_opportunities": _("open opportunities"),
    "open_pipeline": _("open pipeline"),
    "whitespace": _("whitespace"),
    "products": _("products"),
    "in": _("is one of"),
    "not_in": _("is none of"),
    "contains": _("contains"),
    "between": _("is between"),
    "at_least": _("is at least"),
    "at_most": _("is at most"),
    "over_growth": _("is over"),
    "is_true": _("is true"),
    "is_false": _("is false"),
    "is_known": _("is known"),
    "is_unknown": _("isn't known"),
    "on_or_after": _("is on or after"),
    "on_or_before": _("is on or before"),
    "between_dates": _("is between the days"),
    "in_last_days": _("is within the last"),
    "in_next_days": _("is within the next"),
    "owns_product": _("own one of the products"),
    "owns_category": _("own one of the categories"),
}


def told(value: object) -> str:
    """A rule's value as it is typed: numbers without exponent."""
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    return "" if value is None else str(value)
