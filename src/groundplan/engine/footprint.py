"""The footprint: what each account bought of each product, by account-range file."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from groundplan.kernel.errors import InvalidInput

from .disk import sha256_of
from .duck import processors
from .exact import AMOUNT, Integers, decimals, unscaled
from .layers import ORDER, ROW_GROUP, ShardFile
from .purchases import converted_sql

_SCHEMA = pa.schema(
    [
        ("account_id", pa.int64()),
        ("product_id", pa.int64()),
        ("first_on", pa.date32()),
        ("last_on", pa.date32()),
        ("recognised_on", pa.date32()),
        ("purchases", pa.int64()),
        ("amount", AMOUNT),
        ("amount_12m", AMOUNT),
        ("amount_prior_12m", AMOUNT),
        ("first_12m_amount", AMOUNT),
    ]
)
_SMALL = ("product_id", "purchases")
_DELTA = {name: "DELTA_BINARY_PACKED" for name in _SCHEMA.names if name not in _SMALL}
_NO_PRODUCT = -1
_NEVER = -(2**31)


@dataclass(frozen=True, slots=True)
class Footprints:
    """How to sum purchases: in `currency`, by the year before `as_of` and the one before that.

    `foreign` tells that some purchases are in other currencies, so that the table `rates` of the
    connection is needed. `foreign` False spares every row a join.
    """

    as_of: date
    currency: str
    foreign: bool


def write_footprint(
    connection: duckdb.DuckDBPyConnection, purchases: Path, target: Path, how: Footprints
) -> list[ShardFile]:
    """Sum every file of the folder `purchases` into one of the same name in `target`.

    Rows are those of account and product (NULL where a purchase has none), sorted by both:
    account_id, product_id, first_on, last_on, recognised_on (the last recognised one up to `as_of`,
    NULL without), purchases (a count), and in `how.currency` amount (all of it), amount_12m
    (recognised in the 12 months before `as_of`, that day not included), amount_prior_12m
    (recognised in the 12 months before those), first_12m_amount (in the 12 months from first_on,
    backlog too). What has no rate counts as a purchase of nothing. Files were written in ORDER, so
    that the rows of a cell are neighbours and no hash table is needed: several times faster than
    grouping.
    """
    target.mkdir()
    sources = sorted(purchases.glob("*.parquet"))

    def write(source: Path) -> ShardFile:
        path = target / source.name
        with connection.cursor() as cursor:
            rows = _write(_bought(cursor, source, how), path, how.as_of)
        return ShardFile(path.name, sha256_of(path), rows)

    with ThreadPoolExecutor(processors()) as pool:
        return list(pool.map(write, sources))


def _bought(cursor: duckdb.DuckDBPyConnection, source: Path, how: Footprints) -> Iterator[Any]:
    """The purchases in batches that begin with an account and end with one."""
    file = f"read_parquet('{str(source).replace(chr(39), chr(39) * 2)}')"
    relation, order, amount = file, "", "amount"
    if how.foreign:
        relation, order = f"({converted_sql(file)})", f"ORDER BY {ORDER}"
        amount = "CAST(coalesce(converted, 0) AS DECIMAL(18,4))"
    batches = cursor.sql(
        f"SELECT account_id, coalesce(product_id, {_NO_PRODUCT}) AS product_id, date, "
        f"{amount} AS amount, coalesce(status = 'backlog', false) AS backlog "
        f"FROM {relation} {order}",
        params={"currency": how.currency} if how.foreign else None,
    ).to_arrow_reader(ROW_GROUP)
    rest = batches.schema.empty_table()
    for batch in batches:
        rows = pa.concat_tables([rest, pa.Table.from_batches([batch])])
        account = rows["account_id"].to_numpy()
        # The last account may go on in the next batch.
        end = int(np.searchsorted(account, account[-1]))
        rest = rows.slice(end)
        if end:
            yield rows.slice(0, end)
    if rest.num_rows:
        yield rest


def _write(bought: Iterable[Any], path: Path, as_of: date) -> int:
    """Write the sums of each batch as a row group; returns the number of rows.

    Batches that fit the processor's cache are summed faster than a whole file, and bound memory.
    Sorted integers shrink to a few bits by their differences; compressing pages on top of that
    costs more time than it saves space.
    """
    rows = 0
    with pq.ParquetWriter(
        path,
        _SCHEMA,
        compression="none",
        use_dictionary=list(_SMALL),
        column_encoding=_DELTA,
        store_decimal_as_integer=True,
    ) as writer:
        for batch in bought:
            cells = _summed(batch, as_of)
            writer.write_table(cells)
            rows += cells.num_rows
    return rows


def _summed(bought: Any, as_of: date) -> Any:
    account, product = (bought[name].to_numpy() for name in ("account_id", "product_id"))
    day = bought["date"].cast(pa.int32()).to_numpy().astype(np.int64)
    amount = unscaled(bought["amount"])
    recognised = ~bought["backlog"].to_numpy()
    starts = _starts(account, product)
    counts = np.diff(starts, append=len(account))
    first, last = day[starts], day[starts + counts - 1]
    _refuse_overflow(amount, counts)
    # The earliest day of all stands for none.
    recognised_on = np.maximum.reduceat(
        np.where(recognised & (day <= _days(as_of)), day, _NEVER), starts
    )
    today, year_ago, two_years_ago = (_years_from(_days(as_of), -back)[0] for back in (0, 1, 2))

    def within(kept: npt.NDArray[np.bool_]) -> Any:
        return decimals(np.add.reduceat(np.where(kept & recognised, amount, 0), starts))

    product_of = product[starts]
    year_end = np.repeat(_year_after(first), counts)
    return pa.Table.from_arrays(
        [
            account[starts],
            pa.array(product_of, mask=product_of == _NO_PRODUCT),
            pa.array(first.astype(np.int32), pa.date32()),
            pa.array(last.astype(np.int32), pa.date32()),
            pa.array(recognised_on.astype(np.int32), pa.date32(), mask=recognised_on == _NEVER),
            counts,
            decimals(np.add.reduceat(amount, starts)),
            within((day >= year_ago) & (day < today)),
            within((day >= two_years_ago) & (day < year_ago)),
            decimals(np.add.reduceat(np.where(day < year_end, amount, 0), starts)),
        ],
        schema=_SCHEMA,
    )


def _starts(account: Integers, product: Integers) -> Integers:
    """Where each cell's rows begin."""
    new = np.empty(len(account), np.bool_)
    new[0] = True
    np.not_equal(account[1:], account[:-1], out=new[1:])
    new[1:] |= product[1:] != product[:-1]
    return np.flatnonzero(new)


def _year_after(days: Integers) -> Integers:
    """As `_years_from`, for many days that lie close together: each is computed once."""
    earliest = int(days.min())
    every = np.arange(earliest, int(days.max()) + 1)
    return _years_from(every, 1)[days - earliest]


def _years_from(days: Integers, years: int) -> Integers:
    """The same day of the month `years` later, in days since 1970; the last one where a month
    is too short."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    place = dates - months.astype("datetime64[D]")
    target = months + 12 * years
    end = (target + 1).astype("datetime64[D]") - 1
    found: Integers = np.minimum(target.astype("datetime64[D]") + place, end).astype(np.int64)
    return found


def _days(day: date) -> Integers:
    return np.array([(day - date(1970, 1, 1)).days], np.int64)


def _refuse_overflow(amount: Integers, counts: Integers) -> None:
    """Sums of 64 bits wrap without a sound: refuse what could, long before real money does."""
    if max(-int(amount.min()), int(amount.max())) * int(counts.max()) >= 2**63:
        raise InvalidInput("Some purchases have amounts too large to be summed exactly.")
