"""The rows of a table as they will be stored, with ids: which are new, changed or the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from groundplan.book.services import bulk as book
from groundplan.database.bulk import Stored
from groundplan.engine.facts import TABLES
from groundplan.engine.sql import quoted
from groundplan.intake.entities import Entity
from groundplan.intake.validating.known import insert_batches
from groundplan.intake.validating.typing import SQL_TYPES
from groundplan.people.services import imports as people

from .state import State

# Above this share of a table, reading all of it is quicker than asking for single rows.
FEW = 20_000
_ATTRIBUTES = "attributes"


@dataclass(frozen=True, slots=True)
class Taken:
    """The relation `take_<table>` and the database columns it fills, with their SQL types."""

    entity: Entity
    types: dict[str, str]

    @property
    def relation(self) -> str:
        return f"take_{self.entity.table}"

    @property
    def columns(self) -> list[str]:
        return list(self.types)


def stored_rows(
    entity: Entity, columns: Sequence[str], ids: Sequence[int] | None
) -> Iterator[list[Stored]]:
    if entity.kind == "person":
        return iter(people.person_rows(columns=columns, ids=ids))
    return iter(book.book_rows(kind=entity.kind, columns=columns, ids=ids))


def taken_types(state: State, entity: Entity) -> dict[str, str]:
    """The database columns that this import fills, with their SQL types."""
    table, mapped = TABLES[entity.table], state.mapped(entity.table)
    types = {}
    for name, column in entity.columns.items():
        if name in mapped:
            whole = name in entity.refers or name in entity.words
            types[column] = "BIGINT" if whole else SQL_TYPES[table.column(name).type]
    if entity.attributes:
        types[_ATTRIBUTES] = "VARCHAR"
    return types


def load_stored(state: State, entity: Entity, types: dict[str, str]) -> None:
    """`have_<table>`: the rows as they stand, where the import may change them."""
    names = list(dict.fromkeys([*types, *entity.natural]))
    archives = [] if entity.kind in ("lead", "quota", "position") else ["archived_at"]
    fields = ", ".join(f"{quoted(name)} VARCHAR" for name in [*names, *archives])
    have = f"have_{entity.table}"
    state.connection.execute(f"CREATE OR REPLACE TABLE {have} (id BIGINT, {fields})")
    ids: list[int] | None = None
    if entity.keyed:
        key = quoted(TABLES[entity.table].key)
        rows = state.connection.execute(
            f"SELECT DISTINCT k.target_id FROM known_{entity.kind} k JOIN rows_{entity.table} r"
            f" ON r.{key} = k.key WHERE NOT k.fresh LIMIT {FEW + 1}"
        ).fetchall()
        ids = [row[0] for row in rows] if len(rows) <= FEW else None
    batches = stored_rows(entity, [*names, *archives], ids)
    every = ["id", *names, *archives]
    chosen = ", ".join(["CAST(id AS BIGINT)", *map(quoted, every[1:])])
    insert_batches(state.connection, have, every, batches, chosen)


def take_rows(state: State, entity: Entity, types: dict[str, str]) -> Taken:
    """Makes `take_<table>`: id, `_key`, `_fresh`, `_keyed` (a source key is to be added), columns.

    Expects `word_<list>` (name, id) for the entity's lists.
    """
    table, relation = TABLES[entity.table], f"take_{entity.table}"
    joins, fields = [], []
    for name, column in entity.columns.items():
        if column in types:
            sql, join = _field(entity, name, types[column])
            fields.append(f"{sql} AS {quoted(column)}")
            joins += [join] if join else []
    if entity.attributes:
        fields.append(f"coalesce(r._attributes, '{{}}') AS {_ATTRIBUTES}")
    source = f"FROM rows_{entity.table} r {' '.join(joins)}"
    chosen = ", ".join(fields)
    if entity.keyed:
        state.connection.execute(
            f"CREATE OR REPLACE TABLE {relation} AS SELECT k.target_id AS id, k.key AS _key,"
            f" k.fresh AS _fresh, NOT k.own AS _keyed, {chosen} {source} JOIN known_{entity.kind} k"
            f" ON k.key = r.{quoted(table.key)} WHERE r._fault IS NULL {_once(state, entity)}"
        )
    else:
        _take_natural(state, entity, f"SELECT {chosen}, r.rowid AS _row {source}"
                      " WHERE r._fault IS NULL")  # fmt: skip
    return Taken(entity, types)


def _once(state: State, entity: Entity) -> str:
    """SQL that takes a row once where several keys mean it, as they do after a merge: numbering
    all rows takes several times as long as finding out that none needs it."""
    several = f"(SELECT 1 FROM known_{entity.kind} GROUP BY target_id HAVING count(*) > 1 LIMIT 1)"
    if not state.count(several):
        return ""
    return "QUALIFY row_number() OVER (PARTITION BY k.target_id ORDER BY r.rowid) = 1"


def _take_natural(state: State, entity: Entity, select: str) -> None:
    """Rows without a key of their own are those with the same natural columns."""
    relation, natural = f"take_{entity.table}", ", ".join(map(quoted, entity.natural))
    same = " AND ".join(f"CAST(t.{quoted(c)} AS VARCHAR) = h.{quoted(c)}" for c in entity.natural)
    state.connection.execute(
        f"CREATE OR REPLACE TABLE {relation} AS SELECT h.id AS id, '' AS _key,"
        f" h.id IS NULL AS _fresh, false AS _keyed, t.* EXCLUDE (_row)"
        f" FROM (SELECT * FROM ({select}) QUALIFY row_number()"
        f" OVER (PARTITION BY {natural} ORDER BY _row DESC) = 1) t"
        f" LEFT JOIN have_{entity.table} h ON {same}"
    )
    new = state.count(f"{relation} WHERE _fresh")
    first = state.reserve(entity.kind, new) if new else 0
    state.connection.execute(
        f"UPDATE {relation} SET id = {first} + made.n - 1 FROM (SELECT rowid AS row,"
        f" row_number() OVER (ORDER BY rowid) AS n FROM {relation} WHERE _fresh) made"
        f" WHERE made.row = {relation}.rowid"
    )


def _field(entity: Entity, name: str, type_: str) -> tuple[str, str]:
    """SQL of a column's value, and the join it needs."""
    column = f"r.{quoted(name)}"
    if name in entity.refers:
        ref = f"ref_{entity.table}_{name}"
        return f"{ref}.target_id", f"LEFT JOIN {ref} ON {ref}.v = {column}"
    if name in entity.words:
        word = f"word_{entity.words[name]}"
        return f"{word}.id", f"LEFT JOIN {word} ON {word}.name = lower({column})"
    return (f"coalesce({column}, '')" if type_ == "VARCHAR" else column), ""


def difference(taken: Taken) -> str:
    """SQL that is true for a row of take `t` that differs from its stored row `h`."""
    tests = [
        f"t.{quoted(column)} IS DISTINCT FROM TRY_CAST(h.{quoted(column)} AS {type_})"
        for column, type_ in taken.types.items()
        if column != _ATTRIBUTES
    ]
    if _ATTRIBUTES in taken.types:
        # PostgreSQL keeps JSON in an order and with blanks of its own: what it says counts.
        ours, theirs = (f"{row}.{_ATTRIBUTES}" for row in "th")
        said = f"{_pairs(ours)} IS DISTINCT FROM {_pairs(theirs)}"
        tests.append(f"({ours} IS DISTINCT FROM {theirs} AND {said})")
    if taken.entity.kind not in ("lead", "quota", "position"):
        tests.append("h.archived_at IS NOT NULL")
    return f"({' OR '.join(tests)})"


def _pairs(column: str) -> str:
    """SQL of a JSON object's names and texts, in the order of the names."""
    return f"list_sort(map_entries(TRY_CAST(TRY_CAST({column} AS JSON) AS MAP(VARCHAR, VARCHAR))))"
