"""The list of accounts as its templates show it: built whole before anything renders."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise

from groundplan.book.contracts import FacetValue
from groundplan.book.selectors.accounts import has_accounts
from groundplan.book.selectors.facets import account_facets
from groundplan.desk.selectors import ViewRef, saved_views
from groundplan.insight.account_list import account_count, account_page
from groundplan.people.contracts import Scope
from groundplan.people.selectors import persons_to_choose
from groundplan.snapshots.contracts import CurrentSnapshot

from .asking import TIERS, Asked
from .chips import Chip, chips
from .controls import Controls, Option, controls
from .lines import Line, lines
from .words import FILTER_LABELS, KIND_LABELS, NEED_LABELS

PAGE = "accounts"


@dataclass(frozen=True, slots=True)
class FilterField:
    """A filter with its choices."""

    name: str
    label: str | Promise
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything the list shows. `count` None is more than are counted."""

    lines: tuple[Line, ...]
    controls: Controls
    chips: tuple[Chip, ...]
    count: int | None
    next: str
    is_first: bool
    views: tuple[ViewRef, ...]
    has_accounts: bool
    has_results: bool
    may_import: bool
    may_write: bool
    as_of: date | None
    currency: str

    @property
    def has_lines(self) -> bool:
        return bool(self.lines)

    @property
    def has_more(self) -> bool:
        return bool(self.next)


@dataclass(frozen=True, slots=True)
class FilterPage:
    """The form of all filters, with how many accounts each choice has."""

    fields: tuple[FilterField, ...]
    needs: tuple[Option, ...]
    text: str
    sort: str
    clear: str


def list_page(viewer: Scope, current: CurrentSnapshot | None, asked: Asked) -> ListPage:
    """One page of the list; the number of queries doesn't depend on what it holds."""
    page = account_page(viewer, current, asked.filters, sort=asked.sort, after=asked.after)
    currency = current.currency if current else ""
    return ListPage(
        lines=lines(page.rows, currency),
        controls=controls(asked),
        chips=chips(asked),
        count=account_count(viewer, current, asked.filters),
        next=f"{reverse('accounts:list')}?{asked.query(after=page.next)}" if page.next else "",
        is_first=not asked.after,
        views=saved_views(viewer, PAGE),
        has_accounts=bool(page.rows) or has_accounts(viewer),
        has_results=current is not None,
        may_import=viewer.may_import,
        may_write=viewer.may_write,
        as_of=current.as_of if current else None,
        currency=currency,
    )


def filter_page(viewer: Scope, asked: Asked) -> FilterPage:
    """Every filter with its most frequent choices."""
    facets = account_facets(viewer)
    filters = asked.filters
    fields = (
        _facet("owner", facets.owners, str(filters.owner or "")),
        _facet("industry", facets.industries, filters.industry),
        _facet("region", facets.regions, filters.region),
        _facet("country", facets.countries, filters.country),
        _facet("segment", facets.segments, filters.segment),
        FilterField(
            "tier",
            FILTER_LABELS["tier"],
            tuple(Option(tier, tier, chosen=tier == filters.tier) for tier in TIERS),
        ),
        FilterField(
            "kind",
            FILTER_LABELS["kind"],
            tuple(Option(k, label, chosen=k == filters.kind) for k, label in KIND_LABELS.items()),
        ),
    )
    return FilterPage(
        fields=tuple(field for field in fields if field.options),
        needs=tuple(
            Option(need, label, chosen=need in filters.needs) for need, label in NEED_LABELS.items()
        ),
        text=filters.text,
        sort=asked.sort,
        clear=reverse("accounts:list"),
    )


def person_options() -> tuple[Option, ...]:
    """Whom an account can be given to."""
    return tuple(Option(person.login, person.name) for person in persons_to_choose())


def _facet(name: str, values: tuple[FacetValue, ...], chosen: str) -> FilterField:
    return FilterField(
        name,
        FILTER_LABELS[name],
        tuple(Option(v.value, v.label, v.value == chosen, v.accounts) for v in values),
    )
