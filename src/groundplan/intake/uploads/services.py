"""What a person does with an upload: make it, say how it maps, check it, take it."""

import shutil
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from groundplan.intake.contracts import Mapping
from groundplan.intake.kinds import CHECK, EXAMINE, TAKE
from groundplan.intake.mapping.toml import mapping_from_toml, mapping_to_toml
from groundplan.intake.models import Upload
from groundplan.kernel import clock
from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed
from groundplan.kernel.ids import uuid7
from groundplan.organisation.jobs import job_enqueue
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope

from .selectors import is_busy, state_of, upload_row
from .storing import FOLDER, Arriving, check, folder_of, store


def upload_create(*, viewer: Scope, source: str, files: Sequence[Arriving]) -> UUID:
    """Keep the files and have them looked at. Raises NotAllowed or InvalidInput.

    The files are written before the row: a crash between leaves a folder that nobody names.
    """
    if not viewer.may_import:
        raise NotAllowed("Only a leader or an administrator may import.")
    name = source.strip()[:120]
    if not name:
        raise InvalidInput("Say which system the files come from.", field="source")
    check(list(files))
    uid = uuid7()
    folder = f"{FOLDER}/{uid}"
    kept = store(folder_of(folder), files)
    with transaction.atomic():
        row = Upload.objects.create(
            uid=uid,
            user_id=viewer.user_id,
            source_name=name,
            folder=folder,
            files=kept,
            created_at=clock.now(),
        )
        audit_record(
            viewer_actor=viewer.actor,
            action="upload.create",
            kind="upload",
            key=str(uid),
            label=name,
            detail={"files": [file["name"] for file in kept]},
        )
        _start(viewer, row, EXAMINE, "examine")
    return uid


@transaction.atomic
def upload_map(*, viewer: Scope, uid: UUID, mapping: Mapping, **chosen: bool) -> None:
    """Keep how the files become facts; what was checked before has to be checked again.

    `chosen` are `complete` and `reject_all` as `upload_check` takes them, where they are said.
    """
    row = _idle(viewer, uid)
    text = mapping_to_toml(mapping)
    mapping_from_toml(text)
    row.mapping = text
    row.options |= {"step": "map", "report": {}, "error": ""} | chosen
    row.save(update_fields=["mapping", "options"])


@transaction.atomic
def upload_map_from_toml(*, viewer: Scope, uid: UUID, text: str) -> None:
    """Take over a mapping that somebody wrote. Raises InvalidInput with its line."""
    upload_map(viewer=viewer, uid=uid, mapping=mapping_from_toml(text))


@transaction.atomic
def upload_check(*, viewer: Scope, uid: UUID, complete: bool, reject_all: bool) -> None:
    """Have the import tried without taking anything."""
    row = _idle(viewer, uid)
    row.options |= {"complete": complete, "reject_all": reject_all, "error": ""}
    _start(viewer, row, CHECK, "check")


@transaction.atomic
def upload_take(*, viewer: Scope, uid: UUID, check: str = "") -> None:
    """Have the files taken. Raises Conflict where they weren't checked as they are mapped now, or
    not by the `check` (its job's uid) that the viewer has seen."""
    row = _idle(viewer, uid)
    if row.options.get("step") != "checked":
        raise Conflict("Check the files first.", mend="Look at what would be taken.")
    if check and check != str(row.job_uid):
        raise Conflict(
            "The files were checked again meanwhile, in another window or by a change.",
            mend="Look at the new check before you import.",
        )
    _start(viewer, row, TAKE, "take")


def upload_discard(*, viewer: Scope, uid: UUID) -> None:
    """Forget an upload and its files; what was taken from it stays."""
    row = _idle(viewer, uid)
    folder = folder_of(row.folder)
    with transaction.atomic():
        audit_record(
            viewer_actor=viewer.actor,
            action="upload.discard",
            kind="upload",
            key=str(uid),
            label=row.source_name,
        )
        row.delete()
    shutil.rmtree(folder, ignore_errors=True)


def _idle(viewer: Scope, uid: UUID) -> Upload:
    row = upload_row(viewer, uid)
    state = state_of(row)
    if is_busy(state):
        raise Conflict("The files are being worked on.", mend="Wait until that is over.")
    if state.step == "taken":
        raise Conflict("This was imported already.", mend="Upload the files again.")
    return row


def _start(viewer: Scope, row: Upload, kind: str, step: str) -> None:
    job = job_enqueue(
        kind=kind, actor=viewer.actor, subject=str(row.uid), arguments={"upload": str(row.uid)}
    )
    row.job_uid = job.uid
    row.options |= {"step": step}
    row.save(update_fields=["job_uid", "options"])
