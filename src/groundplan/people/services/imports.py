"""Imported persons: who sells, never who may sign in, so an import gives nobody a role."""

from collections.abc import Iterable, Mapping, Sequence

from groundplan.database import bulk, staged_writes
from groundplan.database.sqlite.records import Query
from groundplan.database.staging import Staged, Staging
from groundplan.people.models import Person, Team

_DEFAULTS = {"email": "", "title": "", "path": "", "territory": ""}


def person_ids_reserve(*, count: int) -> int:
    """The first of `count` ids for new persons."""
    return bulk.ids_reserve(Person, count)


def persons_stage(
    *,
    staging: Staging,
    rows: Query,
    words: Mapping[str, str] | None = None,
) -> Staged:
    """Makes persons ready to be written; their columns are theirs, or `staging.KEY`."""
    return staging.table(Person, rows, words)


def persons_import(*, staged: Staged) -> int:
    """Inserts persons (with id and uid), in the caller's transaction."""
    missing = {name: value for name, value in _DEFAULTS.items() if name not in staged.columns}
    return staged_writes.rows_insert(Person, staged, missing)


def persons_import_update(*, staged: Staged) -> int:
    """Sets columns of persons by their id, in the caller's transaction."""
    return staged_writes.rows_update(Person, staged, lives_again=True)


def person_paths_refresh() -> None:
    """Bring every person's `path` in line with the manager."""
    bulk.paths_refresh(Person, "manager_id")


def person_rows(
    *, columns: Sequence[str], ids: Sequence[int] | None = None
) -> Iterable[list[bulk.Stored]]:
    """Batches of (id, columns as text) of persons as they stand."""
    return bulk.rows_as_text(Person, columns, among=ids)


def persons_archive(*, ids: Sequence[int]) -> int:
    """Archives persons that are gone from their source."""
    return bulk.rows_archive(Person, ids)


def teams_ensure(*, names: Iterable[str]) -> dict[str, int]:
    """The id of every team, those of `names` made where they are new."""
    known = dict(Team.objects.values_list("name", "id"))
    new = [Team(name=name) for name in dict.fromkeys(names) if name not in known]
    Team.objects.bulk_create(new)
    return dict(Team.objects.values_list("name", "id")) if new else known
