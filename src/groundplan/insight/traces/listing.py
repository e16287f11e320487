"""Rows of the snapshot by SQL: counted, summed and cut into pages, with other people's left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from groundplan.book.selectors.labels import account_refs
from groundplan.book.selectors.naming import product_names
from groundplan.insight.selectors.results import visible_ids
from groundplan.insight.selectors.tables import fetch, shards
from groundplan.insight.selectors.tables import table as parquet
from groundplan.kernel.money import ZERO
from groundplan.people.selectors import person_names

from .asking import Question
from .contracts import AccountCell, ColumnKind, Hidden, RowColumn, Rows

__all__ = ["FEWEST_TOGETHER", "Listing", "fetch", "one", "parquet", "rows", "shards"]

FEWEST_TOGETHER = 5
"""Fewer of other people's accounts than this are not even counted."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A SELECT whose columns are `columns` in their order; one of them is `account_id`, unless
    the rows are of no account and so not `guarded`. What follows `columns` only sorts. `empty` is
    the total of no rows.

    `total` is an aggregate over its columns, as `sum(amount)`; `order` sorts it fully.
    """

    sql: str
    parameters: dict[str, Any]
    columns: tuple[RowColumn, ...]
    order: str
    total: str
    empty: Decimal | int = ZERO
    guarded: bool = True


def one(sql: str, parameters: dict[str, Any] | None = None) -> tuple[Any, ...]:
    """The only row of an aggregate."""
    return fetch(sql, parameters)[0]


def rows(question: Question, listing: Listing) -> Rows:
    """A page of the listing, and the exact count and total of all its rows."""
    count, total = one(f"SELECT count(*), {listing.total} FROM ({listing.sql})", listing.parameters)
    visible = _visible(question, listing)
    seen = "" if visible is None else "WHERE account_id IN (SELECT unnest($visible::BIGINT[]))"
    parameters = listing.parameters | ({} if visible is None else {"visible": visible})
    found = fetch(
        f"SELECT * FROM ({listing.sql}) {seen} ORDER BY {listing.order} LIMIT $size OFFSET $start",
        parameters | {"size": question.page.size, "start": question.page.start},
    )
    cells = _named(found, listing.columns)
    return Rows(
        columns=listing.columns,
        cells=cells,
        count=count if visible is None else _count(listing, parameters, seen),
        total=listing.empty if total is None else total,
        start=question.page.start,
        size=question.page.size,
        hidden=_hidden(listing, visible, parameters),
    )


def _visible(question: Question, listing: Listing) -> list[int] | None:
    """The accounts among the rows that the viewer may see; None is all of them."""
    if question.accounts is not None or not listing.guarded:
        return None
    return visible_ids(question.viewer)


def _count(listing: Listing, parameters: dict[str, Any], seen: str) -> int:
    return int(one(f"SELECT count(*) FROM ({listing.sql}) {seen}", parameters)[0])


def _hidden(
    listing: Listing, visible: list[int] | None, parameters: dict[str, Any]
) -> Hidden | None:
    if visible is None:
        return None
    accounts, total = one(
        f"SELECT count(DISTINCT account_id), {listing.total} FROM ({listing.sql})"
        " WHERE account_id NOT IN (SELECT unnest($visible::BIGINT[]))",
        parameters,
    )
    if not accounts:
        return None
    return Hidden(accounts if accounts >= FEWEST_TOGETHER else None, total)


def _named(
    found: list[tuple[Any, ...]], columns: tuple[RowColumn, ...]
) -> tuple[tuple[object, ...], ...]:
    """The rows with names for ids; the accounts among them were found visible."""
    names = [
        _names(column.kind, [row[place] for row in found]) for place, column in enumerate(columns)
    ]
    return tuple(
        tuple(
            value if known is None else known.get(value, "")
            for value, known in zip(row[: len(columns)], names, strict=True)
        )
        for row in found
    )


def _names(kind: ColumnKind, ids: list[Any]) -> Mapping[Any, object] | None:
    wanted = {value for value in ids if value is not None}
    if kind == "account":
        refs = account_refs(wanted)
        return {pk: AccountCell(str(ref.uid), ref.name) for pk, ref in refs.items()}
    if kind == "product":
        return {pk: product.name for pk, product in product_names().items() if pk in wanted}
    if kind == "person":
        return person_names(wanted)
    return None
