"""The first run's form."""

from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from groundplan.people.services import Founding, installation_set_up
from groundplan.web.zones import zone_choices

CURRENCIES = ("USD", "EUR", "GBP", "CHF", "JPY", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "INR")


class SetupForm(forms.Form):
    """The organisation's settings that everything depends on, and the first administrator."""

    code = forms.CharField(widget=forms.HiddenInput)
    organisation = forms.CharField(max_length=200, label=_("Organisation"))
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[(code, code) for code in CURRENCIES], initial="USD"
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices, initial="UTC")
    fiscal_start_month = forms.TypedChoiceField(
        label=_("The fiscal year starts in"), choices=list(MONTHS.items()), coerce=int, initial=1
    )
    name = forms.CharField(max_length=200, label=_("Your name"))
    email = forms.EmailField(label=_("E-mail address"))
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters."),
    )

    def save(self) -> Any:
        """Set the installation up; the user who may now sign in."""
        given = self.cleaned_data
        return installation_set_up(
            code=given["code"],
            organisation=Founding(
                name=given["organisation"],
                currency=given["currency"],
                time_zone=given["time_zone"],
                fiscal_start_month=given["fiscal_start_month"],
            ),
            name=given["name"],
            email=given["email"],
            password=given["password"],
        )
