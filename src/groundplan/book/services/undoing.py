"""Rows of the book as they were before an import; in the caller's transaction."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from django.db import models

from groundplan.book.rules import CUSTOM
from groundplan.database import bulk, removing
from groundplan.sources.contracts import Json
from groundplan.sources.rules import as_json

from .bulk import MODELS, BookKind
from .edits import stored, values_put

ROOMS = ("book", "people")
"""A row that a row of these rooms refers to stays; what others keep about it goes with it."""


def book_rows_restore(
    *, kind: BookKind, columns: Sequence[str], batches: Iterable[Sequence[bulk.Row]]
) -> int:
    """Sets columns of rows that end in their id, from text as it was stored."""
    return removing.rows_restore(MODELS[kind], columns, batches)


def book_rows_whole(*, kind: BookKind, ids: Sequence[int]) -> tuple[list[str], list[bulk.Stored]]:
    """Whole rows as text: their columns, `id` first, and the values of each."""
    fields = MODELS[kind]._meta.concrete_fields  # noqa: SLF001
    columns = [str(field.column) for field in fields if not field.primary_key]
    batches = bulk.rows_as_text(MODELS[kind], columns, among=ids)
    return ["id", *columns], [row for batch in batches for row in batch]


def book_rows_return(
    *, kind: BookKind, columns: Sequence[str], batches: Iterable[Sequence[bulk.Row]]
) -> int:
    """Inserts rows again that were removed, under the ids that they had."""
    return bulk.rows_insert(MODELS[kind], columns, batches)


def book_rows_remove(*, kind: BookKind, ids: Sequence[int]) -> list[int]:
    """Deletes rows that nothing refers to; returns which."""
    return removing.rows_remove(MODELS[kind], ids, holders=ROOMS)


def book_row_set(*, kind: BookKind, row_id: int, field: str, value: Json) -> None:
    """Sets one field of a row, or a custom attribute, from a value as edits hold them."""
    row = MODELS[kind]._default_manager.filter(pk=row_id).first()  # noqa: SLF001
    if row is not None:
        values_put(row, {field: stored(row, field, value)})


def book_value(kind: BookKind, field: str, row: Mapping[str, str | None]) -> Json:
    """A field of a row of stored texts as edits hold values; None where the row hasn't got it."""
    if field.startswith(CUSTOM):
        attributes: dict[str, Json] = json.loads(row.get("attributes") or "{}")
        return attributes.get(field.removeprefix(CUSTOM))
    column = cast("models.Field[object, object]", MODELS[kind]._meta.get_field(field))  # noqa: SLF001
    return as_json(column.to_python(row.get(field)))


def book_names(kind: BookKind, uids: Iterable[str]) -> dict[str, tuple[int, str]]:
    """The id and the name of rows by their uid."""
    rows = MODELS[kind]._default_manager.filter(uid__in=list(uids))  # noqa: SLF001
    return {str(uid): (pk, name) for uid, pk, name in rows.values_list("uid", "pk", "name")}
