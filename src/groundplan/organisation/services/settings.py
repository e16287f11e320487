"""Changing the organisation's settings, and the fiscal periods that follow from them."""

from dataclasses import dataclass
from zoneinfo import available_timezones

from django.db import transaction
from django.db.models import Max, Min

from groundplan.kernel.errors import InvalidInput
from groundplan.organisation.contracts import Viewer
from groundplan.organisation.models import FiscalPeriod, Organisation
from groundplan.organisation.selectors import calendar, organisation, today

from .audit import audit_record
from .permission import administrator_required

YEARS_BACK, YEARS_AHEAD = 5, 2
"""Fiscal years written out while no others are wanted."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set; `currency` is an ISO 4217 code, `time_zone` an IANA name."""

    name: str
    currency: str
    time_zone: str
    fiscal_start_month: int
    fiscal_pattern: str
    stale_after_days: int


@transaction.atomic
def organisation_update(*, viewer: Viewer, settings: Settings) -> Organisation:
    """Take over `settings`. New fiscal years rewrite the periods and have results recomputed.

    Raises NotAllowed for anybody but an administrator and InvalidInput naming the field.
    """
    administrator_required(viewer)
    _checked(settings)
    before = organisation()
    wanted = {name: getattr(settings, name) for name in Settings.__slots__}
    changed = {
        name: {"from": getattr(before, name), "to": value}
        for name, value in wanted.items()
        if getattr(before, name) != value
    }
    if not changed:
        return before
    after, _made = Organisation.objects.update_or_create(pk=1, defaults=wanted)
    audit_record(
        viewer_actor=viewer.actor,
        action="organisation.update",
        kind="organisation",
        key="1",
        label=after.name,
        detail=changed,
    )
    if changed.keys() & {"fiscal_start_month", "fiscal_pattern"}:
        fiscal_periods_rebuild()
    return after


def fiscal_periods_rebuild() -> int:
    """Write out the periods of all fiscal years known so far and those around today.

    Returns how many periods there are now.
    """
    cut = calendar()
    present = cut.fiscal_year_of(today())
    known = FiscalPeriod.objects.aggregate(first=Min("fiscal_year"), last=Max("fiscal_year"))
    first = min(known["first"] or present, present - YEARS_BACK)
    last = max(known["last"] or present, present + YEARS_AHEAD)
    periods = [
        FiscalPeriod(
            kind=period.kind,
            fiscal_year=period.fiscal_year,
            number=period.number,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
        )
        for year in range(first, last + 1)
        for period in cut.periods(year)
    ]
    FiscalPeriod.objects.all().delete()
    FiscalPeriod.objects.bulk_create(periods)
    return len(periods)


def _checked(settings: Settings) -> None:
    wrong = {
        "name": not settings.name.strip(),
        "currency": not (len(settings.currency) == 3 and settings.currency.isalpha()),
        "time_zone": settings.time_zone not in available_timezones(),
        "fiscal_start_month": not 1 <= settings.fiscal_start_month <= 12,
        "fiscal_pattern": settings.fiscal_pattern not in ("months", "445"),
        "stale_after_days": not 1 <= settings.stale_after_days <= 3650,
    }
    messages = {
        "name": "The organisation needs a name.",
        "currency": "A currency has three letters, as in EUR.",
        "time_zone": "There is no such time zone.",
        "fiscal_start_month": "The fiscal year starts in one of twelve months.",
        "fiscal_pattern": "Fiscal years are cut by months or 4-4-5.",
        "stale_after_days": "Facts go stale after 1 to 3650 days.",
    }
    for field, is_wrong in wrong.items():
        if is_wrong:
            raise InvalidInput(messages[field], field=field)
