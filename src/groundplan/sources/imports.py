"""Import runs, and source keys by the hundred thousand: what an import records about its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from groundplan.database import bulk, staged_writes
from groundplan.database.sqlite.records import Query
from groundplan.database.staging import KEY, Staged, Staging
from groundplan.kernel import clock

from .contracts import Json, Kind
from .models import FieldOverride, ImportRun, SourceKey, SourceSystem


@dataclass(frozen=True, slots=True)
class Run:
    """An import under way: what its rows refer to it by."""

    run_id: int
    uid: UUID
    source_id: int


def source_ensure(*, name: str) -> int:
    return SourceSystem.objects.get_or_create(name=name)[0].pk


def source_id_of(name: str) -> int | None:
    return SourceSystem.objects.filter(name=name).values_list("pk", flat=True).first()


def source_ids_all(*, first: str) -> list[int]:
    """Every source, the one called `first` before the others."""
    rows = SourceSystem.objects.order_by("pk").values_list("pk", "name")
    return [pk for pk, _ in sorted(rows, key=lambda row: row[1] != first)]


def sources_of(table: str) -> set[int]:
    """The sources of which any import that stands took rows of a facts table."""
    runs = ImportRun.objects.filter(state=ImportRun.State.DONE).values_list("source_id", "counts")
    return {source for source, counts in runs if counts.get(table, {}).get("accepted", 0) > 0}


def run_start(*, source: str, uid: UUID, actor: str, files: list[dict[str, Any]]) -> Run:
    """Records that an import began."""
    source_id = source_ensure(name=source)
    run = ImportRun.objects.create(
        uid=uid, source_id=source_id, actor=actor, started_at=clock.now(), files=files
    )
    return Run(run.pk, run.uid, source_id)


def runs_interrupted() -> None:
    """Fails the runs that a crash left as running; called by whoever alone may import."""
    ImportRun.objects.filter(state=ImportRun.State.RUNNING).update(
        state=ImportRun.State.FAILED, finished_at=clock.now(), error="interrupted"
    )


def run_finish(*, run: Run, state: str, **fields: Any) -> None:
    """Records how an import ended, in the caller's transaction."""
    ImportRun.objects.filter(pk=run.run_id).update(state=state, finished_at=clock.now(), **fields)


def tables_loaded() -> set[str]:
    """The facts tables of which any import ever took rows."""
    counts = ImportRun.objects.filter(state=ImportRun.State.DONE).values_list("counts", flat=True)
    return {
        table
        for tables in counts
        for table, count in tables.items()
        if count.get("accepted", 0) > 0
    }


def keys_stored(
    *, kind: Kind, source_id: int | None = None, keys: Sequence[str] | None = None
) -> Iterator[list[bulk.Stored]]:
    """Batches of (id, key, target_id and source_id as text): of one source or of all, of some
    keys or of all."""
    where = "kind = %s"
    params: list[bulk.Value] = [kind]
    if source_id is not None:
        where += " AND source_id = %s"
        params.append(source_id)
    return bulk.rows_as_text(
        SourceKey,
        ["key", "target_id", "source_id"],
        where=where,
        params=params,
        among=keys,
        by="key",
    )


def keys_stage(*, staging: Staging, rows: Query) -> Staged:
    """Makes keys of rows ready to be written: (id, `KEY` of the staging)."""
    return staging.table(SourceKey, rows)


def keys_stage_new(*, staging: Staging, source_id: int, kind: Kind, rows: Query) -> Staged | None:
    """As `keys_stage`, a whole table that `keys_insert` takes too; None where none can be made."""
    if not staging.takes_whole(SourceKey):
        return None
    [(count,)] = rows.connection.cursor().sql(f"SELECT count(*) FROM {rows.source}").fetchall()
    first = bulk.ids_reserve(SourceKey, count)
    fixed: dict[str, bulk.Value] = {"source_id": source_id, "kind": kind}
    select = f"SELECT {first - 1} + row_number() OVER (ORDER BY id), {KEY}, id FROM {rows.source}"
    keys = Query(rows.connection, ("id", "key", "target_id"), select)
    return staging.whole_table(SourceKey, keys, fixed)


def keys_insert(*, source_id: int, kind: Kind, staged: Staged) -> int:
    """The keys of staged rows (`id` and `staging.KEY`), in the caller's transaction."""
    return staged_writes.keys_insert(SourceKey, staged, {"source_id": source_id, "kind": kind})


def edits_seen(kinds: Sequence[Kind]) -> tuple[object, ...]:
    """What changes with every edit of an imported field of these kinds."""
    edits = FieldOverride.objects.filter(kind__in=kinds)
    return tuple(edits.order_by("id").values_list("id", "at", "edited"))


Edited = FieldOverride
"""What `overrides_for` finds: `base`, `edited`, `incoming`, `in_conflict` of a row's `field`."""


def overrides_for(kind: Kind) -> QuerySet[FieldOverride]:
    """The edits of imported fields of one kind."""
    return FieldOverride.objects.filter(kind=kind).order_by("id")


def override_rebase(*, override: FieldOverride, incoming: Json) -> None:
    """The source now says `incoming`: the edit stays, in conflict while the source differs both
    from the edit and from what it said when the person decided (`base`)."""
    if incoming == override.edited:
        override.base = incoming
    override.in_conflict = incoming != override.base
    override.incoming = incoming if override.in_conflict else None
    override.save(update_fields=["base", "incoming", "in_conflict"])
