"""What the settings' pages show."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.forms import Form

from groundplan.kernel.periods import Period
from groundplan.organisation.selectors import (
    calendar,
    currency_rates,
    organisation,
    stages,
    today,
)
from groundplan.people.selectors import persons_with_place, teams, users

from .forms import StageForm
from .tabs import Tab, tabs


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """The organisation's form, and the fiscal year that it makes of today."""

    tabs: tuple[Tab, ...]
    form: Form
    may_change: bool
    year: Period
    quarters: tuple[Period, ...]
    today: date
    by_weeks: bool


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage with the form to change it."""

    id: int
    name: str
    outcome: str
    probability: Decimal
    position: int
    confirmed: bool
    form: Form


@dataclass(frozen=True, slots=True)
class StagesPage:
    tabs: tuple[Tab, ...]
    stages: tuple[StageRow, ...]
    unconfirmed: int
    may_change: bool


@dataclass(frozen=True, slots=True)
class RateRow:
    id: int
    currency: str
    date: date
    rate: Decimal


@dataclass(frozen=True, slots=True)
class RatesPage:
    tabs: tuple[Tab, ...]
    rates: tuple[RateRow, ...]
    form: Form
    currency: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class UserRow:
    uid: UUID
    name: str
    email: str
    role: str
    person: str
    is_active: bool
    has_password: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the tree; `depth` 0 is on top."""

    uid: UUID
    name: str
    title: str
    team: str
    territory: str
    manager: str
    depth: int
    signs_in: bool
    is_archived: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    tabs: tuple[Tab, ...]
    users: tuple[UserRow, ...]
    persons: tuple[PersonRow, ...]
    may_change: bool


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form of its own about somebody."""

    tabs: tuple[Tab, ...]
    form: Form
    heading: str
    note: str = ""
    uid: UUID | None = None
    choices: tuple[str, ...] = ()
    link: str = ""


def organisation_page(form: Form, *, may_change: bool) -> OrganisationPage:
    settings = organisation()
    cut = calendar(settings)
    day = today()
    year, *parts = cut.periods(cut.fiscal_year_of(day))
    quarters = tuple(period for period in parts if period.kind == "quarter")
    by_weeks = cut.pattern == "445"
    return OrganisationPage(
        tabs("organisation"), form, may_change, year, quarters, day, by_weeks=by_weeks
    )


def stages_page(*, may_change: bool, given: StageForm | None = None, of: int = 0) -> StagesPage:
    """Every stage with its form; `given` is what was typed for the stage with the id `of`."""
    rows = tuple(
        StageRow(
            id=stage.pk,
            name=stage.name,
            outcome=stage.get_outcome_display(),
            probability=stage.probability * 100,
            position=stage.position,
            confirmed=stage.confirmed,
            form=given
            if given and stage.pk == of
            else _stage_form(stage.pk, stage.outcome, stage.probability, stage.position),
        )
        for stage in stages()
    )
    return StagesPage(tabs("stages"), rows, sum(not row.confirmed for row in rows), may_change)


def _stage_form(stage: int, outcome: str, probability: Decimal, position: int) -> StageForm:
    initial = {
        "outcome": outcome,
        "probability": f"{probability * 100:.2f}",
        "position": position,
    }
    return StageForm(initial=initial, stage=stage)


def rates_page(form: Form, *, may_change: bool) -> RatesPage:
    rows = tuple(
        RateRow(rate.pk, rate.currency, rate.date, rate.rate) for rate in currency_rates()[:500]
    )
    return RatesPage(tabs("rates"), rows, form, organisation().currency, may_change)


def people_page(*, may_change: bool) -> PeoplePage:
    everybody = tuple(
        UserRow(
            uid=user.uid,
            name=str(user),
            email=user.email,
            role=user.get_role_display(),
            person=str(user.person or ""),
            is_active=user.is_active,
            has_password=user.has_usable_password(),
        )
        for user in users()
    )
    return PeoplePage(tabs("people"), everybody, _persons(), may_change)


def _persons() -> tuple[PersonRow, ...]:
    return tuple(
        PersonRow(
            uid=person.uid,
            name=person.name,
            title=person.title,
            team=person.team.name if person.team else "",
            territory=person.territory,
            manager=person.manager.name if person.manager else "",
            depth=max(person.path.count("/") - 2, 0),
            signs_in=hasattr(person, "user"),
            is_archived=person.archived_at is not None,
        )
        for person in persons_with_place()
    )


def person_choices(*, free_for: UUID | None = None) -> list[tuple[str, str]]:
    """Persons who nobody signs in as, and the one that the user `free_for` is."""
    return [
        (str(person.uid), person.name)
        for person in persons_with_place()
        if not hasattr(person, "user") or (free_for and person.user.uid == free_for)
    ]


def manager_choices(of: UUID) -> list[tuple[str, str]]:
    """Everybody but the person and those below them."""
    persons = list(persons_with_place())
    own = next((person.path for person in persons if person.uid == of), "/")
    return [(str(p.uid), p.name) for p in persons if not p.path.startswith(own)]


def team_names() -> tuple[str, ...]:
    return tuple(teams().values_list("name", flat=True))
