"""Imported rows into the book: many at a time, in the importer's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
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
from groundplan.database import bulk, staged_writes
from groundplan.database.sqlite.records import Query
from groundplan.database.staging import Staged, Staging

from .search_index import Filling, account_search_kept

BookKind = Literal[
    "account", "contact", "product", "opportunity", "interaction", "lead", "quota", "position"
]
MODELS: dict[BookKind, type[models.Model]] = {
    "account": Account,
    "contact": Contact,
    "product": Product,
    "opportunity": Opportunity,
    "interaction": Interaction,
    "lead": Lead,
    "quota": Quota,
    "position": CompetitorPosition,
}
_ARCHIVED: frozenset[BookKind] = frozenset(
    ["account", "contact", "product", "opportunity", "interaction"]
)
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
    "position": {"competitor": "", "by_hand": False, "reason": "", "author": ""},
}


def book_ids_reserve(*, kind: BookKind, count: int) -> int:
    """The first of `count` ids for new rows; see `database.bulk.ids_reserve`."""
    return bulk.ids_reserve(MODELS[kind], count)


def book_rows_stage(
    *,
    staging: Staging,
    kind: BookKind,
    rows: Query,
    words: Mapping[str, str] | None = None,
) -> Staged:
    """Makes rows ready to be written; their columns are the kind's, or `staging.KEY`."""
    return staging.table(MODELS[kind], rows, words)


def book_rows_stage_new(
    *,
    staging: Staging,
    kind: BookKind,
    rows: Query,
    words: Mapping[str, str] | None = None,
) -> Staged:
    """As `book_rows_stage`, for rows that are all new: where their whole table can be made, it is,
    and has no `staging.KEY`."""
    whole = None if words else staging.whole_table(MODELS[kind], rows, _missing(kind, rows.columns))
    return whole or staging.table(MODELS[kind], rows, words)


def _missing(kind: BookKind, columns: Sequence[str]) -> dict[str, bulk.Value]:
    return {name: value for name, value in _DEFAULTS[kind].items() if name not in columns}


def book_rows_insert(*, kind: BookKind, staged: Staged, filling: Filling | None = None) -> int:
    """Inserts rows with their `id` (and `uid` where the kind has one), in the transaction;
    `filling` is the search index of accounts being filled meanwhile."""
    kept = account_search_kept(staged=staged, filling=filling)
    with kept if kind == "account" else nullcontext():
        return staged_writes.rows_insert(MODELS[kind], staged, _missing(kind, staged.columns))


def book_rows_update(*, kind: BookKind, staged: Staged) -> int:
    """Sets the columns of rows by their `id`. What was archived and is back, lives again."""
    return staged_writes.rows_update(MODELS[kind], staged, lives_again=kind in _ARCHIVED)


def book_rows_archive(*, kind: BookKind, ids: Sequence[int]) -> int:
    """Archives rows that are gone from their source; kinds without archive stay as they are."""
    return bulk.rows_archive(MODELS[kind], ids)


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
    """Batches of (id, columns as text) as they stand, of all rows or of some: imports see all.

    Except positions that people set by hand: an import has nothing to say about those.
    """
    where = 'NOT "by_hand"' if kind == "position" else ""
    return bulk.rows_as_text(MODELS[kind], columns, where=where, among=ids)


def text_limits(kind: BookKind) -> dict[str, int]:
    """The most characters that each text column takes."""
    return bulk.text_limits(MODELS[kind])
