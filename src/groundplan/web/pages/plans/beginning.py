"""Beginning a plan: whose, of what, for when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groundplan.book.selectors.accounts import active_accounts
from groundplan.kernel.errors import GroundplanError, InvalidInput
from groundplan.kernel.periods import Period
from groundplan.organisation.selectors import calendar, today
from groundplan.people.contracts import Scope
from groundplan.people.selectors import visible_persons
from groundplan.plans.rules.periods import follows

MOST_ACCOUNTS = 2000


@dataclass(frozen=True, slots=True)
class NewPage:
    """`nobody`: no person is known whose plan it could be."""

    form: forms.Form
    nobody: bool


class NewForm(forms.Form):
    """What a plan is begun with; everything but subject and period has a default."""

    subject = forms.ChoiceField(
        label=_("Plan of"),
        choices=[("territory", _("a territory")), ("account", _("an account"))],
        widget=forms.RadioSelect(attrs={"class": "form-check-input", "autofocus": True}),
        initial="territory",
    )
    account = forms.ChoiceField(
        label=_("Account"), required=False, help_text=_("For an account plan.")
    )
    period = forms.ChoiceField(label=_("Period"))
    owner = forms.ChoiceField(label=_("Whose"))
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=200,
        help_text=_("Left empty it is named after territory or account and period."),
    )

    def __init__(self, viewer: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = active_accounts(viewer).order_by("name").values_list("uid", "name")
        self._offer("account", [("", "–"), *((str(u), n) for u, n in accounts[:MOST_ACCOUNTS])])
        self._offer("period", periods())
        self._offer("owner", _owners(viewer))
        self.fields["account"].is_asked = True  # type: ignore[attr-defined]
        self.fields["period"].initial = periods()[0][0]

    def asked(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        typed = {name: str(self.data.get(name, "")) for name in self.fields}
        of_account = typed["subject"] == "account"
        return {
            "subject": typed["subject"],
            "period": typed["period"],
            "owner_uid": typed["owner"] or None,
            "account_uid": typed["account"] or None if of_account else None,
            "title": typed["title"],
        }

    def refuse(self, refused: GroundplanError) -> None:
        field = refused.field if isinstance(refused, InvalidInput) else ""
        self.add_error(field if field in self.fields else None, str(refused))

    def _offer(self, name: str, pairs: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = list(pairs)  # type: ignore[attr-defined]


def new_page(form: NewForm) -> NewPage:
    return NewPage(form, nobody=not form.fields["owner"].choices)  # type: ignore[attr-defined]


def periods() -> list[tuple[str, str]]:
    """What a new plan can be for."""
    return [(one.key, one.label) for one in _periods_from(today())]


def periods_after(plan: Any) -> list[tuple[str, str]]:
    """What a plan can be cut for: the quarters of its year, then later periods."""
    found = _periods_from(max(plan.starts_on, today()))
    return [(one.key, one.label) for one in found if follows(one, plan.period, plan.ends_on)]


def _periods_from(day: date) -> list[Period]:
    """That day's fiscal year and the next with their quarters, without those that are over."""
    cut, now = calendar(), today()
    year = cut.fiscal_year_of(day)
    found = [one for number in (year, year + 1) for one in cut.periods(number)]
    return [one for one in found if one.ends_on >= now and "-M" not in one.key]


def _owners(viewer: Scope) -> list[tuple[str, str]]:
    """The viewer first, then everybody whom they may plan for."""
    persons = visible_persons(viewer).filter(archived_at__isnull=True).order_by("name")
    rows = list(persons.values_list("pk", "uid", "name")[:500])
    rows.sort(key=lambda row: row[0] != viewer.person_id)
    return [(str(uid), name) for _pk, uid, name in rows]
