"""The form of a part: made from the room's own list of a kind's fields. It carries text; what the
text has to be is for the services to say."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groundplan.kernel.evidence import Evidence
from groundplan.plans.contracts import AnyPart, Cited, Kind
from groundplan.plans.rules.kinds import KINDS, Field
from groundplan.plans.rules.parsing import ASSUMED
from groundplan.plans.rules.typing import as_json, values_of

from .words import choice_word, field_word

Pairs = tuple[tuple[str, str], ...]
STATED = "stated"
"""Kind of the evidence that somebody typed into a plan; its key is the source that they named."""
UNREADABLE = "?"
"""Stands for evidence that no form of ours sends: the service refuses it."""
LATER = frozenset({"hours_logged", "status", "reason", "actual", "account_name", "area"})
"""Fields that are filled in elsewhere, or once the part is there."""
ASKED: Mapping[Kind, tuple[str, ...]] = {
    "answer": ("question", "text"),
    "opportunity": ("account",),
    "strategy": ("goals", "opportunities", "evidence", "evidence_text"),
    "objective": ("strategy", "metric", "target", "due_on"),
    "tactic": ("owner", "due_on", "hours"),
    "contingency": ("trigger",),
}
"""Fields that may stay empty, as nothing is locked, but that the plan check asks for."""
UNTITLED = ("answer",)
"""Kinds whose question is their title."""
HINTS = {
    "customer_goal": _("Which of the customer's own goals it supports."),
    "trigger": _("What has to be seen for the answer to be needed."),
    "why_now": _("What makes this the time for it."),
    "rating": _("From 1, poor, to 5."),
    "probability": _("From 0 to 1."),
    "likelihood": _("From 1, hardly, to 5, almost surely."),
    "impact": _("From 1, hardly felt, to 5, the plan fails."),
    "target": _("A number; money in the organisation's currency."),
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What a part's fields may name: value and label of persons, parts, questions and so on, and
    of the evidence that the plan cites already."""

    pairs: Mapping[str, Pairs] = field(default_factory=dict)
    evidence: Pairs = ()


class PartForm(forms.Form):
    """Fields of one kind of part. `values()` is what was typed, as the services take it."""

    title = forms.CharField(label=_("Title"), max_length=300)

    def __init__(self, kind: Kind, choices: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind in UNTITLED:
            del self.fields["title"]
        self.shown = [one for one in KINDS[kind].fields if _is_shown(kind, one, choices)]
        for one in self.shown:
            if one.type == "evidence":
                self._add_evidence(choices.evidence)
            else:
                self.fields[one.name] = _control(one, choices.pairs)
        for name in ASKED.get(kind, ()):
            if name in self.fields:
                self.fields[name].is_asked = True  # type: ignore[attr-defined]

    def values(self) -> dict[str, str]:
        """What was typed, of fields that were sent."""
        found = {name: self._typed(one) for name, one in self._sent().items()}
        titled = {"title": str(self.data["title"])} if "title" in self.data else {}
        return {**titled, **found}

    def evidence(self) -> list[dict[str, Any]]:
        """What was ticked and what was added, as JSON keeps it."""
        ticked = [json.loads(one) for one in self._list("evidence")]
        stated = self.data.get("evidence_text", "").strip()
        if not stated:
            return ticked
        source = self.data.get("evidence_source", "").strip()
        cited = Cited(Evidence(STATED if source else ASSUMED, source, stated), bool(source))
        return [*ticked, as_json(cited)]

    def _sent(self) -> dict[str, Field]:
        # A box that isn't ticked sends nothing: `sent` says that the form had it all the same.
        whole = "sent" in self.data
        return {one.name: one for one in self.shown if whole or one.name in self.data}

    def _typed(self, one: Field) -> str:
        if one.type == "evidence":
            return self._evidence_typed()
        if one.type == "parts" and not one.single:
            return ",".join(self._list(one.name))
        return str(self.data.get(one.name, ""))

    def _evidence_typed(self) -> str:
        try:
            return json.dumps(self.evidence())
        except ValueError:
            return UNREADABLE

    def _list(self, name: str) -> list[str]:
        getlist = getattr(self.data, "getlist", None)
        found = getlist(name) if getlist else self.data.get(name, [])
        return [str(one) for one in found]

    def _add_evidence(self, pairs: Pairs) -> None:
        if pairs:
            self.fields["evidence"] = forms.MultipleChoiceField(
                label=field_word("evidence"),
                choices=pairs,
                required=False,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
            )
        self.fields["evidence_text"] = forms.CharField(
            label=_("Add what it rests on"), required=False
        )
        self.fields["evidence_source"] = forms.CharField(
            label=_("Where it says so"),
            required=False,
            help_text=_("A report and page, a meeting, a person. Without: assumption."),
        )


def _is_shown(kind: Kind, one: Field, choices: Choices) -> bool:
    # Where there is no account to choose an answer is about the whole plan.
    unasked = kind == "answer" and one.name == "account" and "account" not in choices.pairs
    return one.name not in LATER and not unasked


def evidence_value(cited: Cited) -> str:
    """A piece of evidence as a form's value: JSON in one order of keys."""
    return json.dumps(as_json(cited), sort_keys=True)


def evidence_label(cited: Cited) -> str:
    source = cited.evidence.key if cited.evidence.kind == STATED else ""
    told = f"{cited.evidence.label} ({source})" if source else cited.evidence.label
    return told if cited.is_fact else str(_("%(text)s, assumption")) % {"text": told}


def initial_of(kind: Kind, part: AnyPart) -> dict[str, Any]:
    """A part's present values as its form shows them."""
    kept = values_of(kind, part)
    found: dict[str, Any] = {"title": part.title}
    for one in KINDS[kind].fields:
        value = kept.get(one.name)
        if one.type == "evidence":
            found["evidence"] = [evidence_value(cited) for cited in getattr(part, "evidence", ())]
        else:
            found[one.name] = value if isinstance(value, list) else str(value or "")
    return found


def _control(one: Field, pairs: Mapping[str, Pairs]) -> forms.Field:
    label, hint = field_word(one.name), HINTS.get(one.name, "")
    known: dict[str, Any] = {"label": label, "required": False, "help_text": hint}
    if one.type == "parts" and not one.single:
        widget = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
        return forms.MultipleChoiceField(choices=pairs.get(one.name, ()), widget=widget, **known)
    if one.name in pairs:
        return forms.ChoiceField(choices=(("", "–"), *pairs[one.name]), **known)
    if one.choices:
        options = [(value, choice_word(value)) for value in one.choices]
        blank = [] if options[0][0] == "" else [("", "–")]
        return forms.ChoiceField(choices=blank + options, **known)
    return forms.CharField(widget=_widget(one), **known)


def _widget(one: Field) -> forms.Widget:
    if one.type == "text":
        return forms.Textarea(attrs={"rows": 3})
    if one.type == "date":
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if one.type in ("number", "integer"):
        return forms.TextInput(attrs={"inputmode": "decimal"})
    return forms.TextInput()
