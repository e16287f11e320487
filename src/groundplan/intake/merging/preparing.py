"""Everything that an import writes, made ready before the transaction that writes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from groundplan.book.services import bulk as book
from groundplan.book.services.search_index import account_search_fill
from groundplan.engine.facts import TABLES
from groundplan.intake.entities import ENTITIES, TABLE_OF, Entity, Kind
from groundplan.intake.reading.tables import quoted
from groundplan.organisation.bulk import Row
from groundplan.organisation.staging import KEY, Staged, Staging
from groundplan.people.services import imports as people
from groundplan.sources import imports as sources

from .gone import gone_rows
from .overriding import keep_edits
from .paths import HAVE_PATHS, fresh_paths
from .state import State
from .taking import (
    Taken,
    as_stored,
    batches,
    batches_aside,
    difference,
    load_stored,
    take_rows,
    taken_types,
)
from .words import Words, read_words

_UID = "replace(CAST(uuidv7() AS VARCHAR), '-', '') AS uid"
_MADE: tuple[Kind, ...] = ("person", "account", "contact", "product")


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of a table's accepted rows, and how many stored ones are `gone`."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: int = 0


@dataclass(slots=True)
class Ready:
    """The rows of one kind: `new` with their keys, `changed`, `keys` that known rows get, those
    that are `gone` from the source; `moved` if known rows changed their parent."""

    kind: Kind
    new: Staged | None = None
    changed: Staged | None = None
    keys: Staged | None = None
    gone: tuple[int, ...] = ()
    moved: bool = False


@dataclass(slots=True)
class Prepared:
    """An import's rows in the order in which they are written. `edits` were seen before."""

    words: Words
    edits: tuple[object, ...]
    ready: list[Ready] = field(default_factory=list)
    changes: dict[str, Changes] = field(default_factory=dict)
    rates: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def load_all_stored(state: State) -> None:
    """Reads what the import may change."""
    for entity in entities(state):
        load_stored(state, entity, taken_types(state, entity))


def entities(state: State) -> list[Entity]:
    """Those that the import brings, what others refer to first."""
    return [ENTITIES[table] for table in TABLES if table in state.tables and table in ENTITIES]


def edits_seen(state: State) -> tuple[object, ...]:
    """What changes when a person edits what this import may change."""
    kinds = [entity.kind for entity in entities(state) if entity.kind not in ("quota", "position")]
    return sources.edits_seen(kinds)  # type: ignore[arg-type]


def prepare(state: State, staging: Staging | None) -> Prepared:
    """Finds out what becomes of every row and stages what is to be written; a dry run, without
    `staging`, stages nothing."""
    state.rebases.clear()
    edits = edits_seen(state)
    prepared = Prepared(read_words(state), edits)
    for kind in _MADE:
        _made(state, staging, kind, prepared)
    for entity in entities(state):
        taken = take_rows(state, entity, taken_types(state, entity))
        conflicts = keep_edits(state, taken)
        if conflicts:
            prepared.notes.append(
                f"the source changed fields of {entity.table} that were edited here: {conflicts}"
                " (settle them under Imports, Conflicts)"
            )
        _table(state, staging, taken, prepared)
    if "rates" in state.tables:
        prepared.rates = _rates(state)
        prepared.changes["rates"] = Changes(created=len(prepared.rates))
    return prepared


def _rates(state: State) -> list[tuple[str, str, str]]:
    return state.connection.execute(
        "SELECT currency, CAST(date AS VARCHAR), CAST(rate AS VARCHAR) FROM rows_rates"
        " WHERE _fault IS NULL"
    ).fetchall()


def _table(state: State, staging: Staging | None, taken: Taken, prepared: Prepared) -> None:
    entity, relation = taken.entity, taken.relation
    changed = (
        f"FROM {relation} t JOIN have_{entity.table} h ON h.id = t.id"
        f" WHERE NOT t._fresh AND {difference(taken)}"
    )
    created, total = state.count(f"{relation} WHERE _fresh"), state.count(relation)
    updated = state.count(f"(SELECT t.id {changed})")
    gone, note = gone_rows(state, entity)
    prepared.notes += [note] if note else []
    same = total - created - updated
    prepared.changes[entity.table] = Changes(created, updated, same, len(gone))
    if staging is None:
        return
    ready = Ready(entity.kind, gone=gone)
    words = prepared.words.marked(entity)
    if created:
        ready.new = _new(state, staging, taken, words)
    if updated:
        values = [as_stored(f"t.{quoted(c)}", t) for c, t in taken.types.items()]
        rows = batches(state, f"SELECT {', '.join(['t.id', *values])} {changed}")
        ready.changed = _stage(staging, entity.kind, ["id", *taken.columns], rows, words)
        ready.moved = _moved(state, taken, changed)
    if entity.keyed and state.count(f"{relation} WHERE _keyed AND NOT _fresh"):
        keys = batches(state, f"SELECT id, _key FROM {relation} WHERE _keyed AND NOT _fresh")
        ready.keys = sources.keys_stage(staging=staging, batches=keys)
    prepared.ready.append(ready)


def _new(state: State, staging: Staging, taken: Taken, words: dict[str, str]) -> Staged:
    entity = taken.entity
    fields, columns, join = ["t.id"], ["id"], ""
    if entity.keyed:
        fields.append("t._key")
        columns.append(KEY)
    if entity.has_uid:
        fields.append(_UID)
        columns.append("uid")
    if entity.kind in HAVE_PATHS:
        join = f"LEFT JOIN {fresh_paths(state, taken)} p ON p.id = t.id"
        fields.append("coalesce(p.path, '/' || t.id || '/')")
        columns.append("path")
    fields += [as_stored(f"t.{quoted(column)}", type_) for column, type_ in taken.types.items()]
    if entity.kind == "account":
        website = "website" if "website" in taken.columns else "''"
        _find_soon(state, f"SELECT id, name, {website} FROM {taken.relation} WHERE _fresh")
    select = f"SELECT {', '.join(fields)} FROM {taken.relation} t {join} WHERE t._fresh"
    rows = batches(state, f"{select} ORDER BY t.id")
    return _stage(staging, entity.kind, [*columns, *taken.columns], rows, words)


def _find_soon(state: State, select: str) -> None:
    """Starts to put new accounts (id, name, website) into the search index."""
    rows = batches_aside(state, f"{select} ORDER BY id")
    filling = account_search_fill(rows=state.count(f"({select})"), batches=rows)
    state.ahead += [filling] if filling else []


def _moved(state: State, taken: Taken, changed: str) -> bool:
    entity = taken.entity
    own = entity.columns.get(entity.own, "")
    if entity.kind not in HAVE_PATHS or own not in taken.types:
        return False
    differs = f"t.{quoted(own)} IS DISTINCT FROM TRY_CAST(h.{quoted(own)} AS BIGINT)"
    return bool(state.count(f"(SELECT t.id {changed} AND {differs})"))


def _stage(
    staging: Staging,
    kind: Kind,
    columns: list[str],
    rows: Iterable[Sequence[Row]],
    words: dict[str, str],
) -> Staged:
    if kind == "person":
        return people.persons_stage(staging=staging, columns=columns, batches=rows, words=words)
    return book.book_rows_stage(
        staging=staging, kind=kind, columns=columns, batches=rows, words=words
    )


def _made(state: State, staging: Staging | None, kind: Kind, prepared: Prepared) -> None:
    """Rows made because something refers to them: named by what it calls them."""
    if not state.count(f"duckdb_tables() WHERE table_name = 'made_{kind}'"):
        return
    count = state.count(f"made_{kind}")
    prepared.notes.append(f"{count} {TABLE_OF[kind]} made from rows that name them")
    if staging is None or not count:
        return
    fields = ["target_id", _UID, "left(name, 200)", "key"]
    columns = ["id", "uid", "name", KEY]
    if kind == "person":
        fields.append("key")
        columns.append("login")
    if kind in HAVE_PATHS:
        fields.append("'/' || target_id || '/'")
        columns.append("path")
    if kind == "account":
        _find_soon(state, "SELECT target_id AS id, left(name, 200), '' FROM made_account")
    rows = batches(state, f"SELECT {', '.join(fields)} FROM made_{kind} ORDER BY target_id")
    prepared.ready.append(Ready(kind, new=_stage(staging, kind, columns, rows, {})))
