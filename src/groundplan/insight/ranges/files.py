"""The files that ranges are kept in, in a folder of the results: written once, read whole."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from groundplan.measures.ranges import Coverage, Foretold, Horizon
from groundplan.measures.ranges.donors import Donors, Peers
from groundplan.measures.ranges.simulate import Outlook

FOLDER, QUARTERS = "ranges", "quarters"
"""Where ranges of the fiscal year are kept, and a folder for each quarter's."""

_GROUPS, _DONORS, _PEERS, _SUMMARY = (
    "groups.parquet",
    "donors.parquet",
    "peers.parquet",
    "ranges.json",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """Ranges as they were kept: rows of groups, and what an account's range is drawn from.

    `base` is how many days customers' purchases are looked back; 0 where the history is too short.
    `begins` is the first day of the year or quarter that the horizon is a part of.
    """

    horizon: Horizon
    begins: date
    base: int
    groups: tuple[dict[str, Any], ...]
    coverage: tuple[Coverage, ...]
    outlook: Outlook
    peers: Peers
    first_share: float
    first_size: float


def write(folder: Path, found: Foretold, covered: Sequence[Coverage], begins: date) -> None:
    """Write into the empty `folder`."""
    rows = []
    for one in found.groups:
        row = asdict(one)
        rows.append({**row.pop("range"), **row})
    pq.write_table(pa.Table.from_pylist(rows), folder / _GROUPS)
    names = ("bought", "owned", "new")
    columns = {
        name: np.concatenate([np.empty(0), *(getattr(one, name) for one in found.outlook.donors)])
        for name in names
    }
    pq.write_table(pa.table(columns), folder / _DONORS)
    peers = found.peers
    pq.write_table(pa.table({"bought": peers.bought, "usual": peers.usual}), folder / _PEERS)
    summary = {
        "start": found.horizon.start.isoformat(),
        "end": found.horizon.end.isoformat(),
        "ahead": found.horizon.ahead,
        "year_start": begins.isoformat(),
        "base": found.windows.base if found.windows else 0,
        "windows": [day.isoformat() for day in found.windows.cutoffs] if found.windows else [],
        "shared": found.outlook.shared,
        "seasons": list(found.outlook.seasons),
        "ends": [one.ends.tolist() for one in found.outlook.donors],
        "spreads": [one.spread for one in found.outlook.donors],
        "peers": peers.ends.tolist(),
        "first_share": found.first_share,
        "first_size": found.first_size,
        "coverage": [asdict(one) for one in covered],
    }
    (folder / _SUMMARY).write_text(json.dumps(summary), encoding="utf-8")


@lru_cache(maxsize=12)
def read(results: Path, quarter: str = "") -> Kept:
    """What is kept beside the results in that folder, which never changes once it is there: of the
    fiscal year, or of one of its `quarters_kept`."""
    folder = results / QUARTERS / quarter if quarter else results / FOLDER
    told = json.loads((folder / _SUMMARY).read_text(encoding="utf-8"))
    peers = pq.read_table(folder / _PEERS)
    return Kept(
        horizon=Horizon(
            date.fromisoformat(told["start"]),
            date.fromisoformat(told["end"]),
            told.get("ahead", 0),
        ),
        begins=date.fromisoformat(told["year_start"]),
        base=told["base"],
        groups=tuple(pq.read_table(folder / _GROUPS).to_pylist()),
        coverage=tuple(Coverage(**one) for one in told["coverage"]),
        outlook=Outlook(_donors(folder, told), told["seasons"], told["shared"]),
        peers=Peers(peers["bought"].to_numpy(), peers["usual"].to_numpy(), np.array(told["peers"])),
        first_share=told["first_share"],
        first_size=told["first_size"],
    )


def is_there(results: Path) -> bool:
    return (results / FOLDER / _SUMMARY).exists()


def quarters_kept(results: Path) -> tuple[str, ...]:
    """The keys of the quarters that have ranges, in their order; empty while they are drawn."""
    folder = results / QUARTERS
    return tuple(sorted(one.name for one in folder.iterdir())) if folder.is_dir() else ()


def _donors(folder: Path, told: dict[str, Any]) -> tuple[Donors, ...]:
    """The donors of each window, cut out of the one table they were written to."""
    table = pq.read_table(folder / _DONORS)
    bought, owned, new = (table[name].to_numpy() for name in ("bought", "owned", "new"))
    found, start = [], 0
    for ends, spread in zip(told["ends"], told["spreads"], strict=True):
        end = start + ends[-1]
        parts = (bought[start:end], owned[start:end], new[start:end])
        found.append(Donors(*parts, np.array(ends), spread))
        start = end
    return tuple(found)
