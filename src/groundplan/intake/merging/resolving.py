"""From typed rows to rows that know their ids and those of what they refer to."""

from collections.abc import Iterable

from groundplan.book.services import bulk as book
from groundplan.engine.facts import TABLES
from groundplan.engine.sql import quoted
from groundplan.intake.entities import ENTITIES, TABLE_OF, Entity, Kind, refers
from groundplan.intake.validating.changing import change_rows
from groundplan.intake.validating.finding import Reference
from groundplan.intake.validating.hierarchies import check_hierarchy
from groundplan.intake.validating.known import add_fresh, load_known
from groundplan.intake.validating.references import left_empty, resolve
from groundplan.intake.validating.repeats import mark_repeats
from groundplan.people.services import imports as people

from .saying import rows_said
from .state import State

_SPARE = frozenset(
    (("contacts", "reports_to_id"), ("accounts", "parent_id"), ("interactions", "contact_id"))
)
"""Exports of a selection of contacts or accounts refer to those that weren't selected; a visit is
one to its account, whoever it was that was met."""


def resolve_rows(state: State) -> None:
    """Table by table, what a table refers to before it: repeats, references, new ids."""
    _key_interactions(state)
    for kind in _kinds(state):
        load_known(state.connection, kind, state.source_id, every=state.complete)
    files = [each.mapping.file for each in state.typed]
    for table in TABLES:
        if table not in state.tables:
            continue
        mark_repeats(state.connection, table, files)
        for column, kind in refers(table).items():
            _refer(state, table, column, kind)
        entity = ENTITIES.get(table)
        if entity is not None and entity.keyed:
            _give_ids(state, entity)


def _kinds(state: State) -> list[Kind]:
    kinds: set[Kind] = set()
    for table in state.tables:
        entity = ENTITIES.get(table)
        if entity is not None:
            kinds |= {*entity.refers.values(), *([entity.kind] if entity.keyed else [])}
        kinds |= set(refers(table).values())
    return sorted(kinds)


def _refer(state: State, table: str, column: str, kind: Kind) -> None:
    by_name = any(
        column in each.mapping.match_by_name for each in state.typed if each.mapping.table == table
    )
    target = TABLE_OF[kind]
    own = ENTITIES[table].own if table in ENTITIES else ""
    # Managers are often left out of the list of those they manage.
    creates = target not in state.loaded | state.tables or (table, column) == ("users", own)
    beside = kind == "person" and target in state.loaded - state.tables
    aliases = state.mapping.aliases.get(target, {})
    apart = state.mapping.apart.get(target, ())
    spare = (table, column) in _SPARE
    reference = Reference(table, column, kind, by_name, creates, beside, aliases, apart, spare)
    state.proposals += resolve(state.connection, reference, state.reserve)
    for place, rows, line, value in left_empty(state.connection, reference):
        mapping = state.typed[place].mapping
        heading = mapping.columns[column].column or column
        state.notes.append(
            f"{rows_said(rows, table)} taken without {column}, which is unknown: the first is"
            f" {mapping.file} line {line}, {heading} {value!r}. The next import of the row once"
            " that is known joins them."
        )


def _key_interactions(state: State) -> None:
    """Interactions without an id get one from what tells them apart, so that they come once."""
    if "interactions" not in state.tables:
        return
    parts = ", ".join(map(quoted, ("account_id", "date", "kind", "subject", "contact_id")))
    lacking = "interaction_id IS NULL AND _fault IS NULL"
    change_rows(
        state.connection,
        "rows_interactions",
        {"interaction_id": "'row:' || md5(o.text) || '-' || o.n"},
        other=f"SELECT rowid AS row, concat_ws('|', {parts}) AS text, row_number() OVER"
        f" (PARTITION BY {parts} ORDER BY rowid) AS n FROM rows_interactions WHERE {lacking}",
        on="o.row = t.rowid",
        rows=state.count(f"rows_interactions WHERE {lacking}"),
    )


def _give_ids(state: State, entity: Entity) -> None:
    key = quoted(TABLES[entity.table].key)
    good = f"FROM rows_{entity.table} WHERE _fault IS NULL"
    if entity.kind == "person":
        # Logins are one list for all sources, and people write them in any case.
        state.connection.execute(
            "UPDATE rows_users SET login = k.key FROM known_person k"
            " WHERE lower(k.key) = lower(login) AND k.key <> login"
        )
    add_fresh(state.connection, entity.kind, f"SELECT {key} AS key {good}", state.reserve)
    if entity.own:
        _refer(state, entity.table, entity.own, entity.kind)

        def paths(ids: list[int]) -> Iterable[tuple[int, str]]:
            return _paths(entity.kind, ids)

        if entity.own in state.mapped(entity.table):
            check_hierarchy(state.connection, entity, paths)


def _paths(kind: Kind, ids: list[int]) -> Iterable[tuple[int, str]]:
    """Contacts keep no path: theirs is climbed."""
    if kind == "contact":
        yield from _climbed(ids)
        return
    rows = (
        people.person_rows(columns=["path"], ids=ids)
        if kind == "person"
        else book.book_rows(kind=kind, columns=["path"], ids=ids)
    )
    for batch in rows:
        for row in batch:
            yield int(str(row[0])), str(row[1])


def _climbed(ids: list[int]) -> Iterable[tuple[int, str]]:
    above: dict[int, int | None] = {}
    wanted = ids
    while wanted:
        for batch in book.book_rows(kind="contact", columns=["reports_to_id"], ids=wanted):
            above.update((int(str(row[0])), row[1] and int(str(row[1]))) for row in batch)  # type: ignore[misc]
        wanted = [up for up in set(above.values()) if up and up not in above]
    for child, parent in above.items():
        if parent:
            yield child, f"/{parent}/{child}/"
