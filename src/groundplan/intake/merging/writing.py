"""Writes what an import takes, inside the caller's transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from groundplan.book.services import bulk as book
from groundplan.book.services.search_index import account_search_paused
from groundplan.engine.facts import TABLES
from groundplan.intake.entities import ENTITIES, TABLE_OF, Entity, Kind
from groundplan.intake.reading.tables import quoted
from groundplan.intake.validating.known import insert_batches
from groundplan.organisation.bulk import Row
from groundplan.organisation.services import imports as organisation
from groundplan.people.services import imports as people
from groundplan.sources import imports as sources

from .overriding import keep_edits
from .stages import new_stages
from .state import State
from .taking import Taken, as_stored, batches, difference, load_stored, take_rows, taken_types

_UID = "replace(CAST(uuidv7() AS VARCHAR), '-', '') AS uid"
_PATHS = ("account", "person")
_MADE: tuple[Kind, ...] = ("person", "account", "contact", "product")


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of a table's accepted rows."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


def load_all_stored(state: State) -> None:
    """Reads what the import may change; done before the transaction, to keep that short."""
    for entity in _entities(state):
        load_stored(state, entity, taken_types(state, entity))


def write_rows(state: State) -> dict[str, Changes]:
    """Writes every table but the purchases; a dry run only finds out what it would write."""
    _words(state)
    with account_search_paused(_accounts(state)):
        found = _write_entities(state)
    if "rates" in state.tables:
        found["rates"] = _write_rates(state)
    return found


def _write_entities(state: State) -> dict[str, Changes]:
    for kind in _MADE:
        _write_made(state, kind)
    found = {}
    for entity in _entities(state):
        taken = take_rows(state, entity, taken_types(state, entity))
        conflicts = keep_edits(state, taken)
        if conflicts:
            state.notes.append(f"{conflicts} edited fields of {entity.table} changed at the source")
        found[entity.table] = _write(state, taken)
        if state.complete and entity.keyed:
            _archive_gone(state, entity)
    if not state.dry_run:
        book.account_paths_refresh()
        people.person_paths_refresh()
    return found


def _accounts(state: State) -> int:
    """About how many accounts are written, to judge what that does to the search index."""
    if state.dry_run:
        return 0
    return sum(
        state.count(f"duckdb_tables() WHERE table_name = '{name}'") and state.count(name)
        for name in ("rows_accounts", "made_account")
    )


def _entities(state: State) -> list[Entity]:
    return [ENTITIES[table] for table in TABLES if table in state.tables and table in ENTITIES]


def _words(state: State) -> None:
    """`word_<list>` (name in lower case, id) for categories, teams and stages."""
    ids = {
        "category": _ensure(state, "products", "category", book.categories_ensure),
        "team": _ensure(state, "users", "team", people.teams_ensure),
        "stage": organisation.stages_ensure(stages={} if state.dry_run else new_stages(state)),
    }
    for word, known in ids.items():
        state.connection.execute(f"CREATE TABLE word_{word} (name VARCHAR, id BIGINT)")
        rows = list({name.casefold(): id_ for name, id_ in known.items()}.items())
        if rows:
            select = "lower(name), CAST(id AS BIGINT)"
            insert_batches(state.connection, f"word_{word}", ["name", "id"], [rows], select)


def _ensure(state: State, table: str, column: str, ensure: "_Ensure") -> dict[str, int]:
    names: list[str] = []
    if table in state.tables and not state.dry_run:
        rows = state.connection.execute(
            f"SELECT min({column}) FROM rows_{table} WHERE _fault IS NULL AND {column} IS NOT NULL"
            f" GROUP BY lower({column}) ORDER BY min(rowid)"
        ).fetchall()
        known = {name.casefold() for name in ensure(names=[])}
        names = [row[0] for row in rows if row[0].casefold() not in known]
    return ensure(names=names)


class _Ensure(Protocol):
    """A service that makes the rows of a short list."""

    def __call__(self, *, names: Iterable[str]) -> dict[str, int]: ...


def _write(state: State, taken: Taken) -> Changes:
    have = f"have_{taken.entity.table}"
    relation, kind = taken.relation, taken.entity.kind
    created = state.count(f"{relation} WHERE _fresh")
    changed = (
        f"FROM {relation} t JOIN {have} h ON h.id = t.id WHERE NOT t._fresh AND {difference(taken)}"
    )
    updated = state.count(f"(SELECT t.id {changed})")
    total = state.count(relation)
    if not state.dry_run:
        _insert_new(state, taken)
        values = ", ".join(as_stored(f"t.{quoted(c)}", t) for c, t in taken.types.items())
        lives = kind not in ("lead", "quota", "position")
        columns = [*taken.columns, *(["archived_at"] if lives else [])]
        nothing = ", NULL" if lives else ""
        _update(kind, columns, batches(state, f"SELECT {values}{nothing}, t.id {changed}"))
        if taken.entity.keyed:
            keys = f"SELECT {state.source_id}, '{kind}', _key, id FROM {relation} WHERE _keyed"
            sources.keys_insert(batches=batches(state, keys))
    return Changes(created, updated, total - created - updated)


def _insert_new(state: State, taken: Taken) -> None:
    kind = taken.entity.kind
    fields, columns = ["id"], ["id"]
    if taken.entity.has_uid:
        fields.append(_UID)
        columns.append("uid")
    if kind in _PATHS:
        fields.append("'/' || id || '/'")
        columns.append("path")
    fields += [as_stored(quoted(column), type_) for column, type_ in taken.types.items()]
    select = f"SELECT {', '.join(fields)} FROM {taken.relation} WHERE _fresh ORDER BY id"
    _insert(kind, [*columns, *taken.columns], batches(state, select))


def _insert(kind: Kind, columns: Sequence[str], rows: Iterable[Sequence[Row]]) -> None:
    if kind == "person":
        people.persons_import(columns=columns, batches=rows)
    else:
        book.book_rows_insert(kind=kind, columns=columns, batches=rows)


def _update(kind: Kind, columns: Sequence[str], rows: Iterable[Sequence[Row]]) -> None:
    if kind == "person":
        people.persons_import_update(columns=columns, batches=rows)
    else:
        book.book_rows_update(kind=kind, columns=columns, batches=rows)


def _write_made(state: State, kind: Kind) -> None:
    """Rows made because something refers to them: named by what it calls them."""
    if not state.count(f"duckdb_tables() WHERE table_name = 'made_{kind}'"):
        return
    count = state.count(f"made_{kind}")
    state.notes.append(f"{count} {TABLE_OF[kind]} made from rows that name them")
    if state.dry_run:
        return
    fields, columns = ["target_id", _UID, "left(name, 200)"], ["id", "uid", "name"]
    if kind == "person":
        fields.append("key")
        columns.append("login")
    if kind in _PATHS:
        fields.append("'/' || target_id || '/'")
        columns.append("path")
    select = f"SELECT {', '.join(fields)} FROM made_{kind} ORDER BY target_id"
    _insert(kind, columns, batches(state, select))
    keys = f"SELECT {state.source_id}, '{kind}', key, target_id FROM made_{kind}"
    sources.keys_insert(batches=batches(state, keys))


def _archive_gone(state: State, entity: Entity) -> None:
    """What this source once had and doesn't have any more, rejected rows being there still."""
    key = quoted(TABLES[entity.table].key)
    rows = state.connection.execute(
        f"SELECT DISTINCT target_id FROM known_{entity.kind} WHERE own AND target_id NOT IN"
        f" (SELECT k.target_id FROM known_{entity.kind} k JOIN rows_{entity.table} r"
        f" ON r.{key} = k.key)"
    ).fetchall()
    ids = [row[0] for row in rows]
    if not ids:
        return
    state.notes.append(f"{len(ids)} {entity.table} are gone from the source and archived")
    if state.dry_run:
        return
    if entity.kind == "person":
        people.persons_archive(ids=ids)
    else:
        book.book_rows_archive(kind=entity.kind, ids=ids)


def _write_rates(state: State) -> Changes:
    rows = state.connection.execute(
        "SELECT currency, CAST(date AS VARCHAR), CAST(rate AS VARCHAR) FROM rows_rates"
        " WHERE _fault IS NULL"
    ).fetchall()
    if not state.dry_run:
        organisation.rates_import(rates=rows)
    return Changes(created=len(rows))
