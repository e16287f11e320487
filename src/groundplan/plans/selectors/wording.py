"""What is suggested to a new plan, in words: those of whoever begins it. Parts keep them as text,
since from then on people edit them."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groundplan.book.selectors.territory import OfferNow
from groundplan.insight.grid.contracts import Estimate

Amounts = Sequence[tuple[str, Decimal | int]]


def whole(number: Decimal) -> str:
    """A number without decimals, its thousands grouped."""
    rounded = int(number.to_integral_value(ROUND_HALF_EVEN))
    return str(number_format(rounded, force_grouping=True))


def revenue_said(now: Decimal, before: Decimal, currency: str) -> str:
    words = {"now": whole(now), "before": whole(before), "currency": currency}
    if not before:
        return (
            _("%(now)s %(currency)s in the last twelve months, %(before)s in the twelve before.")
            % words
        )
    change = f"{float(now / before) - 1:+.0%}"
    said = _(
        "%(now)s %(currency)s in the last twelve months, %(before)s in the twelve before"
        " (%(change)s)."
    )
    return said % {**words, "change": change}


def room_said(total: Decimal, most: Amounts, currency: str) -> str:
    """`most` are the industries with the most of it; empty where naming them tells nothing."""
    words = {"total": whole(total), "currency": currency}
    if not most:
        return _("%(total)s %(currency)s of whitespace.") % words
    named = ", ".join(f"{name} {whole(Decimal(amount))}" for name, amount in most)
    said = _("%(total)s %(currency)s of whitespace, most of it in %(industries)s.")
    return said % {**words, "industries": named}


def customers_said(customers: int, accounts: int, most: Amounts) -> str:
    words = {"customers": customers, "accounts": accounts}
    if not most:
        said = _("%(customers)s of %(accounts)s accounts bought in the last twelve months.")
        return said % words
    named = ", ".join(f"{name} ({number})" for name, number in most)
    said = _(
        "%(customers)s of %(accounts)s accounts bought in the last twelve months, most of them in"
        " %(industries)s."
    )
    return said % {**words, "industries": named}


def coverage_said(reached: int, accounts: int, days: int) -> str:
    said = _(
        "Somebody was in touch with %(reached)s of %(accounts)s accounts in the last %(days)s days."
    )
    return said % {"reached": reached, "accounts": accounts, "days": days}


def offer_said(offer: OfferNow) -> str:
    words = {"name": offer.name, "stage": offer.stage}
    if not offer.close_on:
        return _("%(name)s, %(stage)s") % words
    day = date_format(offer.close_on)
    return _("%(name)s, %(stage)s, closes %(day)s") % {**words, "day": day}


def cell_title(product: str, account: str) -> str:
    return _("%(product)s for %(account)s") % {"product": product, "account": account}


def cell_said(found: Estimate, product: str) -> str:
    said = _(
        "%(owners)s of %(accounts)s look-alikes own %(product)s; %(adopted)s of %(exposed)s bought"
        " it for the first time within a year"
    )
    return said % {
        "owners": found.owners,
        "accounts": found.accounts,
        "adopted": found.adopted,
        "exposed": found.exposed,
        "product": product,
    }


def range_said(low: Decimal, high: Decimal, currency: str) -> str:
    said = _("%(low)s to %(high)s %(currency)s can be expected of the year")
    return said % {"low": whole(low), "high": whole(high), "currency": currency}


def latest_said(*, is_year: bool) -> str:
    """The days that history is taken from where they are no fiscal period."""
    return _("the last twelve months") if is_year else _("the last three months")


def pipeline_said(metric: str, number: Decimal, currency: str) -> str:
    said = _("%(metric)s that closes in the period: %(number)s %(currency)s")
    return said % {"metric": _(metric), "number": whole(number), "currency": currency}


def money_said(metric: str, period: str, number: Decimal, currency: str) -> str:
    said = _("%(metric)s of %(period)s: %(number)s %(currency)s")
    words = {"metric": _(metric), "period": period, "number": whole(number)}
    return said % {**words, "currency": currency}


_EACH = {
    "": gettext_lazy("%(metric)s in %(period)s: %(number)s"),
    "%": gettext_lazy("%(metric)s in %(period)s: %(number)s %%"),
    "month": gettext_lazy("%(metric)s in %(period)s: %(number)s a month"),
    "quarter": gettext_lazy("%(metric)s in %(period)s: %(number)s a quarter"),
}


def counted_said(metric: str, period: str, number: Decimal, each: str) -> str:
    """`each` is month or quarter, % for a share, empty for a number of the whole period."""
    return str(_EACH[each]) % {"metric": _(metric), "period": period, "number": whole(number)}
