"""What other currencies are worth, from a day on."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from groundplan.kernel.errors import InvalidInput, NotFound
from groundplan.organisation.contracts import Viewer
from groundplan.organisation.models import CurrencyRate
from groundplan.organisation.selectors import organisation

from .audit import audit_record
from .permission import administrator_required


@transaction.atomic
def rate_set(*, viewer: Viewer, currency: str, day: date, rate: Decimal) -> CurrencyRate:
    """One unit of `currency` is worth `rate` in the organisation's currency from `day` on.

    Replaces the rate of that day. Raises NotAllowed or InvalidInput.
    """
    administrator_required(viewer)
    code = currency.strip().upper()
    if not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise InvalidInput("A currency has three letters, as in EUR.", field="currency")
    if code == organisation().currency:
        message = "This is the organisation's own currency: its rate is always 1."
        raise InvalidInput(message, field="currency")
    if not (rate.is_finite() and 0 < rate < Decimal(10) ** 10):
        raise InvalidInput("A rate is a number above 0.", field="rate")
    made, _new = CurrencyRate.objects.update_or_create(
        currency=code, date=day, defaults={"rate": rate}
    )
    _record(viewer, "rate.set", made)
    return made


@transaction.atomic
def rate_delete(*, viewer: Viewer, rate_id: int) -> None:
    """Forget a rate; the one before it counts again. Raises NotAllowed or NotFound."""
    administrator_required(viewer)
    rate = CurrencyRate.objects.filter(pk=rate_id).first()
    if rate is None:
        raise NotFound("There is no such rate.")
    _record(viewer, "rate.delete", rate)
    rate.delete()


def _record(viewer: Viewer, action: str, rate: CurrencyRate) -> None:
    audit_record(
        viewer_actor=viewer.actor,
        action=action,
        kind="rate",
        key=str(rate.pk),
        label=str(rate),
        detail={"rate": str(rate.rate)},
    )
