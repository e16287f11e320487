"""What the snapshot and the results say about some accounts: few rows out of large files."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.opening import reader

from .contracts import Estimate, Marks, State

POSITIONS: dict[str, State] = {
    "competitor": "competitor",
    "in_house": "in_house",
    "not_applicable": "not_applicable",
}


def _rows(query: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
    with reader() as cursor:
        return cursor.execute(query, list(parameters)).fetchall()


def footprint_files(current: CurrentSnapshot, accounts: Sequence[int]) -> list[str]:
    """The shards that hold these accounts; one without a purchase has no file."""
    shards = sorted({account // current.shard_size for account in accounts})
    files = (current.folder / "footprint" / f"{shard:05d}.parquet" for shard in shards)
    return [str(file) for file in files if file.exists()]


def marks_of(current: CurrentSnapshot, accounts: Sequence[int]) -> Marks:
    """What these accounts own, are being offered, or have from others: not to be changed."""
    return _marks_of(current, tuple(accounts))


@lru_cache(maxsize=8)
def _marks_of(current: CurrentSnapshot, accounts: tuple[int, ...]) -> Marks:
    """Kept for the pages asked for last: a snapshot never changes, and who asks for accounts has
    found them through what the viewer may see."""
    marks = Marks()
    if not accounts:
        return marks
    ids = list(accounts)
    files = footprint_files(current, ids)
    if files:
        owned = _rows(
            "SELECT account_id, product_id FROM read_parquet(?)"
            " WHERE product_id IS NOT NULL AND account_id IN (SELECT unnest(?))",
            [files, ids],
        )
        marks.owned = {(account, product) for account, product in owned}
    found = _rows(
        "SELECT DISTINCT account_id, product_id FROM read_parquet(?)"
        " WHERE outcome = 'open' AND product_id IS NOT NULL AND account_id IN (SELECT unnest(?))",
        [_file(current.folder, "opportunities"), ids],
    )
    marks.open = {(account, product) for account, product in found}
    found = _rows(
        "SELECT account_id, product_id, position FROM read_parquet(?)"
        " WHERE account_id IN (SELECT unnest(?))",
        [_file(current.folder, "competitor_positions"), ids],
    )
    marks.positions = {(account, product): POSITIONS[kind] for account, product, kind in found}
    return marks


def segments_of(current: CurrentSnapshot, accounts: Sequence[int]) -> dict[int, int]:
    """Account id to segment id."""
    rows = _rows(
        "SELECT account_id, segment_id FROM read_parquet(?) WHERE account_id IN (SELECT unnest(?))",
        [_file(current.results, "account_segments"), list(accounts)],
    )
    return dict(rows)


def estimates_of(
    current: CurrentSnapshot, segments: Sequence[int]
) -> dict[int, dict[int, Estimate]]:
    """Segment id to product id to what look-alikes say."""
    rows = _rows(
        "SELECT p.segment_id, p.product_id, p.probability, p.amount, p.expected,"
        " s.accounts, p.owners, p.exposed, p.adopted"
        " FROM read_parquet(?) p JOIN read_parquet(?) s USING (segment_id)"
        " WHERE p.segment_id IN (SELECT unnest(?))",
        [
            _file(current.results, "segment_products"),
            _file(current.results, "segments"),
            list(segments),
        ],
    )
    estimates: dict[int, dict[int, Estimate]] = {segment: {} for segment in segments}
    for segment, product, probability, amount, expected, *counts in rows:
        estimates[segment][product] = Estimate(
            float(probability), Decimal(amount or 0), Decimal(expected or 0), *map(int, counts)
        )
    return estimates


def categories(current: CurrentSnapshot) -> list[tuple[int, str]]:
    """(product id, category) of every product in the snapshot."""
    return [
        (product, category or "")
        for product, category in _rows(
            "SELECT product_id, category FROM read_parquet(?) ORDER BY product_id",
            [_file(current.folder, "products")],
        )
    ]


def segment_ids(current: CurrentSnapshot) -> dict[str, int]:
    """Label to id of every segment in use."""
    rows = _rows(
        "SELECT label, segment_id FROM read_parquet(?) ORDER BY segment_id",
        [_file(current.results, "segments")],
    )
    return dict(rows)


def bought(
    current: CurrentSnapshot, account: int, product: int
) -> tuple[Any, Any, int, Decimal] | None:
    """First and last day, number and sum of what the account bought of the product."""
    files = footprint_files(current, [account])
    if not files:
        return None
    rows = _rows(
        "SELECT first_on, last_on, purchases, amount FROM read_parquet(?)"
        " WHERE account_id = ? AND product_id = ?",
        [files, account, product],
    )
    return rows[0] if rows else None


def _file(folder: Path, name: str) -> str:
    return str(folder / f"{name}.parquet")
