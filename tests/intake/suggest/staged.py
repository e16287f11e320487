"""Small exports as text, staged like files that somebody uploads."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from groundplan.intake.contracts import FileSuggestion, Mapping, StagedFile, TableMapping
from groundplan.intake.mapping.compile import select_sql
from groundplan.intake.reading.staging import stage_files
from groundplan.intake.suggest import Known, doubts, suggest
from groundplan.intake.workspace import open_workspace


@dataclass
class Suggested:
    """What was suggested for some files, and the rows that it makes of them."""

    mapping: Mapping
    suggestions: list[FileSuggestion]
    files: dict[str, StagedFile]
    connection: duckdb.DuckDBPyConnection

    def table(self, name: str) -> TableMapping:
        (found,) = (table for table in self.mapping.tables if table.table == name)
        return found

    @property
    def tables(self) -> list[str]:
        return [table.table for table in self.mapping.tables]

    def columns(self, name: str) -> dict[str, str]:
        """Each canonical column with its file's column, its expression or =value."""
        return {
            column: rule.column or rule.compute or f"={rule.value}"
            for column, rule in self.table(name).columns.items()
        }

    def rows(self, name: str, *columns: str) -> list[tuple[str | None, ...]]:
        """In the order of the file's lines; what shares a line in the order of its values."""
        sql = self.select(self.table(name))
        return self.connection.execute(
            f"SELECT {', '.join(columns)} FROM ({sql}) ORDER BY _line, {', '.join(columns)}"
        ).fetchall()

    def select(self, table: TableMapping) -> str:
        return select_sql(table, self.files, self.connection).sql

    def doubts(self) -> list[str]:
        return doubts(self.suggestions, self.mapping, self.files)

    def reason(self, file: str) -> str:
        return next(each.because for each in self.suggestions if each.file == file)


@contextmanager
def suggested(
    folder: Path, files: dict[str, str], known: dict[str, dict[str, str]] | None = None
) -> Iterator[Suggested]:
    """`files` are their texts by name; `known` per table the names by their ids."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    with open_workspace(folder / "work") as workspace:
        staged = stage_files([folder / name for name in files], workspace)
        relations: Known = {
            table: _known(workspace.connection, table, names)
            for table, names in (known or {}).items()
        }
        suggestions, mapping = suggest(staged, workspace.connection, relations)
        yield Suggested(
            mapping, suggestions, {file.name: file for file in staged}, workspace.connection
        )


def _known(connection: duckdb.DuckDBPyConnection, table: str, names: dict[str, str]) -> str:
    relation = f"known_{table}"
    connection.execute(f"CREATE TABLE {relation} (id VARCHAR, name VARCHAR)")
    connection.executemany(f"INSERT INTO {relation} VALUES (?, ?)", list(names.items()))
    return relation
