"""The values of recorded changes as text: ids become names, amounts are grouped."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from groundplan.book.rules import ACCOUNT_FIELDS
from groundplan.book.selectors.contacts import contact_names
from groundplan.charts.numbers import grouped
from groundplan.organisation.selectors import stages
from groundplan.people.selectors import person_names
from groundplan.sources.contracts import Json

Names = Mapping[tuple[str, int], str]
"""(field, id) -> name."""


def _stage_names(ids: Iterable[int]) -> dict[int, str]:
    return dict(stages().filter(pk__in=list(ids)).values_list("pk", "name"))


NAMED: dict[str, Callable[[Iterable[int]], dict[int, str]]] = {
    "owner_id": person_names,
    "reports_to_id": contact_names,
    "stage_id": _stage_names,
}
"""Fields that hold ids, and where their names are found."""


def names_in(values: Iterable[tuple[str, Json]]) -> Names:
    """Names behind the ids that stand in (field, value), in a query a kind where there are any."""
    ids: dict[str, set[int]] = {}
    for field, value in values:
        if field in NAMED and value:
            ids.setdefault(field, set()).add(int(value))
    return {
        (field, id_): name
        for field, wanted in ids.items()
        for id_, name in NAMED[field](wanted).items()
    }


def worded(field: str, value: Json, names: Names) -> str:
    """A field's value in the log or an override, as text; ids become names."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field in NAMED:
        return names.get((field, int(value)), _("somebody"))
    if ACCOUNT_FIELDS.get(field) in ("amount", "integer"):
        return grouped(Decimal(str(value)), 0)
    return str(value)
