"""What the list's address asks for."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import QueryDict
from django.utils.http import urlencode

from groundplan.insight.account_list import SORTS, AccountFilters
from groundplan.kernel import clock
from groundplan.organisation.selectors import organisation

from .words import KIND_LABELS, NEED_LABELS

PLAIN = ("industry", "region", "country", "segment")
TIERS = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters, the order and the place in an address; what makes no sense is left out."""

    filters: AccountFilters
    sort: str
    after: str
    parameters: tuple[tuple[str, str], ...]
    """The filters as the address's query has them, without order and place."""

    def query(self, *without: tuple[str, str], **more: str) -> str:
        """An address's query with these filters, less some and with others."""
        kept = [pair for pair in self.parameters if pair not in without]
        if self.sort != SORTS[0] and "sort" not in more:
            kept.append(("sort", self.sort))
        return urlencode([*kept, *((name, value) for name, value in more.items() if value)])


def asked(query: QueryDict) -> Asked:
    """Read the address. Tolerant: addresses are kept, sent around and edited by hand."""
    settings = organisation()
    day = clock.today(settings.time_zone)
    plain = {name: query.get(name, "").strip()[:200] for name in PLAIN}
    text = query.get("q", "").strip()[:200]
    owner = _uid(query.get("owner", ""))
    tier = query.get("tier", "") if query.get("tier") in TIERS else ""
    kind = query.get("kind", "") if query.get("kind") in KIND_LABELS else ""
    needs = tuple(need for need in NEED_LABELS if need in query.getlist("needs"))
    sort = query.get("sort", "") if query.get("sort") in SORTS else SORTS[0]
    filters = AccountFilters(
        text=text,
        owner=owner,
        tier=tier,
        kind=kind,
        needs=needs,
        stale_since=day - timedelta(days=settings.stale_after_days),
        on=day,
        **plain,
    )
    single = {"q": text, "owner": str(owner or ""), "tier": tier, "kind": kind, **plain}
    parameters = [(name, value) for name, value in single.items() if value]
    parameters += [("needs", need) for need in needs]
    return Asked(filters, sort, query.get("after", "")[:600], tuple(parameters))


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
