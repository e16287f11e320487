"""What a rule is compared with: chosen from the values there are, or typed."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from groundplan.insight.contracts import CharacteristicRow
from groundplan.insight.selectors.choices import Choice, choices
from groundplan.insight.selectors.trial_tokens import trial_written
from groundplan.insight.selectors.trials import TrialGroup
from groundplan.insight.traces.trials import trial_trace
from groundplan.kernel.figures import Figure
from groundplan.measures.tiers import Limits
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
        first.append(Option(value, one.label if one else value, True, _counted(rule, value, one)))
    rest = [
        Option(one.value, one.label, False, _counted(rule, one.value, one))
        for one in found
        if one.value.casefold() not in chosen
    ]
    return (*first, *rest[:MOST_CHOICES])


def _counted(rule: DraftRule, value: str, found: Choice | None) -> Figure:
    """How many accounts have one value, as a rule of nothing else would count them."""
    operator = "in" if rule.operator == "not_in" else rule.operator
    alone = CharacteristicRow(None, value, rule.attribute, operator, [value], 1.0, True, 0)
    trace = trial_trace(trial_written([alone], Limits()), TrialGroup(met=0))
    return Figure(found.accounts if found else 0, trace=trace)


def _control(rule: DraftRule) -> str:
    if rule.operator in LISTS:
        return "list"
    if rule.operator in NUMBERS:
        return "number"
    if rule.operator in PLAIN:
        return ""
    return "text" if rule.operator == "contains" else "day"
