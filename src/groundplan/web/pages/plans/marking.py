"""The form that says what became of a tactic; in the workspace and in the week."""

from django import forms
from django.utils.translation import gettext_lazy

from .words import CHOICES


class MarkForm(forms.Form):
    """How far a tactic is. What is moved or dropped says why."""

    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        choices=[(one, CHOICES[one]) for one in ("planned", "done", "moved", "dropped")],
    )
    due_on = forms.CharField(
        label=gettext_lazy("New day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Where it is moved."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        help_text=gettext_lazy("Asked for where it is moved or dropped."),
    )
    hours_logged = forms.CharField(
        label=gettext_lazy("Hours spent"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
