"""The mapping of an import that brings none."""

from dataclasses import dataclass

from groundplan.intake.contracts import FileSuggestion, Mapping, StagedFile
from groundplan.intake.mapping.compile import select_sql
from groundplan.intake.mapping.toml import mapping_from_toml
from groundplan.intake.models import RememberedMapping
from groundplan.intake.suggest import suggest
from groundplan.intake.workspace import Workspace
from groundplan.kernel.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Choice:
    """A mapping, and what it leaves out and why."""

    mapping: Mapping
    notes: tuple[str, ...] = ()


def chosen_mapping(source: str, files: dict[str, StagedFile], workspace: Workspace) -> Choice:
    """The one remembered for `source` if it fits the files, else the one they suggest.

    Raises InvalidInput where no file has all the columns that a table needs.
    """
    remembered = RememberedMapping.objects.filter(source__name=source).first()
    if remembered is not None:
        mapping = mapping_from_toml(remembered.toml)
        if fits(mapping, files, workspace):
            return Choice(mapping)
    suggestions, mapping = suggest(list(files.values()), workspace.connection)
    fed = {table.file for table in mapping.tables} | {
        join.file for table in mapping.tables for join in table.joins
    }
    left = [each for each in suggestions if each.file not in fed]
    notes = tuple(dict.fromkeys(f"{each.file} is not taken: {_why(each)}" for each in left))
    if not mapping.tables:
        raise InvalidInput(
            " ".join(notes) or "No file feeds any table.",
            field="mapping",
            mend="Give a mapping, or name the columns as the guide to files does.",
        )
    return Choice(mapping, notes)


def _why(suggestion: FileSuggestion) -> str:
    if suggestion.missing:
        return f"as {suggestion.table or 'any table'} it lacks {', '.join(suggestion.missing)}."
    return suggestion.because or "it looks like no table."


def fits(mapping: Mapping, files: dict[str, StagedFile], workspace: Workspace) -> bool:
    """Do all of the mapping's files and columns exist, and does it leave no file out?"""
    named = {table.file for table in mapping.tables} | {
        join.file for table in mapping.tables for join in table.joins
    }
    if not set(files) <= named | set(mapping.ignored):
        return False
    try:
        for table in mapping.tables:
            select_sql(table, files, workspace.connection)
    except InvalidInput:
        return False
    return True
