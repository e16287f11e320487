"""By what accounts are grouped, as it is typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from groundplan.measures.segments import ATTRIBUTES as SEGMENT_ATTRIBUTES
from groundplan.measures.segments.contracts import MOST_ATTRIBUTES

from .rules_words import WORDS


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
