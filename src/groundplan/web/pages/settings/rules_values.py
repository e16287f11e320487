"""What a rule is compared with: chosen from the values there are, or typed."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from groundplan.insight.selectors.choices import choices
from groundplan.kernel.figures import Figure
from groundplan.people.contracts import Scope

from .rules_drafts import DAYS, LISTS, NUMBERS, PAIRS, PERCENT, PLAIN, DraftRule

MOST_CHOICES, MOST_NAMED, MOST_SAID = 12, 5000, 3
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Words
    chosen: bool
    accounts: Figure | None = None


@dataclass(frozen=True, slots=True)
class Values:
    """What a rule is compared with: `control` is list, text, number, day or empty for nothing."""

    key: int
    attribute: str
    operator: str
    control: str
    unit: str = ""
    typed: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()

    @property
    def chosen(self) -> int:
        return sum(option.chosen for option in self.options)

    @property
    def said(self) -> str:
        """The chosen values in a few words."""
        names = [str(option.label) for option in self.options if option.chosen]
        more = len(names) - MOST_SAID
        said = ", ".join(names[:MOST_SAID])
        return _("%(names)s and %(n)s more") % {"names": said, "n": more} if more > 0 else said


def values_of(viewer: Scope, rule: DraftRule, wanted: str = "") -> Values:
    """The control for a rule's values: those chosen first, then the most frequent ones."""
    control = _control(rule)
    unit = "%" if rule.attribute in PERCENT and control == "number" else ""
    if control != "list":
        unit = _("days") if rule.operator in DAYS else unit
        pair = rule.operator in PAIRS
        typed = (*rule.values, "", "")[: 2 if pair else 1]
        return Values(rule.key, rule.attribute, rule.operator, control, unit, typed)
    return Values(
        rule.key, rule.attribute, rule.operator, control, options=_options(viewer, rule, wanted)
    )


def _options(viewer: Scope, rule: DraftRule, wanted: str) -> tuple[Option, ...]:
    most = MOST_CHOICES + len(rule.values)
    found = choices(viewer, rule.attribute, rule.operator, wanted, most)
    chosen = {value.casefold() for value in rule.values}
    named = {one.value.casefold(): one for one in found}
    if not chosen <= named.keys():
        every = choices(viewer, rule.attribute, rule.operator, "", MOST_NAMED)
        named = {one.value.casefold(): one for one in every} | named
    first = []
    for value in rule.values:
        one = named.get(value.casefold())
        first.append(
            Option(value, one.label if one else value, True, Figure(one.accounts if one else 0))
        )
    rest = [
        Option(one.value, one.label, False, Figure(one.accounts))
        for one in found
        if one.value.casefold() not in chosen
    ]
    return (*first, *rest[:MOST_CHOICES])


def _control(rule: DraftRule) -> str:
    if rule.operator in LISTS:
        return "list"
    if rule.operator in NUMBERS:
        return "number"
    if rule.operator in PLAIN:
        return ""
    return "text" if rule.operator == "contains" else "day"
