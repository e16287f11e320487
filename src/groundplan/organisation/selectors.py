"""Reads of what holds for the whole organisation: no secrets, so they take no viewer."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from groundplan.database.prepared import prepared
from groundplan.kernel import clock
from groundplan.kernel.periods import FiscalCalendar, Pattern
from groundplan.kernel.reading import once

from .models import AuditEntry, CurrencyRate, Organisation, Stage

LAST_ENTRIES = 50
"""More than are being written at any moment."""


@once
def organisation() -> Organisation:
    """The organisation's settings; the defaults before anybody set them."""
    return next(iter(_organisation().ask()), None) or Organisation(pk=1)


@prepared
def _organisation() -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk=1)


def calendar(settings: Organisation | None = None) -> FiscalCalendar:
    """How the organisation cuts its years."""
    chosen = settings or organisation()
    pattern: Pattern = "445" if chosen.fiscal_pattern == "445" else "months"
    return FiscalCalendar(chosen.fiscal_start_month, pattern)


def today() -> date:
    """The day it is in the organisation's time zone."""
    return clock.today(organisation().time_zone)


def stages() -> QuerySet[Stage]:
    return Stage.objects.all()


def stages_to_confirm() -> QuerySet[Stage]:
    """Stages that an import brought and nobody has looked at yet."""
    return Stage.objects.filter(confirmed=False)


def currency_rates() -> QuerySet[CurrencyRate]:
    return CurrencyRate.objects.order_by("currency", "-date")


def audit_of(kind: str, key: str) -> QuerySet[AuditEntry]:
    """What was done to one thing, latest first; the caller has checked that it may be seen."""
    return AuditEntry.objects.filter(kind=kind, key=key).order_by("-at", "-id")


def audit_latest() -> QuerySet[AuditEntry]:
    """Everything that was done, latest first: for administrators."""
    return AuditEntry.objects.order_by("-at", "-id")


def audit_since(at: datetime) -> QuerySet[AuditEntry, str]:
    """The codes of what was done after `at`, latest first: what, but not by whom or to what."""
    return (
        AuditEntry.objects.filter(at__gt=at).order_by("-at", "-id").values_list("action", flat=True)
    )


def audit_mark() -> str:
    """A text that is another one after anything was done: each write adds to the log.

    The ids of the last entries, because of two writes at once the one with the higher id may be
    there first.
    """
    return " ".join(map(str, _last_entries().ask()))


@prepared
def _last_entries() -> QuerySet[AuditEntry, int]:
    return AuditEntry.objects.order_by("-id").values_list("pk", flat=True)[:LAST_ENTRIES]


def audit_entries(ids: Iterable[int]) -> QuerySet[AuditEntry]:
    """Certain entries, for whoever may undo what they record."""
    return AuditEntry.objects.filter(pk__in=list(ids))


def audit_deeds(kind: str, since: datetime) -> QuerySet[AuditEntry]:
    """What was done to things of a kind after `since`, the earliest first."""
    return AuditEntry.objects.filter(kind=kind, at__gt=since).order_by("at", "id")
