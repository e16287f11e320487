"""What the list's address alone decides: orders, filters and where each of them leads."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from groundplan.insight.account_list import SORTS

from .asking import TIERS, Asked
from .words import NEED_LABELS, SORT_LABELS


@dataclass(frozen=True, slots=True)
class Heading:
    """A column that can be sorted by: where a click leads and whether it is the order now."""

    code: str
    label: str
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


@dataclass(frozen=True, slots=True, eq=False)
class Controls:
    """Everything around the rows that leads elsewhere in the list; `hidden` are filters that the
    search field's form has to send along. The same address has the same object for a while, which
    is what parts of the page are kept by."""

    headings: dict[str, Heading]
    text: str
    query: str
    hidden: tuple[tuple[str, str], ...]
    sort_options: tuple[Option, ...]
    quick: tuple[Option, ...]
    first: str
    clear: str
    export: str
    workbook: str
    filters_address: str


def controls(asked: Asked) -> Controls:
    """Of the list that is asked for, whichever of its pages."""
    return _controls(replace(asked, after=""), get_language() or "")


@lru_cache(maxsize=128)
def _controls(asked: Asked, _language: str) -> Controls:
    query, base = asked.query(), reverse("accounts:list")
    labels = {code: str(label) for code, label in SORT_LABELS.items()}
    return Controls(
        headings={code: _heading(code, labels[code], asked) for code in SORTS},
        text=asked.filters.text,
        query=query,
        hidden=tuple(pair for pair in asked.parameters if pair[0] != "q"),
        sort_options=tuple(Option(code, labels[code], code == asked.sort) for code in SORTS),
        quick=_quick(asked),
        first=f"{base}?{query}",
        clear=base,
        export=f"{reverse('accounts:export')}?{query}",
        workbook=f"{reverse('accounts:workbook')}?{query}",
        filters_address=f"{reverse('accounts:filters')}?{query}",
    )


def _heading(code: str, label: str, asked: Asked) -> Heading:
    ascending = code in ("name", "owner", "gap")
    return Heading(
        code=code,
        label=label,
        address=f"{reverse('accounts:list')}?{asked.query(sort=code)}",
        direction="ascending" if ascending else "descending",
        current=code == asked.sort,
    )


def _quick(asked: Asked) -> tuple[Option, ...]:
    """The filters used most, one press away: tiers and what needs something."""
    base = reverse("accounts:list")
    tiers = [("tier", tier, tier) for tier in TIERS]
    needs = [("needs", need, str(label)) for need, label in NEED_LABELS.items()]
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
