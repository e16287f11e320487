"""Reads of keys, redirects and overrides.

They take ids that the caller found through its own visibility, so they need no viewer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, CharField, Q, QuerySet

from groundplan.database.prepared import Parameter, prepared
from groundplan.kernel import clock
from groundplan.kernel.errors import NotFound

from .contracts import FieldConflict, Key, Kind, Override
from .models import FieldOverride, ImportRun, Redirect, SourceKey


def keys_of(kind: Kind, target_ids: Iterable[int]) -> dict[int, tuple[Key, ...]]:
    """The source keys of each row, sorted by source and key; rows without one are absent."""
    found: dict[int, list[Key]] = {}
    wanted = list(target_ids)
    if len(wanted) == 1:
        rows = _keys_of_one().ask(kind=kind, target=wanted[0])
    else:
        rows = list(_keys(SourceKey.objects.filter(kind=kind, target_id__in=wanted)))
    for target, source, key in rows:
        found.setdefault(target, []).append(Key(source, key))
    return {target: tuple(keys) for target, keys in found.items()}


def _keys(found: QuerySet[SourceKey]) -> QuerySet[SourceKey, tuple[int, str, str]]:
    return found.order_by("source__name", "key").values_list("target_id", "source__name", "key")


@prepared
def _keys_of_one() -> QuerySet[SourceKey, tuple[int, str, str]]:
    kind, target = Parameter("kind", CharField()), Parameter("target", BigIntegerField())
    return _keys(SourceKey.objects.filter(kind=kind, target_id=target))


def source_ids(kind: Kind, target_ids: Iterable[int]) -> dict[int, str]:
    """One id of a source for each row, as the command line shows it; ours where it has none."""
    wanted = list(target_ids)
    keys = keys_of(kind, wanted)
    return {target: keys[target][0].key if target in keys else str(target) for target in wanted}


def target_of(kind: Kind, reference: str) -> int:
    """The row that `SOURCE:ID`, or the id alone, means.

    Raises NotFound where nothing has it, or where two sources mean different rows by it.
    """
    source, colon, key = reference.partition(":")
    keys = SourceKey.objects.filter(kind=kind)
    found = set(keys.filter(key=reference).values_list("target_id", flat=True)[:2])
    if not found and colon:
        found = set(keys.filter(source__name=source, key=key).values_list("target_id", flat=True))
    if len(found) == 1:
        return found.pop()
    if found:
        message = f"Several sources have a {kind} {reference}."
        raise NotFound(message, mend=f"Name the source as well: SOURCE:{reference}.")
    raise NotFound(f"No {kind} has the id {reference}.", mend="Look the id up in the export.")


def is_imported(kind: Kind, target_ids: Iterable[int]) -> set[int]:
    """Which of the rows some source also holds, so that an edit of them must be kept apart."""
    wanted = SourceKey.objects.filter(kind=kind, target_id__in=list(target_ids))
    return set(wanted.values_list("target_id", flat=True))


def overrides_of(kind: Kind, target_id: int) -> tuple[Override, ...]:
    """The edits of one row's imported fields, conflicts first."""
    return tuple(
        Override(
            field=row.field,
            base=row.base,
            edited=row.edited,
            incoming=row.incoming,
            in_conflict=row.in_conflict,
            author=row.author,
            at=row.at,
        )
        for row in _overrides().ask(kind=kind, target=target_id)
    )


@prepared
def _overrides() -> QuerySet[FieldOverride]:
    kind, target = Parameter("kind", CharField()), Parameter("target", BigIntegerField())
    rows = FieldOverride.objects.filter(kind=kind, target_id=target)
    return rows.order_by("-in_conflict", "field")


def conflicts_among(rows: Mapping[Kind, QuerySet[Any, Any]]) -> list[FieldConflict]:
    """Edits of these rows that the source has changed too, the oldest edit first.

    `rows` maps a kind to a query of ids, so that none but what is in conflict is read.
    """
    return [edit_of(row) for row in edits_in_conflict(rows)]


def edits_in_conflict(rows: Mapping[Kind, QuerySet[Any, Any]]) -> QuerySet[FieldOverride]:
    """The same as a query, each row for `edit_of`."""
    among = Q()
    for kind, ids in rows.items():
        among |= Q(kind=kind, target_id__in=ids)
    return FieldOverride.objects.filter(among, in_conflict=True).order_by("at", "pk")


def edit_of(row: FieldOverride) -> FieldConflict:
    """An edit with what the source says of it."""
    return FieldConflict(
        override_id=row.pk,
        kind=row.kind,  # type: ignore[arg-type]  # written by services that take kinds only
        target_id=row.target_id,
        field=row.field,
        base=row.base,
        edited=row.edited,
        incoming=row.incoming,
        in_conflict=row.in_conflict,
        author=row.author,
        at=row.at,
    )


def redirect_of(kind: Kind, uid: UUID) -> int | None:
    """The row that a merged one lives on in."""
    rows = Redirect.objects.filter(kind=kind, loser_uid=uid)
    return rows.values_list("winner_id", flat=True).first()


def redirects(kind: Kind) -> dict[UUID, int]:
    """Every merged row's uid and the row that it lives on in."""
    return dict(Redirect.objects.filter(kind=kind).values_list("loser_uid", "winner_id"))


def redirects_of(kind: Kind, uids: Iterable[str]) -> dict[str, int]:
    """Those of these uids whose rows were merged, with the row that each lives on in."""
    rows = Redirect.objects.filter(kind=kind, loser_uid__in=list(uids))
    return {str(uid): winner for uid, winner in rows.values_list("loser_uid", "winner_id")}


def is_importing() -> bool:
    """Whether an import is under way; one that began more than a day ago has died."""
    recent = clock.now() - timedelta(days=1)
    running = ImportRun.objects.filter(state=ImportRun.State.RUNNING, started_at__gte=recent)
    return running.exists()


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An import as a list shows it; `counts` per table, as an import's report has them."""

    uid: UUID
    source: str
    state: str
    actor: str
    started_at: datetime
    finished_at: datetime | None
    files: tuple[dict[str, Any], ...]
    mapping: str
    counts: dict[str, dict[str, int]]
    notes: tuple[str, ...]
    rejects_path: str
    error: str


def imports_latest(limit: int) -> list[ImportRow]:
    """Imports, latest first; the caller has checked that they may be seen."""
    return [_import_row(run) for run in ImportRun.objects.select_related("source")[:limit]]


def import_row(uid: UUID) -> ImportRow | None:
    """One import; the caller has checked that it may be seen."""
    run = ImportRun.objects.select_related("source").filter(uid=uid).first()
    return _import_row(run) if run else None


def _import_row(run: ImportRun) -> ImportRow:
    return ImportRow(
        uid=run.uid,
        source=run.source.name,
        state=run.state,
        actor=run.actor,
        started_at=run.started_at,
        finished_at=run.finished_at,
        files=tuple(run.files),
        mapping=run.mapping,
        counts=run.counts,
        notes=tuple(run.notes),
        rejects_path=run.rejects_path,
        error=run.error,
    )


def import_id(uid: UUID) -> int | None:
    """The number of an import by its uid."""
    return ImportRun.objects.filter(uid=uid).values_list("pk", flat=True).first()
