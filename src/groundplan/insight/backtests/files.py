"""Where back-tests are kept: a small file for each snapshot that one was made on."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from groundplan.snapshots.contracts import CurrentSnapshot

MOST = 3


@dataclass(frozen=True, slots=True)
class Kept:
    """The last back-test on a snapshot. `told` is what the command prints as JSON."""

    snapshot: str
    as_of: str
    ran_at: str
    actor: str
    told: dict[str, Any]

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.ran_at)


def write(kept: Kept) -> None:
    """Keep it in place of an earlier one on the same snapshot; readers see one or the other."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{kept.snapshot}.json"
    partial = target.with_suffix(f".{os.getpid()}.partial")
    partial.write_text(json.dumps(asdict(kept)), encoding="utf-8")
    partial.replace(target)
    for old in _latest_first()[MOST:]:
        old.unlink(missing_ok=True)


def read(shown: CurrentSnapshot) -> Kept | None:
    """The back-test on the snapshot shown, else the latest one; None where there was none."""
    own = _folder() / f"{shown.uid}.json"
    for path in (own, *_latest_first()):
        if path.exists():
            return Kept(**json.loads(path.read_text(encoding="utf-8")))
    return None


def _latest_first() -> list[Path]:
    return sorted(_folder().glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)


def _folder() -> Path:
    return Path(settings.GROUNDPLAN_HOME) / "backtests"
