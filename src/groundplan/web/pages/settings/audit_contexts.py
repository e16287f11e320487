"""What the page of the audit log shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from groundplan.book.selectors.cells import CELL
from groundplan.charts.numbers import grouped
from groundplan.kernel.periods import label_of
from groundplan.organisation.selectors import audit_latest
from groundplan.plans.kinds import PLAN
from groundplan.web.addresses import account_address
from groundplan.web.change_values import Names, names_in, worded
from groundplan.web.change_words import cell_change
from groundplan.web.pages.imports.words import TABLES

from .audit_words import DEEDS, KINDS, field_word, value_word
from .tabs import Tab, tabs

PAGE = 100
MOST_TOLD = 300
_COUNTED = ("entries", "conflicts", "before")
"""Lists of what else is recorded, or was there before: how many says enough."""
_PAGES = {
    PLAN: "plans:page",
    "import": "imports:run",
    "user": "settings:user",
    "person": "settings:person",
}
_SETTINGS = {
    "characteristics": "settings:characteristics",
    "insight": "settings:segments",
    "organisation": "settings:organisation",
    "rate": "settings:rates",
    "stage": "settings:stages",
}


@dataclass(frozen=True, slots=True)
class AuditRow:
    """Who did what to what: `kind` says what sort of thing `label` is, `address` leads to it where
    it has a page; `detail` is in words, each with its name."""

    at: datetime
    actor: str
    action: str | Promise
    kind: str | Promise
    label: str
    address: str
    detail: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AuditPage:
    tabs: tuple[Tab, ...]
    entries: tuple[AuditRow, ...]
    next: int | None


def audit_page(before: int | None) -> AuditPage:
    """Entries older than `before`, latest first; names of persons in one query."""
    found = audit_latest()
    if before:
        found = found.filter(pk__lt=before)
    entries = list(found[: PAGE + 1])
    shown = entries[:PAGE]
    names = names_in(
        (field, value)
        for entry in shown
        for field, change in entry.detail.items()
        if _is_change(change)
        for value in (change["from"], change["to"])
    )
    rows = tuple(_row(entry, names) for entry in shown)
    return AuditPage(tabs("audit"), rows, shown[-1].pk if len(entries) > PAGE else None)


def _row(entry: Any, names: Names) -> AuditRow:
    return AuditRow(
        at=entry.at,
        actor=entry.actor,
        action=DEEDS.get(entry.action, entry.action),
        kind=KINDS.get(entry.kind, ""),
        label=entry.label,
        address=_address(entry.kind, entry.key),
        detail=tuple(_told(entry.detail, names)),
    )


def _address(kind: str, key: str) -> str:
    if not key:
        return ""
    if kind == "account":
        return account_address(key)
    if kind in _PAGES:
        return reverse(_PAGES[kind], args=[key])
    return reverse(_SETTINGS[kind]) if kind in _SETTINGS else ""


def _told(detail: Mapping[str, Any], names: Names) -> Iterable[tuple[str, str]]:
    for name, value in detail.items():
        if name.startswith(CELL):
            product, before, after = cell_change(value)
            label, text = product, f"{before} → {after}"
        elif name in _COUNTED and isinstance(value, list):
            label, text = field_word("entries"), grouped(Decimal(len(value)), 0)
        elif isinstance(value, dict) and not _is_change(value):
            yield from _counts(value)
            continue
        else:
            label, text = field_word(name), _value(name, value, names)
        yield label, text if len(text) <= MOST_TOLD else f"{text[:MOST_TOLD]}…"


def _counts(value: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Rows by table. What else was there before and after has a page of its own."""
    for name, count in value.items():
        if name in TABLES and isinstance(count, int):
            yield field_word(name), grouped(Decimal(count), 0)


def _value(name: str, value: Any, names: Names) -> str:
    if _is_change(value):
        before, after = (_one(name, value[end], names) for end in ("from", "to"))
        why = f" ({value['why']})" if value.get("why") else ""
        return f"{before} → {after}{why}"
    if isinstance(value, list):
        return ", ".join(_one(name, one, names) for one in value) or "–"
    return _one(name, value, names)


def _one(name: str, value: Any, names: Names) -> str:
    if name in TABLES and isinstance(value, int):
        return grouped(Decimal(value), 0)
    if name == "period":
        return label_of(str(value))
    return value_word(name, worded(name, value, names))


def _is_change(value: object) -> bool:
    return isinstance(value, dict) and {"from", "to"} <= value.keys()
