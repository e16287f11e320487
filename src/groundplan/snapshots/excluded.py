"""What no number counts for lack of a currency rate, as every page and command says it."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from groundplan.charts.numbers import grouped

from .contracts import CurrentSnapshot
from .selectors import manifest_of


def excluded_line(snapshot: CurrentSnapshot) -> str:
    """Empty where every amount has a rate on its day."""
    told = list(_told(manifest_of(snapshot.folder).get("excluded", {})))
    if not told:
        return ""
    return _("not counted, without a rate on their day: %(amounts)s") % {"amounts": "; ".join(told)}


def _told(excluded: dict[str, dict[str, dict[str, object]]]) -> Iterator[str]:
    words = {"purchases": _("purchases"), "opportunities": _("opportunities")}
    for table, currencies in excluded.items():
        for code, found in currencies.items():
            amount = grouped(Decimal(str(found["amount"])), 0)
            yield f"{code} {amount} ({found['rows']} {words.get(table, table)})"
