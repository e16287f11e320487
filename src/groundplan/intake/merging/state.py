"""What an import has found out by the time it merges."""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from groundplan.book.services import bulk as book
from groundplan.book.services.search_index import Filling
from groundplan.intake.contracts import Mapping, Proposal, StagedFile
from groundplan.intake.entities import Kind
from groundplan.intake.validating.typing import Typed
from groundplan.people.services import imports as people
from groundplan.sources.contracts import Json
from groundplan.sources.imports import Edited

# Ids of rows that a dry run would make: above any that a database gives out.
_IMAGINED = 1 << 60


@dataclass(slots=True)
class State:
    """One import under way. `loaded` are the tables of which an earlier import took rows,
    `scratch` is a folder for its working files, `rebases` are what sources say about edits,
    `ahead` is the search index being filled meanwhile. Nobody looked at a `suggested` mapping."""

    connection: duckdb.DuckDBPyConnection
    mapping: Mapping
    files: dict[str, StagedFile]
    typed: list[Typed]
    source_id: int | None
    loaded: set[str]
    dry_run: bool
    complete: bool
    scratch: Path
    proposals: list[Proposal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rebases: list[tuple[Edited, Json]] = field(default_factory=list)
    ahead: list[Filling] = field(default_factory=list)
    imagined: int = 0
    suggested: bool = False

    @property
    def tables(self) -> set[str]:
        return {each.mapping.table for each in self.typed}

    def reserve(self, kind: Kind, count: int) -> int:
        """The first of `count` new ids; a dry run takes none from the database."""
        if self.dry_run:
            self.imagined += count
            return _IMAGINED + self.imagined - count
        if kind == "person":
            return people.person_ids_reserve(count=count)
        return book.book_ids_reserve(kind=kind, count=count)

    def count(self, sql: str) -> int:
        found = self.connection.execute(f"SELECT count(*) FROM {sql}").fetchone()
        return int(found[0]) if found else 0

    def mapped(self, table: str) -> set[str]:
        """The canonical columns that any mapping of the table fills."""
        return {
            name
            for each in self.typed
            if each.mapping.table == table
            for name in each.compiled.origins
        }
