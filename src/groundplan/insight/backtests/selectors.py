"""What the last back-test found. It tells of no account, so everybody may see it."""

from datetime import date

from groundplan.insight.selectors.tables import fetch, table
from groundplan.snapshots.contracts import CurrentSnapshot

from . import files
from .files import Kept
from .rules import proposed


def backtest_kept(shown: CurrentSnapshot) -> Kept | None:
    """The back-test on the snapshot shown, else the latest one."""
    return files.read(shown)


def backtest_proposed(shown: CurrentSnapshot) -> tuple[date, int]:
    """The cutoff and months to begin with."""
    [(first_on,)] = fetch(f"SELECT min(first_on) FROM {table(shown.folder, 'account_totals')}")
    return proposed(first_on, shown.as_of)
