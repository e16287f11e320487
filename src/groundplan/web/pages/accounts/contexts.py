"""The list of accounts as its templates show it: built whole before anything renders."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise

from groundplan.book.contracts import FacetValue
from groundplan.book.selectors.accounts import has_accounts
from groundplan.book.selectors.facets import account_facets
from groundplan.desk.selectors import ViewRef, saved_views
from groundplan.insight.account_list import (
    SORTS,
    account_count,
    account_page,
)
from groundplan.people.contracts import Scope
from groundplan.people.selectors import persons_to_choose
from groundplan.snapshots.contracts import CurrentSnapshot

from .asking import TIERS, Asked
from .chips import Chip, chips
from .lines import Line, lines
from .words import FILTER_LABELS, KIND_LABELS, NEED_LABELS, SORT_LABELS

PAGE = "accounts"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column that can be sorted by: where a click leads and whether it is the order now."""

    code: str
    label: str | Promise
    address: str
    direction: str
    current: bool


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a filter."""

    value: str
    label: str | Promise
    chosen: bool = False
    accounts: int | None = None


@dataclass(frozen=True, slots=True)
class FilterField:
    """A filter with its choices."""

    name: str
    label: str | Promise
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything the list shows. `count` None is more than are counted; `hidden` are filters that
    the search field's form has to send along."""

    lines: tuple[Line, ...]
    headings: dict[str, Heading]
    chips: tuple[Chip, ...]
    count: int | None
    text: str
    query: str
    hidden: tuple[tuple[str, str], ...]
    sort: str
    sort_options: tuple[Option, ...]
    quick: tuple[Option, ...]
    next: str
    first: str
    is_first: bool
    clear: str
    export: str
    workbook: str
    filters_address: str
    views: tuple[ViewRef, ...]
    has_accounts: bool
    has_results: bool
    may_import: bool
    may_write: bool
    as_of: date | None
    currency: str


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
    base = reverse("accounts:list")
    return ListPage(
        lines=lines(page.rows, currency),
        headings={code: _heading(code, asked) for code in SORTS},
        chips=chips(asked),
        count=account_count(viewer, current, asked.filters),
        text=asked.filters.text,
        query=asked.query(),
        hidden=tuple(pair for pair in asked.parameters if pair[0] != "q"),
        sort=asked.sort,
        sort_options=tuple(
            Option(code, SORT_LABELS[code], chosen=code == asked.sort) for code in SORTS
        ),
        quick=_quick(asked),
        next=f"{base}?{asked.query(after=page.next)}" if page.next else "",
        first=f"{base}?{asked.query()}",
        is_first=not asked.after,
        clear=base,
        export=f"{reverse('accounts:export')}?{asked.query()}",
        workbook=f"{reverse('accounts:workbook')}?{asked.query()}" if current else "",
        filters_address=f"{reverse('accounts:filters')}?{asked.query()}",
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


def _heading(code: str, asked: Asked) -> Heading:
    ascending = code in ("name", "owner", "gap")
    return Heading(
        code=code,
        label=SORT_LABELS[code],
        address=f"{reverse('accounts:list')}?{asked.query(sort=code)}",
        direction="ascending" if ascending else "descending",
        current=code == asked.sort,
    )


def _quick(asked: Asked) -> tuple[Option, ...]:
    """The filters used most, one press away: tiers and what needs something."""
    base = reverse("accounts:list")
    tiers: list[tuple[str, str, str | Promise]] = [("tier", tier, tier) for tier in TIERS]
    needs: list[tuple[str, str, str | Promise]] = [
        ("needs", need, label) for need, label in NEED_LABELS.items()
    ]
    return tuple(
        Option(
            f"{base}?{_toggled(asked, name, value)}",
            label,
            chosen=(name, value) in asked.parameters,
        )
        for name, value, label in (*tiers, *needs)
    )


def _toggled(asked: Asked, name: str, value: str) -> str:
    if (name, value) in asked.parameters:
        return asked.query((name, value))
    others = [pair for pair in asked.parameters if pair[0] == name and name == "tier"]
    return asked.query(*others, **{name: value})


def _facet(name: str, values: tuple[FacetValue, ...], chosen: str) -> FilterField:
    return FilterField(
        name,
        FILTER_LABELS[name],
        tuple(Option(v.value, v.label, v.value == chosen, v.accounts) for v in values),
    )
