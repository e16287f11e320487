"""What a viewer's accounts can be filtered by."""

from django.db.models import Count, F

from groundplan.book.contracts import Facets, FacetValue
from groundplan.people.contracts import Scope

from .accounts import active_accounts

MOST_VALUES = 50


def account_facets(viewer: Scope) -> Facets:
    """The most frequent values of each filter. A scan of the viewer's accounts: load it lazily."""
    return Facets(
        owners=_owners(viewer),
        industries=_values(viewer, "industry"),
        regions=_values(viewer, "region"),
        countries=_values(viewer, "country"),
        segments=_values(viewer, "segment"),
    )


def _values(viewer: Scope, field: str) -> tuple[FacetValue, ...]:
    rows = (
        active_accounts(viewer)
        .exclude(**{field: ""})
        .values_list(field)
        .annotate(accounts=Count("pk"))
        .order_by("-accounts", field)[:MOST_VALUES]
    )
    return tuple(FacetValue(value, value, accounts) for value, accounts in rows)


def _owners(viewer: Scope) -> tuple[FacetValue, ...]:
    rows = (
        active_accounts(viewer)
        .filter(owner__isnull=False)
        .values_list(F("owner__uid"), F("owner__name"))
        .annotate(accounts=Count("pk"))
        .order_by("owner__name")[:MOST_VALUES]
    )
    return tuple(FacetValue(str(uid), name, accounts) for uid, name, accounts in rows)
