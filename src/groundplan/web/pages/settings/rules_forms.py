"""What is typed about segments, characteristics and tiers, as the values that services take."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groundplan.measures.segments import ATTRIBUTES as SEGMENT_ATTRIBUTES
from groundplan.measures.segments.contracts import MOST_ATTRIBUTES
from groundplan.measures.tiers import ATTRIBUTES, OPERATORS

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
    "owns_product": _("own one of the products"),
    "owns_category": _("own one of the categories"),
}
LISTS = ("in", "not_in", "owns_product", "owns_category")
NUMBERS = ("at_least", "at_most", "over_growth")


class SegmentsForm(forms.Form):
    """By what accounts are grouped; nothing chosen is the automatic choice."""

    segment_by = forms.MultipleChoiceField(
        label=_("Group accounts by"),
        required=False,
        choices=[(name, WORDS[name]) for name in SEGMENT_ATTRIBUTES],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )

    def clean_segment_by(self) -> list[str]:
        chosen = list(self.cleaned_data["segment_by"])
        if len(chosen) > MOST_ATTRIBUTES:
            raise forms.ValidationError(_("At most three."))
        return chosen


class ThresholdsForm(forms.Form):
    """From which sum on an account is A or B; empty follows from the characteristics."""

    tier_by = forms.ChoiceField(
        label=_("Tiers go by"),
        choices=(("score", _("sum of weights")), ("count", _("number of characteristics"))),
    )
    tier_a_from = forms.FloatField(label=_("A from"), required=False)
    tier_b_from = forms.FloatField(label=_("B from"), required=False)


class CharacteristicForm(forms.Form):
    """A weighted rule over a fact of the account."""

    name = forms.CharField(max_length=200, label=_("Name"))
    attribute = forms.CharField(
        max_length=80,
        label=_("Fact"),
        help_text=_("One of the list, or attributes. and the name of a column of your own."),
        widget=forms.TextInput(attrs={"list": "attributes", "autocomplete": "off"}),
    )
    operator = forms.ChoiceField(
        label=_("Condition"), choices=[(name, WORDS[name]) for name in OPERATORS]
    )
    value = forms.CharField(
        max_length=2000,
        required=False,
        label=_("Value"),
        help_text=_("Several with a comma between; two numbers for between; 0.1 is 10 %."),
    )
    weight = forms.FloatField(label=_("Weight"), initial=1)
    position = forms.IntegerField(label=_("Order"), required=False, min_value=0, max_value=32767)
    active = forms.BooleanField(label=_("Counts"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"operator", "value"} <= given.keys():
            given["value"] = self._typed(given["operator"], given["value"])
        return given

    def _typed(self, operator: str, text: str) -> object:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        try:
            if operator in LISTS:
                return parts
            if operator == "between":
                return [float(part) for part in parts]
            if operator in NUMBERS:
                return float(text)
        except ValueError:
            self.add_error("value", _("That is not a number."))
            return None
        return text if operator == "contains" else None


def told(operator: str, value: object) -> str:
    """A rule's value as it is typed: numbers without exponent."""
    if isinstance(value, list):
        return ", ".join(told(operator, one) for one in value)
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    return "" if value is None else str(value)


def attribute_names() -> tuple[str, ...]:
    return tuple(ATTRIBUTES)
