"""Short lists whose entries rows name by words: categories, teams, stages."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Literal, Protocol

from groundplan.book.services import bulk as book
from groundplan.database.staging import word_ids
from groundplan.intake.entities import Entity
from groundplan.intake.validating.known import insert_batches
from groundplan.organisation.services import imports as organisation
from groundplan.people.services import imports as people

from .stages import new_stages
from .state import State

List = Literal["category", "team", "stage"]


@dataclass(frozen=True, slots=True)
class Words:
    """What the import adds to the lists: the first of `names` stands as -1, the next as -2.

    Their ids are known only within the transaction that makes them.
    """

    names: dict[List, list[str]] = field(default_factory=dict)
    stages: dict[str, organisation.NewStage] = field(default_factory=dict)

    def marked(self, entity: Entity) -> dict[str, str]:
        """The entity's database columns that may hold such marks, and the table of their ids."""
        return {
            entity.columns[name]: _relation(word)
            for name, word in entity.words.items()
            if self.names.get(word)
        }


def read_words(state: State) -> Words:
    """Makes `word_<list>` (name in lower case, id or mark) of what is known and what is new."""
    stages = {} if state.dry_run else new_stages(state)
    known: dict[List, dict[str, int]] = {
        "category": book.categories_ensure(names=[]),
        "team": people.teams_ensure(names=[]),
        "stage": organisation.stages_ensure(stages={}),
    }
    new: dict[List, list[str]] = {
        "category": _named(state, "products", "category", known["category"]),
        "team": _named(state, "users", "team", known["team"]),
        "stage": [name for name in stages if name not in known["stage"]],
    }
    for word, ids in known.items():
        state.connection.execute(f"CREATE OR REPLACE TABLE word_{word} (name VARCHAR, id BIGINT)")
        rows = {name.casefold(): id_ for name, id_ in ids.items()}
        rows |= {name.casefold(): -place for place, name in enumerate(new[word], 1)}
        if rows:
            select = "lower(name), CAST(id AS BIGINT)"
            insert_batches(
                state.connection, f"word_{word}", ["name", "id"], [list(rows.items())], select
            )
    return Words({word: names for word, names in new.items() if names}, stages)


@contextmanager
def words_made(words: Words) -> Iterator[None]:
    """Adds the new words to their lists; within the block their marks can be looked up."""
    ensures: dict[List, _Ensure] = {
        "category": book.categories_ensure,
        "team": people.teams_ensure,
        "stage": lambda names: organisation.stages_ensure(stages=words.stages),
    }
    with ExitStack() as stack:
        for word, names in words.names.items():
            made = ensures[word](names=names)
            ids = {-place: made[name] for place, name in enumerate(names, 1)}
            stack.enter_context(word_ids(_relation(word), ids))
        yield


def _relation(word: List) -> str:
    return f"words_new_{word}"


def _named(state: State, table: str, column: str, known: dict[str, int]) -> list[str]:
    if table not in state.tables or state.dry_run:
        return []
    rows = state.connection.execute(
        f"SELECT min({column}) FROM rows_{table} WHERE _fault IS NULL AND {column} IS NOT NULL"
        f" GROUP BY lower({column}) ORDER BY min(rowid)"
    ).fetchall()
    there = {name.casefold() for name in known}
    return [row[0] for row in rows if row[0].casefold() not in there]


class _Ensure(Protocol):
    """A service that makes the rows of a short list."""

    def __call__(self, *, names: Iterable[str]) -> dict[str, int]: ...
