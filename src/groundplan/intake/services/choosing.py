"""The mapping of an import that brings none."""

from groundplan.intake.contracts import Mapping, StagedFile
from groundplan.intake.mapping.compile import select_sql
from groundplan.intake.mapping.toml import mapping_from_toml
from groundplan.intake.models import RememberedMapping
from groundplan.intake.suggest import suggest
from groundplan.intake.workspace import Workspace
from groundplan.kernel.errors import InvalidInput


def chosen_mapping(source: str, files: dict[str, StagedFile], workspace: Workspace) -> Mapping:
    """The one remembered for `source` if it fits the files, else the one they suggest.

    Raises InvalidInput where a table that files seem to be lacks a needed column.
    """
    remembered = RememberedMapping.objects.filter(source__name=source).first()
    if remembered is not None:
        mapping = mapping_from_toml(remembered.toml)
        if fits(mapping, files, workspace):
            return mapping
    return suggest(list(files.values()), workspace.connection)[1]


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
