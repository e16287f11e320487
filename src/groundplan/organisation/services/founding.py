"""The organisation's first settings, given with the first administrator."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction

from groundplan.kernel.errors import InvalidInput
from groundplan.organisation.models import Organisation

from .audit import audit_record


@transaction.atomic
def organisation_found(
    *, viewer_actor: str, name: str, currency: str, time_zone: str, fiscal_start_month: int
) -> Organisation:
    """Write the organisation's name, currency (ISO 4217), IANA zone and first fiscal month.

    Raises InvalidInput, with the field, for what can't be one.
    """
    code = currency.strip().upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise InvalidInput(f"{currency!r} is not a currency code.", field="currency", mend="EUR")
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InvalidInput(f"{time_zone!r} is not a time zone.", field="time_zone") from error
    if fiscal_start_month not in range(1, 13):
        raise InvalidInput("A year has twelve months.", field="fiscal_start_month")
    row, _ = Organisation.objects.update_or_create(
        pk=1,
        defaults={
            "name": name.strip(),
            "currency": code,
            "time_zone": time_zone,
            "fiscal_start_month": fiscal_start_month,
        },
    )
    audit_record(
        viewer_actor=viewer_actor,
        action="organisation.found",
        kind="organisation",
        key="1",
        label=row.name,
        detail={"currency": code, "time_zone": time_zone, "start_month": fiscal_start_month},
    )
    return row
