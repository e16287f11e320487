"""Currency rates as they were before an import; in the caller's transaction."""

from collections.abc import Iterable

from groundplan.organisation.models import CurrencyRate

from .imports import rates_import


def rates_restore(*, rates: Iterable[tuple[str, str, str | None]]) -> None:
    """Sets rates of (currency, ISO date, rate); where there was none, there is none again."""
    before = list(rates)
    rates_import(rates=[(code, day, rate) for code, day, rate in before if rate is not None])
    for code, day, rate in before:
        if rate is None:
            CurrencyRate.objects.filter(currency=code, date=day).delete()
