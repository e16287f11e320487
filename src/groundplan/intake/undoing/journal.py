"""What an import found before it wrote: enough to put it back, in files beside the layers.

One folder an import, `<home>/journals/<uid>/`: for each kind of row the ids that are new and those
that it archives, and the stored values of those that it changes, as Parquet; the rest as JSON. Its
size follows what the import changes, not what it reads.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from groundplan.book.services.undoing import book_rows_whole
from groundplan.engine.sql import literal, quoted
from groundplan.intake.entities import ENTITIES, Kind
from groundplan.intake.merging.gone import REMOVED
from groundplan.intake.merging.state import State
from groundplan.intake.merging.taking import Taken, difference, taken_types
from groundplan.intake.validating.known import insert_batches
from groundplan.organisation.selectors import currency_rates
from groundplan.sources import undoing as sources
from groundplan.sources.contracts import FieldConflict

JOURNALS = "journals"
MOST_KEPT = 30
"""Imports that can be undone at most; journals of older ones are removed."""

_REST = "before.json"
_BATCH = 5000
What = Literal["new", "gone", "keyed"]


def write_journal(
    state: State, folder: Path, gone: Mapping[Kind, Sequence[int]], remembered: str
) -> None:
    """Fills `folder` with what stands now. Expects the rows as they will be written, before they
    are; `remembered` is the source's mapping so far."""
    connection = state.connection
    for entity in ENTITIES.values():
        if entity.table in state.tables:
            taken = Taken(entity, taken_types(state, entity))
            _copy(connection, folder, f"{entity.kind}.changed", _changed(taken))
            keyed = f"SELECT id FROM {taken.relation} WHERE _keyed AND NOT _fresh"
            _copy(connection, folder, f"{entity.kind}.keyed", keyed)
        _copy(connection, folder, f"{entity.kind}.new", _new(state, entity.table, entity.kind))
    for kind, ids in gone.items():
        if ids:
            _write_gone(folder, kind, ids)
    rest = {"edits": _edits(state), "rates": _rates(state), "remembered": remembered}
    (folder / _REST).write_text(json.dumps(rest), encoding="utf-8")


def _write_gone(folder: Path, kind: Kind, ids: Sequence[int]) -> None:
    """The ids of what is archived; of what is removed the whole rows and their keys."""
    table = pa.table({"id": pa.array(ids, pa.int64())})
    if kind in REMOVED:
        columns, rows = book_rows_whole(kind=kind, ids=ids)  # type: ignore[arg-type]
        values = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in columns]
        arrays = [pa.array(values[0], pa.int64()), *(pa.array(v, pa.string()) for v in values[1:])]
        table = pa.table(arrays, names=columns)
        keys = sources.keys_of_rows(kind=kind, target_ids=ids)  # type: ignore[arg-type]
        (folder / f"{kind}.keys.json").write_text(json.dumps(keys), encoding="utf-8")
    pq.write_table(table, folder / f"{kind}.gone.parquet")


def _changed(taken: Taken) -> str:
    """The rows that change, as they stand: id and the columns as text."""
    have = f"have_{taken.entity.table}"
    names = [*taken.columns, *_archives(taken.entity.kind)]
    chosen = ", ".join(f"h.{quoted(name)}" for name in names)
    return (
        f"SELECT h.id, {chosen} FROM {taken.relation} t JOIN {have} h ON h.id = t.id"
        f" WHERE NOT t._fresh AND {difference(taken)} ORDER BY h.id"
    )


def _archives(kind: Kind) -> list[str]:
    return [] if kind in ("lead", "quota", "position") else ["archived_at"]


def _new(state: State, table: str, kind: Kind) -> str:
    parts = []
    if table in state.tables:
        parts.append(f"SELECT id FROM take_{table} WHERE _fresh")
    if state.count(f"duckdb_tables() WHERE table_name = 'made_{kind}'"):
        parts.append(f"SELECT target_id AS id FROM made_{kind}")
    union = " UNION ".join(parts)
    return f"SELECT id FROM ({union}) ORDER BY id" if parts else ""


def _copy(connection: duckdb.DuckDBPyConnection, folder: Path, name: str, select: str) -> None:
    """Writes the rows of `select`, if there are any."""
    if select and connection.execute(f"SELECT 1 FROM ({select}) LIMIT 1").fetchall():
        path = folder / f"{name}.parquet"
        connection.execute(f"COPY ({select}) TO {literal(str(path))} (FORMAT parquet)")


def _edits(state: State) -> list[dict[str, Any]]:
    """People's edits of the rows that the import brings, as they stand against their source."""
    found: list[dict[str, Any]] = []
    for entity in ENTITIES.values():
        if entity.table not in state.tables or not entity.keyed:
            continue
        edits = sources.edits_of_kind(entity.kind)  # type: ignore[arg-type]
        if not edits:
            continue
        state.connection.execute("CREATE OR REPLACE TEMP TABLE edited_rows (id BIGINT)")
        ids = [(edit.target_id,) for edit in edits]
        insert_batches(state.connection, "edited_rows", ["id"], [ids], "CAST(id AS BIGINT)")
        here = state.connection.execute(
            f"SELECT DISTINCT id FROM take_{entity.table} SEMI JOIN edited_rows USING (id)"
        ).fetchall()
        rows = {row[0] for row in here}
        found += [sources.edit_written(edit) for edit in edits if edit.target_id in rows]
    return found


def _rates(state: State) -> list[list[str | None]]:
    """(currency, day, rate before) of the rates that the import sets; None where there is none."""
    if "rates" not in state.tables:
        return []
    days = state.connection.execute(
        "SELECT DISTINCT currency, CAST(date AS VARCHAR) FROM rows_rates WHERE _fault IS NULL"
    ).fetchall()
    known = {
        (currency, day.isoformat()): str(rate)
        for currency, day, rate in currency_rates().values_list("currency", "date", "rate")
    }
    return [[currency, day, known.get((currency, day))] for currency, day in days]


@dataclass(frozen=True, slots=True)
class Journal:
    """An import's journal, read: counts at once, rows as they are asked for."""

    folder: Path
    edits: tuple[FieldConflict, ...]
    rates: tuple[tuple[str, str, str | None], ...]
    remembered: str

    def count(self, kind: Kind, what: What | Literal["changed"]) -> int:
        path = self._path(kind, what)
        return int(pq.read_metadata(path).num_rows) if path.exists() else 0

    def ids(self, kind: Kind, what: What | Literal["changed"]) -> list[int]:
        path = self._path(kind, what)
        if not path.exists():
            return []
        found: list[int] = pq.read_table(path, columns=["id"])["id"].to_pylist()
        return found

    def columns(self, kind: Kind) -> list[str]:
        """The columns of the rows that were changed, `id` aside."""
        return [name for name in pq.read_schema(self._path(kind, "changed")).names if name != "id"]

    def changed(self, kind: Kind) -> Iterator[list[dict[str, Any]]]:
        """Batches of rows as they stood: `id`, and the columns as text."""
        path = self._path(kind, "changed")
        if path.exists():
            for batch in pq.ParquetFile(path).iter_batches(_BATCH):
                yield batch.to_pylist()

    def removed(self, kind: Kind) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Rows that were removed, whole: their columns and the text of each; none of kinds that
        have an archive."""
        path = self._path(kind, "gone")
        if kind not in REMOVED or not path.exists():
            return [], []
        table = pq.read_table(path)
        return table.column_names, list(zip(*(c.to_pylist() for c in table.columns), strict=True))

    def removed_keys(self, kind: Kind) -> list[tuple[int, str, int]]:
        """The keys of the rows that were removed: (source, key, row)."""
        path = self.folder / f"{kind}.keys.json"
        rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        return [(source, key, row) for source, key, row in rows]

    def _path(self, kind: Kind, what: str) -> Path:
        return self.folder / f"{kind}.{what}.parquet"


def read_journal(home: Path, uid: str) -> Journal | None:
    """None where the import is older than journals are kept, or took nothing."""
    folder = home / JOURNALS / uid
    if not (folder / _REST).is_file():
        return None
    rest = json.loads((folder / _REST).read_text(encoding="utf-8"))
    return Journal(
        folder,
        tuple(sources.edit_read(one) for one in rest["edits"]),
        tuple((currency, day, rate) for currency, day, rate in rest["rates"]),
        rest["remembered"],
    )
