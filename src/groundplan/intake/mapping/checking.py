"""Is a table mapping sound, before any file is looked at."""

import difflib

from groundplan.engine.facts import TABLES, Table
from groundplan.intake.contracts import ColumnRule, TableMapping
from groundplan.kernel.errors import InvalidInput


def check_table(mapping: TableMapping) -> None:
    """Raises InvalidInput for an unknown table or column, a rule that is not exactly one of
    column, compute and value, and a required column without a rule."""
    table = TABLES.get(mapping.table)
    if table is None:
        raise InvalidInput(
            f"There is no table {mapping.table!r}.",
            field=mapping.table,
            mend=_near(mapping.table, list(TABLES)),
        )
    for name, rule in mapping.columns.items():
        _check_column(table, name, rule)
    _check_required(table, mapping)


def _check_column(table: Table, name: str, rule: ColumnRule) -> None:
    known = [column.name for column in table.columns]
    if name not in known:
        raise InvalidInput(
            f"The table {table.name} has no column {name!r}.", field=name, mend=_near(name, known)
        )
    if sum((bool(rule.column), bool(rule.compute), rule.value is not None)) != 1:
        raise InvalidInput(
            f"{table.name}.{name} needs one of column, compute and value.",
            field=name,
            mend="Name a column of the file, or write { compute = '...' } or { value = '...' }.",
        )


def _check_required(table: Table, mapping: TableMapping) -> None:
    missing = [column.name for column in table.required if column.name not in mapping.columns]
    if table.name == "leads" and not {"account_id", "name"} & set(mapping.columns):
        missing.append("account_id or name")
    if missing:
        raise InvalidInput(
            f"{table.name} from {mapping.file} lacks {', '.join(missing)}.",
            field=missing[0],
            mend="Map a column to it, compute it, fix its value, or join the file that has it.",
        )


def _near(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(known)}."
