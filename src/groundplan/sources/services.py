"""Edits of imported fields: kept when the source is imported again, in conflict if it changed too.

These change the record of the edit only; the room that owns the row writes the row itself, in the
same transaction, after checking who may.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from django.db import transaction

from groundplan.kernel.errors import NotFound
from groundplan.people.contracts import Scope

from .contracts import FieldConflict, Json, Kind
from .models import FieldOverride

Choice = Literal["mine", "source"]


@transaction.atomic
def override_set(
    *,
    viewer: Scope,
    kind: Kind,
    target_id: int,
    field: str,
    base: Json,
    edited: Json,
    at: datetime,
) -> None:
    """Record that a person set an imported field from `base` to `edited`.

    A second edit keeps the base that the source gave, or takes what it says by now; an edit back
    to the base ends the override.
    """
    rows = FieldOverride.objects.filter(kind=kind, target_id=target_id, field=field)
    known = rows.select_for_update().first()
    base = _said(known) if known else base
    if edited == base:
        rows.delete()
        return
    values = {
        "base": base,
        "edited": edited,
        "incoming": None,
        "in_conflict": False,
        "author": viewer.actor,
        "at": at,
    }
    FieldOverride.objects.update_or_create(
        kind=kind, target_id=target_id, field=field, defaults=values
    )


@transaction.atomic
def overrides_set(
    *,
    viewer: Scope,
    kind: Kind,
    field: str,
    changes: Mapping[int, tuple[Json, Json]],
    at: datetime,
) -> None:
    """As `override_set` for many rows: `changes` maps a row to (value before, value after)."""
    rows = FieldOverride.objects.filter(kind=kind, field=field, target_id__in=list(changes))
    known = {row.target_id: _said(row) for row in rows}
    rows.delete()
    kept = [
        FieldOverride(
            kind=kind,
            target_id=target,
            field=field,
            base=known.get(target, before),
            edited=after,
            author=viewer.actor,
            at=at,
        )
        for target, (before, after) in changes.items()
        if after != known.get(target, before)
    ]
    FieldOverride.objects.bulk_create(kept, batch_size=500)


@transaction.atomic
def override_conflict_settle(*, kind: Kind, target_id: int, field: str, keep: Choice) -> Json:
    """Decide a conflict; returns the value that now counts. Raises NotFound without a conflict.

    `mine` keeps the edit over what the source says now, `source` ends the override.
    """
    rows = FieldOverride.objects.filter(
        kind=kind, target_id=target_id, field=field, in_conflict=True
    )
    row = rows.select_for_update().first()
    if row is None:
        raise NotFound("This field is not in conflict any more.", mend="Reload the page.")
    if keep == "source":
        row.delete()
        return row.incoming
    row.base, row.incoming, row.in_conflict = row.incoming, None, False
    row.save(update_fields=["base", "incoming", "in_conflict"])
    return row.edited


@transaction.atomic
def override_reopen(*, conflict: FieldConflict) -> None:
    """Put an edit back as it stood, with what the source said against it."""
    FieldOverride.objects.update_or_create(
        kind=conflict.kind,
        target_id=conflict.target_id,
        field=conflict.field,
        defaults={
            "base": conflict.base,
            "edited": conflict.edited,
            "incoming": conflict.incoming,
            "in_conflict": conflict.in_conflict,
            "author": conflict.author,
            "at": conflict.at,
        },
    )


def _said(override: FieldOverride) -> Json:
    """What the source says by now."""
    said: Json = override.incoming if override.in_conflict else override.base
    return said
