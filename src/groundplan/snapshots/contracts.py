"""What other rooms need to know of a snapshot."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID


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
