"""In which order an account's own purchases put what it could still buy, and which speak for it."""

from collections import defaultdict

from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.opening import reader

from .reading import footprint_files

NAMED = 3
"""Owned products that are named as reasons, those that speak most."""


def order_of(current: CurrentSnapshot, account: int) -> dict[int, int]:
    """Product id to its place from 1, for the account's best few."""
    file = current.results / "whitespace_top" / f"{account // current.shard_size:05d}.parquet"
    if not file.exists():
        return {}
    with reader() as cursor:
        rows = cursor.execute(
            "SELECT product_id, rank FROM read_parquet(?) WHERE account_id = ?",
            [str(file), account],
        ).fetchall()
    return dict(rows)


def reasons_of(current: CurrentSnapshot, account: int) -> dict[int, tuple[int, ...]]:
    """Product id to the products that the account owns and that speak most for it."""
    weights = current.results / "product_reasons.parquet"
    files = footprint_files(current, [account])
    if not files or not weights.exists():
        return {}
    with reader() as cursor:
        rows = cursor.execute(
            "SELECT w.product_id, w.because_id FROM read_parquet(?) AS w"
            " JOIN read_parquet(?) AS f ON f.product_id = w.because_id WHERE f.account_id = ?"
            " ORDER BY w.product_id, w.weight DESC, w.because_id",
            [str(weights), files, account],
        ).fetchall()
    found: defaultdict[int, list[int]] = defaultdict(list)
    for product, because in rows:
        found[product].append(because)
    return {product: tuple(because[:NAMED]) for product, because in found.items()}
