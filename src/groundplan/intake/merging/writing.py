"""Writes what an import has made ready, inside the caller's transaction: the short part."""

from collections.abc import Iterator, Sequence
from concurrent.futures import wait
from contextlib import contextmanager

from groundplan.book.services import bulk as book
from groundplan.book.services.undoing import book_rows_remove
from groundplan.database.staging import KEY, Staged, staging
from groundplan.intake.entities import Kind
from groundplan.organisation.services import imports as organisation
from groundplan.people.services import imports as people
from groundplan.sources import imports as sources
from groundplan.sources.undoing import keys_remove

from .gone import REMOVED
from .preparing import Changes, Prepared, Ready, edits_seen, prepare
from .state import State
from .words import words_made


def write_ahead(state: State) -> None:
    """Waits for what nobody sees before the rows are there, and so is written before them."""
    for filling in state.ahead:
        if filling.ahead:
            filling.done.result()


@contextmanager
def fillings_over(state: State) -> Iterator[None]:
    """At the end of the block no thread reads the import's tables any more."""
    try:
        yield
    finally:
        wait(filling.done for filling in state.ahead)


def write_rows(state: State, prepared: Prepared) -> dict[str, Changes]:
    """Writes every table but the purchases, and says what became of their rows.

    What somebody edited since the rows were made ready is not overwritten: then they are made
    ready again, now that nobody else can write.
    """
    if edits_seen(state) == prepared.edits:
        return _written(state, prepared)
    with staging(state.scratch) as place:
        return _written(state, prepare(state, place))


def _written(state: State, prepared: Prepared) -> dict[str, Changes]:
    state.notes += prepared.notes
    for override, incoming in state.rebases:
        sources.override_rebase(override=override, incoming=incoming)
    with words_made(prepared.words):
        for ready in prepared.ready:
            _write(state, ready)
    moved = {ready.kind for ready in prepared.ready if ready.moved}
    if "account" in moved:
        book.account_paths_refresh()
    if "person" in moved:
        people.person_paths_refresh()
    if "rates" in state.tables:
        organisation.rates_import(rates=prepared.rates)
    return prepared.changes


def _write(state: State, ready: Ready) -> None:
    kind = ready.kind
    if ready.new is not None:
        _insert(state, ready, ready.new)
    if ready.changed is not None:
        if kind == "person":
            people.persons_import_update(staged=ready.changed)
        else:
            book.book_rows_update(kind=kind, staged=ready.changed)
    if ready.keys is not None:
        _keys(state, kind, ready.keys)
    if ready.gone:
        if kind == "person":
            people.persons_archive(ids=ready.gone)
        elif kind in REMOVED:
            _remove(kind=kind, ids=ready.gone)
        else:
            book.book_rows_archive(kind=kind, ids=ready.gone)


def _remove(*, kind: Kind, ids: Sequence[int]) -> None:
    """Removes rows of a kind without archive, with their keys."""
    removed = book_rows_remove(kind=kind, ids=ids)  # type: ignore[arg-type]
    keys_remove(source_id=None, kind=kind, target_ids=removed)  # type: ignore[arg-type]


def _insert(state: State, ready: Ready, new: Staged) -> None:
    if ready.kind == "person":
        people.persons_import(staged=new)
    else:
        book.book_rows_insert(kind=ready.kind, staged=new, filling=ready.filling)
    keys = new if KEY in new.columns else ready.new_keys
    if keys is not None:
        _keys(state, ready.kind, keys)


def _keys(state: State, kind: Kind, staged: Staged) -> None:
    assert state.source_id is not None
    sources.keys_insert(source_id=state.source_id, kind=kind, staged=staged)  # type: ignore[arg-type]
