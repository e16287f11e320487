"""Imported rows into the book: many at a time, in the importer's transaction."""

from collections.abc import Iterable, Sequence
from typing import Literal

from django.db import models

from groundplan.book.models import (
    Account,
    CompetitorPosition,
    Contact,
    Interaction,
    Lead,
    Opportunity,
    Product,
    ProductCategory,
    Quota,
)
from groundplan.organisation import bulk

BookKind = Literal[
    "account", "contact", "product", "opportunity", "interaction", "lead", "quota", "position"
]
_MODELS: dict[BookKind, type[models.Model]] = {
    "account": Account,
    "contact": Contact,
    "product": Product,
    "opportunity": Opportunity,
    "interaction": Interaction,
    "lead": Lead,
    "quota": Quota,
    "position": CompetitorPosition,
}
# What the database needs and no import brings, by kind.
_DEFAULTS: dict[BookKind, dict[str, bulk.Value]] = {
    "account": {
        "path": "",
        "industry": "",
        "region": "",
        "country": "",
        "segment": "",
        "currency": "",
        "website": "",
        "attributes": "{}",
    },
    "contact": {
        "title": "",
        "department": "",
        "seniority": "",
        "email": "",
        "phone": "",
        "buying_role": "",
        "stance": "",
        "attributes": "{}",
    },
    "product": {"attributes": "{}"},
    "opportunity": {"currency": "", "competitor": "", "channel": "", "kind": ""},
    "interaction": {"subject": ""},
    "lead": {"name": "", "source": "", "status": ""},
    "quota": {"currency": ""},
    "position": {"competitor": ""},
}


def book_ids_reserve(*, kind: BookKind, count: int) -> int:
    """The first of `count` ids for new rows; see `organisation.bulk.ids_reserve`."""
    return bulk.ids_reserve(_MODELS[kind], count)


def book_rows_insert(
    *, kind: BookKind, columns: Sequence[str], batches: Iterable[Sequence[bulk.Row]]
) -> int:
    """Inserts rows of `columns`, `id` (and `uid` where the kind has one) among them."""
    missing = {name: value for name, value in _DEFAULTS[kind].items() if name not in columns}
    fill = tuple(missing.values())
    filled = ([(*row, *fill) for row in batch] for batch in batches) if fill else batches
    return bulk.rows_insert(_MODELS[kind], [*columns, *missing], filled)


def book_rows_update(
    *, kind: BookKind, columns: Sequence[str], batches: Iterable[Sequence[bulk.Row]]
) -> int:
    """Sets `columns` of rows that end in their id. What was archived and is back, lives again."""
    return bulk.rows_update(_MODELS[kind], columns, batches)


def book_rows_archive(*, kind: BookKind, ids: Sequence[int]) -> int:
    """Archives rows that are gone from their source; kinds without archive stay as they are."""
    return bulk.rows_archive(_MODELS[kind], ids)


def account_paths_refresh() -> None:
    """Bring every account's `path` in line with its parent."""
    bulk.paths_refresh(Account, "parent_id")


def categories_ensure(*, names: Iterable[str]) -> dict[str, int]:
    """The id of every product category, those of `names` made where they are new."""
    known = dict(ProductCategory.objects.values_list("name", "id"))
    new = [ProductCategory(name=name) for name in dict.fromkeys(names) if name not in known]
    ProductCategory.objects.bulk_create(new)
    return dict(ProductCategory.objects.values_list("name", "id")) if new else known


def book_rows(
    *, kind: BookKind, columns: Sequence[str], ids: Sequence[int] | None = None
) -> Iterable[list[bulk.Stored]]:
    """Batches of (id, columns as text) as they stand, of all rows or of some: imports see all."""
    return bulk.rows_as_text(_MODELS[kind], columns, among=ids)


def text_limits(kind: BookKind) -> dict[str, int]:
    """The most characters that each text column takes."""
    return bulk.text_limits(_MODELS[kind])
