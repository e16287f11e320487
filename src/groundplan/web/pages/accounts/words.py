"""What codes of the list are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SORT_LABELS: dict[str, Promise] = {
    "expected": _("Expected revenue"),
    "name": _("Name"),
    "revenue": _("Revenue, 12 m"),
    "whitespace": _("Whitespace"),
    "weighted": _("Weighted"),
    "gap": _("Gap to goal"),
    "last_purchase": _("Last purchase"),
    "owner": _("Owner"),
}
FILTER_LABELS: dict[str, Promise] = {
    "q": _("Search"),
    "owner": _("Owner"),
    "tier": _("Tier"),
    "industry": _("Industry"),
    "region": _("Region"),
    "country": _("Country"),
    "segment": _("Segment"),
    "kind": _("Kind"),
    "needs": _("Needs"),
}
KIND_LABELS: dict[str, Promise] = {"customer": _("Customer"), "prospect": _("Prospect")}
NEED_LABELS: dict[str, Promise] = {
    "owner": _("an owner"),
    "name": _("a name"),
    "touch": _("a touch"),
}
