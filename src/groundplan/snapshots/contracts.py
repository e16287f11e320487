"""What other rooms need to know of a snapshot."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

_A_DAY_APART = timedelta(days=2)
"""`taken_at` is an instant in UTC, `as_of` a day where the organisation is: one day may differ."""


def last_day(as_of: date, taken_at: datetime) -> date:
    """The last day that numbers as of `as_of` cover, which says what year and quarter it is.

    A snapshot of facts that are long over is looked at from the day after the last of them. Were
    that the first day of a year, everything would lie in the year before.
    """
    looks_back = taken_at.date() - as_of > _A_DAY_APART
    return as_of - timedelta(days=1) if looks_back else as_of


@dataclass(frozen=True, slots=True)
class CurrentSnapshot:
    """The snapshot that everybody sees and the results computed from it.

    `folder` and `results` are absolute. An account's purchases and footprint are in the files
    numbered `account_id // shard_size`. Amounts are in `currency` unless a table says otherwise.
    """

    snapshot_id: int
    uid: UUID
    folder: Path
    as_of: date
    taken_at: datetime
    currency: str
    results_uid: UUID
    results: Path
    shard_size: int

    @property
    def last_day(self) -> date:
        return last_day(self.as_of, self.taken_at)


@dataclass(frozen=True, slots=True)
class PublishedSnapshot:
    """A snapshot that is complete on disk and recorded, whether or not anybody sees it yet."""

    snapshot_id: int
    uid: UUID
    folder: Path
    as_of: date
    taken_at: datetime
    currency: str
    shard_size: int
    manifest: dict[str, Any]

    @property
    def last_day(self) -> date:
        return last_day(self.as_of, self.taken_at)
