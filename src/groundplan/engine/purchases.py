"""Which purchases hold over several layers, and what they amount to in one currency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import duckdb

from .layers import COLUMNS, LayerManifest

Replaces = Literal["orders", "dates", "all"]


@dataclass(frozen=True, slots=True)
class Layer:
    """The purchases of one import and which earlier ones of its source they stand for.

    `orders` replaces those with its order ids, `dates` those from `first_on` to `last_on`, both
    included, `all` every one.
    """

    folder: Path
    source_id: int
    replaces: Replaces
    first_on: date
    last_on: date
    manifest: LayerManifest


def standing(layers: Sequence[Layer]) -> list[Layer]:
    """The layers that still hold rows, given in the order of their import.

    A layer goes when a later one of its source replaces all, or dates that cover its own. What
    remains may still hold replaced rows; `effective_sql` leaves those out.
    """
    return [
        layer
        for index, layer in enumerate(layers)
        if layer.manifest.rows
        and not any(
            _covers(later, layer, layers[:index])
            for later in layers[index + 1 :]
            if later.source_id == layer.source_id
        )
    ]


def untouched(layers: Sequence[Layer]) -> bool:
    """Whether the layers are one whose rows all hold, so that its files can be used as they are.

    `layers` are those that `standing` left. Of several, some rows may be replaced, and one
    account's rows would lie in several files.
    """
    return len(layers) == 1


def effective_sql(layers: Sequence[Layer], redirects: Mapping[int, int]) -> str:
    """A SELECT of the rows that hold, with COLUMNS, over the layers in the order of their import.

    `redirects` sends the rows of an account that was merged to the one it was merged into.
    """
    if not layers:
        empty = ", ".join(f"CAST(NULL AS {type_}) AS {name}" for name, type_ in COLUMNS.items())
        return f"SELECT {empty} WHERE false"
    sources = dict.fromkeys(layer.source_id for layer in layers)
    together = " UNION ALL ".join(
        _of_source([layer for layer in layers if layer.source_id == source]) for source in sources
    )
    return _redirected(together, redirects) if redirects else together


def converted_sql(relation: str) -> str:
    """A SELECT of the purchases `relation` with `converted`: the amount in one's own currency.

    `relation` is a table or a parenthesised SELECT with COLUMNS; `rates` is a table of currency,
    date, rate; `$currency` the organisation's own. A rate holds from its date until the next one;
    `converted` is NULL where there is none yet. Each row is rounded to four places, so that sums
    of rows and sums of sums agree.
    """
    home = "coalesce(currency, '') IN ('', $currency)"
    # Only what needs a rate pays for the join.
    return (
        f"SELECT *, amount AS converted FROM {relation} WHERE {home} UNION ALL "
        "SELECT bought.*, CAST(bought.amount * rate.rate AS DECIMAL(18,4)) AS converted "
        f"FROM (SELECT * FROM {relation} WHERE NOT {home}) AS bought "
        "ASOF LEFT JOIN rates AS rate "
        "ON rate.currency = bought.currency AND bought.date >= rate.date"
    )


def convert_purchases(connection: duckdb.DuckDBPyConnection, currency: str) -> None:
    """Make the view `converted_purchases` of the connection's `purchases` and `rates`.

    Only foreign currencies cost a look at the rates.
    """
    home = currency.replace("'", "''")
    ((foreign,),) = connection.execute(
        f"SELECT COUNT(*) FROM purchases WHERE COALESCE(currency, '') NOT IN ('', '{home}')"
    ).fetchall()
    # A view can't keep a parameter.
    converted = converted_sql("purchases").replace("$currency", f"'{home}'")
    plain = "SELECT *, amount AS converted FROM purchases"
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW converted_purchases AS {converted if foreign else plain}"
    )


def without_rate(
    connection: duckdb.DuckDBPyConnection, relation: str, currency: str
) -> dict[str, dict[str, object]]:
    """Per currency the rows and the sum of what was bought on a day without a rate."""
    rows = connection.execute(
        f"SELECT currency, count(*), CAST(sum(amount) AS VARCHAR) FROM ({converted_sql(relation)}) "
        "WHERE converted IS NULL GROUP BY currency ORDER BY currency",
        {"currency": currency},
    ).fetchall()
    return {code: {"rows": count, "amount": amount} for code, count, amount in rows}


def parquet_sql(folder: Path) -> str:
    """The Parquet files in `folder` as a table expression."""
    pattern = str(folder / "*.parquet").replace("'", "''")
    return f"read_parquet('{pattern}')"


def _covers(later: Layer, layer: Layer, earlier: Sequence[Layer]) -> bool:
    """Whether `later`, of the same source, leaves nothing for which `layer` stands."""
    if later.replaces != "dates":
        return later.replaces == "all"
    # Whatever day its orders had before, a layer of orders goes on standing for them.
    if layer.replaces == "orders" and any(one.source_id == layer.source_id for one in earlier):
        return False
    first, last = layer.manifest.first_on, layer.manifest.last_on
    return bool(first and last and later.first_on <= first and last <= later.last_on)


def _of_source(layers: Sequence[Layer]) -> str:
    """The rows of one source that hold.

    The last import of every order is looked up once, not each import's orders in each later one.
    """
    held = " UNION ALL ".join(
        f"SELECT *, {place} AS place FROM ({_outside(layer, layers[place + 1 :])})"
        for place, layer in enumerate(layers)
    )
    names = ", ".join(f"held.{name}" for name in COLUMNS)
    # The first has nothing before it that it could replace; often it holds nearly all rows.
    replacing = [at for at, layer in enumerate(layers) if at and layer.replaces == "orders"]
    if not replacing:
        return f"SELECT {names} FROM ({held}) AS held"
    ordered = " UNION ALL ".join(
        f"SELECT order_id, {place} AS place FROM {parquet_sql(layers[place].folder)}"
        for place in replacing
    )
    # An order id that is empty names no order, so it replaces nothing and nothing replaces it.
    return (
        f"SELECT {names} FROM ({held}) AS held LEFT JOIN (SELECT order_id, max(place) AS place "
        f"FROM ({ordered}) WHERE order_id <> '' GROUP BY order_id) AS latest "
        "ON latest.order_id = held.order_id WHERE coalesce(latest.place <= held.place, true)"
    )


def _outside(layer: Layer, later: Sequence[Layer]) -> str:
    """A layer's rows but those of days that later layers replace."""
    replaced = merged_days([one for one in later if one.replaces == "dates"])
    days = [f"date NOT BETWEEN DATE '{first}' AND DATE '{last}'" for first, last in replaced]
    where = f" WHERE {' AND '.join(days)}" if days else ""
    return f"SELECT {', '.join(COLUMNS)} FROM {parquet_sql(layer.folder)}{where}"


def merged_days(layers: Sequence[Layer]) -> list[tuple[date, date]]:
    """The days of all layers as stretches that neither meet nor overlap, the earliest first."""
    stretches: list[tuple[date, date]] = []
    for first, last in sorted((layer.first_on, layer.last_on) for layer in layers):
        if stretches and first <= stretches[-1][1] + timedelta(days=1):
            start, end = stretches.pop()
            stretches.append((start, max(end, last)))
        else:
            stretches.append((first, last))
    return stretches


def _redirected(relation: str, redirects: Mapping[int, int]) -> str:
    pairs = ", ".join(f"({loser:d}, {winner:d})" for loser, winner in sorted(redirects.items()))
    others = ", ".join(f"held.{name}" for name in COLUMNS if name != "account_id")
    return (
        f"SELECT coalesce(merged.winner, held.account_id) AS account_id, {others} "
        f"FROM ({relation}) AS held "
        f"LEFT JOIN (VALUES {pairs}) AS merged (loser, winner) ON merged.loser = held.account_id"
    )
