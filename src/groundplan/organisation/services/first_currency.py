"""The organisation's currency, found in the first facts there are."""

from groundplan.organisation.models import Organisation
from groundplan.organisation.selectors import organisation

from .audit import audit_record


def organisation_currency_adopt(*, viewer_actor: str, currency: str, source: str) -> bool:
    """Sets the currency that all amounts of the first import are in; says whether it changed.

    The caller, who is in a transaction, knows that no amount was imported before: none is
    reckoned in another currency.
    """
    before = organisation()
    if before.currency == currency:
        return False
    Organisation.objects.update_or_create(pk=1, defaults={"currency": currency})
    audit_record(
        viewer_actor=viewer_actor,
        action="organisation.currency-found",
        kind="organisation",
        key="1",
        label=before.name,
        detail={"currency": {"from": before.currency, "to": currency}, "source": source},
    )
    return True


def is_currency_settled() -> bool:
    """Did somebody set the organisation up, and its currency with it?"""
    return Organisation.objects.filter(pk=1).exists()
