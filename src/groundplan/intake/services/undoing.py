"""Undoing an import: what was there before is there again."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from groundplan.book.services.bulk import account_paths_refresh
from groundplan.engine.duck import open_duckdb
from groundplan.engine.purchases import Layer, effective_sql, standing
from groundplan.intake.entities import TABLE_OF
from groundplan.intake.kinds import UNDO
from groundplan.intake.locking import merging_alone
from groundplan.intake.models import PurchaseLayer, RememberedMapping
from groundplan.intake.selectors import layers_held, purchase_layers
from groundplan.intake.undoing.contracts import UndoCount, UndoReport
from groundplan.intake.undoing.edits import later_edits
from groundplan.intake.undoing.journal import MOST_KEPT, Journal, read_journal
from groundplan.intake.undoing.rows import ORDER, rows_put_back
from groundplan.kernel.errors import Conflict, NotAllowed, NotFound
from groundplan.kernel.progress import Progress, Silent
from groundplan.organisation.jobs import job_enqueue
from groundplan.organisation.services import audit_record
from groundplan.organisation.services.undoing import rates_restore
from groundplan.people.contracts import Scope
from groundplan.people.selectors import scope_of, users
from groundplan.people.services.imports import person_paths_refresh
from groundplan.sources import undoing as sources
from groundplan.sources.undoing import DoneRun

from .sweeping import IMPORTS

"""The kind of job that undoes an import."""


def import_undo(
    *,
    viewer: Scope,
    uid: UUID,
    dry_run: bool = False,
    discard_edits: bool = False,
    with_later: bool = False,
    progress: Progress | None = None,
) -> UndoReport:
    """Puts back what an import changed, all of it in one transaction.

    Edits that people made since stay unless `discard_edits`; rows that they worked on stay, too.
    `with_later` undoes the imports after it first; without, they make this a Conflict. Raises
    NotFound where no such import stands, NotAllowed, Conflict where its journal is gone.
    """
    if not viewer.may_import:
        raise NotAllowed("Only a leader or an administrator may undo an import.")
    told, home = progress or Silent(), Path(settings.GROUNDPLAN_HOME)
    if dry_run:
        return _plan(home, uid)
    folder = home / IMPORTS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with merging_alone(folder, told):
        told.step("Looking at what came after", 0.05)
        plan = _plan(home, uid)
        if plan.later and not with_later:
            raise _built_on(plan)
        told.step("Putting back what was there", 0.2)
        with transaction.atomic():
            for run in _standing(uid):
                counts = _undo(home, run, discard=discard_edits, viewer=viewer)
            account_paths_refresh()
            person_paths_refresh()
    return replace(plan, tables=counts, done=True)


def _standing(uid: UUID) -> list[DoneRun]:
    """The import and those after it, the latest first. Raises NotFound."""
    runs = sources.runs_done()
    place = next((place for place, run in enumerate(runs) if run.uid == uid), None)
    if place is None:
        raise NotFound(
            "No such import stands.",
            mend="It took nothing, was undone already or never was: look at the imports.",
        )
    return runs[: place + 1]


def _plan(home: Path, uid: UUID) -> UndoReport:
    """What would be put back; of the imports after it only that they are there."""
    *later, run = _standing(uid)
    for one in (*later, run):
        _journal(home, one)
    if sources.merged_since(run.finished_at):
        raise Conflict(
            "Accounts were merged since this import.",
            mend="Correct the file and import it again: what was before a merge can't be put back,"
            " unless the merge is undone first.",
        )
    if any(sources.parted_since(one.finished_at) for one in (*later, run)):
        raise Conflict(
            "Accounts that were one at this import, or at one after it, are two again.",
            mend="Correct the file and import it again.",
        )
    journal = _journal(home, run)
    edits = later_edits(journal, run.finished_at)
    counts = {TABLE_OF[kind]: _count(journal, kind) for kind in ORDER}
    bought, back = _purchases(run)
    return UndoReport(
        run_uid=str(run.uid),
        source=run.source,
        tables={table: count for table, count in counts.items() if count != UndoCount()},
        edits=tuple(edits),
        later=tuple(str(one.uid) for one in later),
        purchases=bought,
        purchases_back=back,
    )


def _count(journal: Journal, kind: str) -> UndoCount:
    new, changed, gone = (
        journal.count(kind, what)  # type: ignore[arg-type]
        for what in ("new", "changed", "gone")
    )
    return UndoCount(new, changed, gone)


def _journal(home: Path, run: DoneRun) -> Journal:
    journal = read_journal(home, str(run.uid))
    # What was folded can't be told apart again, whatever became of the journal.
    if journal is None or PurchaseLayer.objects.filter(run_id=run.run_id, folded__gt=1).exists():
        raise Conflict(
            f"What the import of {run.finished_at:%Y-%m-%d %H:%M} from {run.source} found is not"
            " kept any more.",
            mend=f"The last {MOST_KEPT} imports can be undone. Import the earlier files again.",
        )
    return journal


def _built_on(plan: UndoReport) -> Conflict:
    number = len(plan.later)
    text = "An import came" if number == 1 else f"{number} imports came"
    return Conflict(
        f"{text} after this one and may rest on it: {', '.join(plan.later[:5])}.",
        mend="Undo those first, or all of them together.",
    )


def _undo(home: Path, run: DoneRun, *, discard: bool, viewer: Scope) -> dict[str, UndoCount]:
    journal = _journal(home, run)
    edits = later_edits(journal, run.finished_at)
    counts = rows_put_back(journal, run, edits, discard=discard)
    rates_restore(rates=journal.rates)
    PurchaseLayer.objects.filter(run_id=run.run_id).delete()
    _mapping_put_back(run, journal)
    sources.run_undone(run=run)
    audit_record(
        viewer_actor=viewer.actor,
        action="import.undone",
        kind="import",
        key=str(run.uid),
        label=run.source,
        detail={table: count.removed + count.restored for table, count in counts.items()},
    )
    return counts


def _mapping_put_back(run: DoneRun, journal: Journal) -> None:
    kept = RememberedMapping.objects.filter(source_id=run.source_id)
    if journal.remembered:
        kept.update(toml=journal.remembered)
    else:
        kept.delete()


def _purchases(run: DoneRun) -> tuple[int, int]:
    """The purchases that go with the import, and the earlier ones that count again."""
    with layers_held():
        return _purchases_of(run)


def _purchases_of(run: DoneRun) -> tuple[int, int]:
    layers = [one for one in purchase_layers() if one.layer.source_id == run.source_id]
    mine = [one for one in layers if one.run_uid == str(run.uid)]
    if not mine:
        return 0, 0
    rows = sum(one.layer.manifest.rows for one in mine)
    place = layers.index(mine[0])
    before = [one.layer for one in layers[:place]]
    after = [*before, *(one.layer for one in mine)]
    return rows, _effective(before) - (_effective(after) - rows)


def _effective(layers: Sequence[Layer]) -> int:
    with closing(open_duckdb(scratch=Path(settings.GROUNDPLAN_HOME) / "scratch")) as connection:
        sql = effective_sql(standing(layers), {})
        found = connection.execute(f"SELECT count(*) FROM ({sql})").fetchone()
    return int(found[0]) if found else 0


def import_undo_enqueue(
    *, viewer: Scope, uid: UUID, discard_edits: bool = False, with_later: bool = False
) -> UUID:
    """Have a worker undo an import; returns the job's uid. Raises NotAllowed."""
    if not viewer.may_import:
        raise NotAllowed("Only a leader or an administrator may undo an import.")
    arguments = {
        "run": str(uid),
        "user": viewer.user_id,
        "discard_edits": discard_edits,
        "with_later": with_later,
    }
    job = job_enqueue(kind=UNDO, actor=viewer.actor, subject=str(uid), arguments=arguments)
    return job.uid


def undo_work(
    progress: Progress, *, run: str, user: int, discard_edits: bool, with_later: bool
) -> dict[str, Any]:
    """The job's work."""
    report = import_undo(
        viewer=scope_of(users().get(pk=user)),
        uid=UUID(run),
        discard_edits=discard_edits,
        with_later=with_later,
        progress=progress,
    )
    return {"later": list(report.later)}
