"""What is typed into the settings, as the types that services take."""

from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from groundplan.web.zones import zone_choices

ROLES = (
    ("administrator", _("Administrator")),
    ("leader", _("Leader")),
    ("manager", _("Manager")),
    ("member", _("Member")),
    ("viewer", _("Viewer")),
)
OUTCOMES = (("open", _("Open")), ("won", _("Won")), ("lost", _("Lost")))


class OrganisationForm(forms.Form):
    """What holds for the whole organisation."""

    name = forms.CharField(max_length=200, label=_("Organisation"))
    currency = forms.CharField(
        max_length=3,
        min_length=3,
        label=_("Currency"),
        help_text=_("Three letters, as in EUR. Amounts in others need rates."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    fiscal_start_month = forms.TypedChoiceField(
        label=_("The fiscal year starts in"), choices=list(MONTHS.items()), coerce=int
    )
    fiscal_pattern = forms.ChoiceField(
        label=_("Fiscal months"),
        choices=(("months", _("Calendar months")), ("445", _("Weeks: 4-4-5"))),
    )
    stale_after_days = forms.IntegerField(
        label=_("A statement is stale after (days)"), min_value=1, max_value=3650
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        # An earlier version offered more zones: the one in force must outlive the next saving.
        zones = self.fields["time_zone"]
        if isinstance(zones, forms.ChoiceField):
            zones.choices = zone_choices(self.get_initial_for_field(zones, "time_zone") or "UTC")

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


class StageForm(forms.Form):
    """What a stage means."""

    outcome = forms.ChoiceField(choices=OUTCOMES, label=_("Outcome"))
    probability = forms.DecimalField(
        label=_("Probability in %"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    position = forms.IntegerField(label=_("Order"), min_value=0, max_value=32767)

    def __init__(self, *args: object, stage: int, **named: object) -> None:
        named["auto_id"] = f"stage-{stage}-%s"
        super().__init__(*args, **named)  # type: ignore[arg-type]  # Django's own arguments
        for field in self.fields.values():
            # The controls stand in cells of a table, the form in the last of them.
            field.widget.attrs["form"] = f"stage-{stage}"


class RateForm(forms.Form):
    """What another currency is worth from a day on."""

    currency = forms.CharField(max_length=3, min_length=3, label=_("Currency"))
    date = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    rate = forms.DecimalField(
        label=_("Worth"), max_digits=18, decimal_places=8, min_value=0, localize=False
    )


class UserForm(forms.Form):
    """Somebody who signs in."""

    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(max_length=200, label=_("Name"))
    role = forms.ChoiceField(choices=ROLES, label=_("Role"), initial="member")
    person = forms.ChoiceField(
        label=_("Is this seller"),
        required=False,
        help_text=_("Whose accounts they see follows from the person and their reports."),
    )

    def __init__(self, *args: object, persons: list[tuple[str, str]], **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]  # Django's own arguments
        self.fields["person"].choices = [("", _("Nobody")), *persons]  # type: ignore[attr-defined]


class UserChangeForm(UserForm):
    """Changing a user; the address they sign in with stays."""

    is_active = forms.BooleanField(label=_("Can sign in"), required=False)

    field_order = ("role", "person", "is_active")

    def __init__(self, *args: object, persons: list[tuple[str, str]], **named: object) -> None:
        super().__init__(*args, persons=persons, **named)
        del self.fields["email"], self.fields["name"]


class PersonForm(forms.Form):
    """Where a person stands."""

    manager = forms.ChoiceField(label=_("Reports to"), required=False)
    team = forms.CharField(
        max_length=200,
        required=False,
        label=_("Team"),
        help_text=_("A new name makes a new team."),
        widget=forms.TextInput(attrs={"list": "teams", "autocomplete": "off"}),
    )
    title = forms.CharField(max_length=200, required=False, label=_("Title"))
    territory = forms.CharField(max_length=200, required=False, label=_("Territory"))

    def __init__(self, *args: object, managers: list[tuple[str, str]], **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]  # Django's own arguments
        self.fields["manager"].choices = [("", _("Nobody")), *managers]  # type: ignore[attr-defined]
