"""Accounts by fiscal quarter: the snapshot's revenue and the open opportunities of the results."""

from collections.abc import Sequence

from groundplan.measures.performance import quarters_sql
from groundplan.snapshots.contracts import CurrentSnapshot

from .tables import shards, table


def account_quarters_sql(shown: CurrentSnapshot, accounts: Sequence[int] | None = None) -> str:
    """A table expression with the columns of `quarters_sql`; only files of `accounts` if given."""
    before = shown.results / "account_quarters"
    if before.is_dir():
        # Results of an earlier version keep both in one table.
        return shards(shown, before, accounts)
    revenue = shards(shown, shown.folder / "revenue", accounts)
    return f"({quarters_sql(revenue, table(shown.results, 'account_offers'))})"
