"""Forms of an account's page. Rules are the services'; forms carry text and show refusals."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from groundplan.book.rules import CONTACT_FIELDS, CUSTOM, OPPORTUNITY_FIELDS, REPORTS_TO
from groundplan.book.selectors.profile import confidences
from groundplan.sources.rules import as_json
from groundplan.web.change_words import FIELDS, TOPICS, field_word

from .words import CONFIDENCES

KNOWN = [("", _("unknown")), ("true", _("yes")), ("false", _("no"))]


class RowForm(forms.Form):
    """Fields of a row as text, made from the room's own list of what may be edited."""

    def __init__(self, fields: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in fields.items():
            self.fields[name] = _field(name, kind)

    def values(self) -> dict[str, str]:
        """What was typed, of fields that were sent."""
        return {name: self.data[name] for name in self.fields if name in self.data}


class StatementForm(forms.Form):
    """A statement: with a source a fact, without one an assumption."""

    topic = forms.ChoiceField(label=_("Topic"), choices=list(TOPICS.items()))
    text = forms.CharField(label=_("Statement"), widget=forms.Textarea(attrs={"rows": 3}))
    source = forms.CharField(
        label=_("Source"),
        required=False,
        help_text=_(
            "Where it says so: a report and page, a meeting, a person. Without: assumption."
        ),
    )
    as_of = forms.DateField(
        label=_("As of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    confidence = forms.ChoiceField(
        label=_("Confidence"),
        choices=[(code, CONFIDENCES[code]) for code in confidences()],
        initial="medium",
    )


def text_of(row: object, fields: Mapping[str, str]) -> dict[str, str]:
    """A row's present values as the form shows them."""
    return {name: _text(_value(row, name)) for name in fields}


def account_form(fields: Mapping[str, str], *args: Any, **kwargs: Any) -> RowForm:
    return RowForm(fields, *args, **kwargs)


def contact_form(others: Iterable[tuple[UUID, str]], *args: Any, **kwargs: Any) -> RowForm:
    """A contact's fields; `others` are whom they could report to."""
    form = RowForm(CONTACT_FIELDS, *args, **kwargs)
    choices = [("", _("nobody known")), *((str(uid), label) for uid, label in others)]
    form.fields[REPORTS_TO] = forms.ChoiceField(
        label=str(FIELDS[REPORTS_TO]), choices=choices, required=False
    )
    form.order_fields(["name", "title", "department", "seniority", REPORTS_TO])
    return form


def opportunity_form(stages: Iterable[tuple[int, str]], *args: Any, **kwargs: Any) -> RowForm:
    """An opportunity's fields; `stages` are those that it may be put into, if any."""
    form = RowForm(OPPORTUNITY_FIELDS, *args, **kwargs)
    choices = [(str(pk), name) for pk, name in stages]
    if choices:
        form.fields["stage"] = forms.ChoiceField(
            label=_("Stage"),
            choices=choices,
            help_text=_(
                "With another stage its probability counts, unless you type one. Won and lost "
                "close it today."
            ),
        )
        form.order_fields(["name", "stage"])
    return form


def _value(row: Any, name: str) -> object:
    if name.startswith(CUSTOM):
        return row.attributes.get(name.removeprefix(CUSTOM))
    return getattr(row, name)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    written = as_json(value)
    return "" if written is None else str(written)


def _field(name: str, kind: str) -> forms.Field:
    label = str(field_word(name))  # forms are made a request, in its language
    if kind == "boolean":
        return forms.ChoiceField(label=label, choices=KNOWN, required=False)
    if kind == "date":
        widget = forms.DateInput(attrs={"type": "date"})
        return forms.CharField(label=label, widget=widget, required=False)
    return forms.CharField(label=label, required=name == "name")
