"""Persons as they were before an import; in the caller's transaction."""

from collections.abc import Iterable, Sequence

from groundplan.database import bulk, removing
from groundplan.people.models import Person


def persons_restore(*, columns: Sequence[str], batches: Iterable[Sequence[bulk.Row]]) -> int:
    """Sets columns of persons, each row ending in the id, from text as it was stored."""
    return removing.rows_restore(Person, columns, batches)


def persons_remove(*, ids: Sequence[int], holders: Sequence[str]) -> list[int]:
    """Deletes persons to whom nothing in the rooms `holders` refers; returns which."""
    return removing.rows_remove(Person, ids, holders=holders)
