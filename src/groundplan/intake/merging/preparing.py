"""Everything that an import writes, made ready before the transaction that writes it."""

from dataclasses import dataclass, field

from groundplan.book.services import bulk as book
from groundplan.book.services.search_index import Filling, account_search_fill
from groundplan.database.sqlite.records import Query
from groundplan.database.staging import KEY, Staged, Staging
from groundplan.engine.facts import TABLES
from groundplan.engine.sql import quoted
from groundplan.intake.entities import ENTITIES, TABLE_OF, Entity, Kind
from groundplan.kernel.ids import ticks_reserve
from groundplan.people.services import imports as people
from groundplan.sources import imports as sources

from .gone import gone_rows
from .overriding import keep_edits
from .paths import HAVE_PATHS, fresh_paths
from .saying import rows_said, rows_word
from .state import State
from .taking import (
    Taken,
    difference,
    load_stored,
    take_rows,
    taken_types,
)
from .words import Words, read_words

_New = tuple[Staged, Staged | None]
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
    """The rows of one kind: `new` with their keys (apart in `new_keys` where `new` is whole),
    `changed`, `keys` that known rows get, those that are `gone` from the source; `moved` if known
    rows changed their parent; `filling` is the search index being filled with the new ones."""

    kind: Kind
    new: Staged | None = None
    new_keys: Staged | None = None
    filling: Filling | None = None
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
                f"The source changed fields of {rows_word(entity.table)} that were edited here:"
                f" {conflicts} (settle them under Imports, Conflicts)."
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
        ready.filling = _found_by_name(state, staging, taken)
        ready.new, ready.new_keys = _new(state, staging, taken, words)
    if updated:
        values = [f"t.{quoted(column)}" for column in taken.columns]
        select = f"SELECT {', '.join(['t.id', *values])} {changed}"
        rows = Query(state.connection, ("id", *taken.columns), select)
        ready.changed = _stage(staging, entity.kind, rows, words)
        ready.moved = _moved(state, taken, changed)
    if entity.keyed and state.count(f"{relation} WHERE _keyed AND NOT _fresh"):
        select = f"SELECT id, _key FROM {relation} WHERE _keyed AND NOT _fresh"
        keys = Query(state.connection, ("id", KEY), select)
        ready.keys = sources.keys_stage(staging=staging, rows=keys)
    prepared.ready.append(ready)


def _new(state: State, staging: Staging, taken: Taken, words: dict[str, str]) -> _New:
    entity = taken.entity
    fields, columns, join = ["t.id"], ["id"], ""
    if entity.keyed:
        fields.append("t._key")
        columns.append(KEY)
    if entity.has_uid:
        fields.append(_uids(state, "t.id", f"{taken.relation} t WHERE t._fresh"))
        columns.append("uid")
    if entity.kind in HAVE_PATHS:
        join = f"LEFT JOIN {fresh_paths(state, taken)} p ON p.id = t.id"
        fields.append("coalesce(p.path, '/' || t.id || '/')")
        columns.append("path")
    fields += [f"t.{quoted(column)}" for column in taken.columns]
    select = f"SELECT {', '.join(fields)} FROM {taken.relation} t {join} WHERE t._fresh"
    rows = Query(state.connection, (*columns, *taken.columns), select)
    return _stage_new(state, staging, entity.kind, rows, words)


def _uids(state: State, id_: str, rows: str) -> str:
    """SQL of addresses that sort as the ids do: an index of them then grows at its end alone."""
    found = state.connection.execute(f"SELECT min({id_}), max({id_}) FROM {rows}").fetchone()
    lowest, highest = found or (0, 0)
    tick = f"({id_} + {ticks_reserve(highest - lowest + 1) - lowest})"
    chance = "right(replace(CAST(uuid() AS VARCHAR), '-', ''), 16)"
    return f"printf('%012x7%03x', {tick} >> 12, {tick} & 4095) || {chance}"


def _found_by_name(state: State, staging: Staging, taken: Taken) -> Filling | None:
    website = "website" if "website" in taken.columns else "''"
    select = f"SELECT id, name, {website} FROM {taken.relation} WHERE _fresh"
    return _filling(state, staging, select) if taken.entity.kind == "account" else None


def _filling(state: State, staging: Staging, select: str) -> Filling | None:
    """Starts to put new accounts (id, name, website) into the search index."""
    aside = Query(state.connection.cursor(), ("id", "name", "website"), select)
    filling = account_search_fill(staging=staging, rows=state.count(f"({select})"), query=aside)
    state.ahead += [filling] if filling else []
    return filling


def _moved(state: State, taken: Taken, changed: str) -> bool:
    entity = taken.entity
    own = entity.columns.get(entity.own, "")
    if entity.kind not in HAVE_PATHS or own not in taken.types:
        return False
    differs = f"t.{quoted(own)} IS DISTINCT FROM TRY_CAST(h.{quoted(own)} AS BIGINT)"
    return bool(state.count(f"(SELECT t.id {changed} AND {differs})"))


def _stage(staging: Staging, kind: Kind, rows: Query, words: dict[str, str]) -> Staged:
    if kind == "person":
        return people.persons_stage(staging=staging, rows=rows, words=words)
    return book.book_rows_stage(staging=staging, kind=kind, rows=rows, words=words)


def _stage_new(
    state: State, staging: Staging, kind: Kind, rows: Query, words: dict[str, str]
) -> _New:
    """The staged rows, and their keys if those are apart."""
    if kind == "person":
        return people.persons_stage(staging=staging, rows=rows, words=words), None
    new = book.book_rows_stage_new(staging=staging, kind=kind, rows=rows, words=words)
    if KEY not in rows.columns or KEY in new.columns:
        return new, None
    assert state.source_id is not None
    keys = Query(rows.connection, ("id", KEY), f"SELECT id, {KEY} FROM {rows.source}")
    whole = sources.keys_stage_new(
        staging=staging,
        source_id=state.source_id,
        kind=kind,  # type: ignore[arg-type]
        rows=keys,
    )
    return new, whole or sources.keys_stage(staging=staging, rows=keys)


def _made(state: State, staging: Staging | None, kind: Kind, prepared: Prepared) -> None:
    """Rows made because something refers to them: named by what it calls them."""
    if not state.count(f"duckdb_tables() WHERE table_name = 'made_{kind}'"):
        return
    count = state.count(f"made_{kind}")
    # Without a verb: a check, which made none yet, says the same.
    made = rows_said(count, TABLE_OF[kind], one="made", many="made")
    prepared.notes.append(f"{made} from rows that name {'it' if count == 1 else 'them'}.")
    if staging is None or not count:
        return
    fields = ["target_id", _uids(state, "target_id", f"made_{kind}"), "left(name, 200)", "key"]
    columns = ["id", "uid", "name", KEY]
    if kind == "person":
        fields.append("key")
        columns.append("login")
    if kind in HAVE_PATHS:
        fields.append("'/' || target_id || '/'")
        columns.append("path")
    filling = None
    if kind == "account":
        select = "SELECT target_id, left(name, 200), '' FROM made_account"
        filling = _filling(state, staging, select)
    rows = Query(state.connection, tuple(columns), f"SELECT {', '.join(fields)} FROM made_{kind}")
    new, keys = _stage_new(state, staging, kind, rows, {})
    prepared.ready.append(Ready(kind, new=new, new_keys=keys, filling=filling))
