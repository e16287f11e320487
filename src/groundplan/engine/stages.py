"""Runs the SQL stages of a measure, each kept as a table for the stages after it."""

from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import duckdb


def run_stages(
    connection: duckdb.DuckDBPyConnection,
    package_or_folder: str | Path,
    names: Iterable[str],
    parameters: Mapping[str, object] | None = None,
) -> None:
    """Run the stage files `<name>.sql` in the order of `names`; each becomes the table `name`.

    A file holds one SELECT, which may read the tables of the stages before it. `$name` in it is a
    prepared parameter taken from `parameters`; a stage is given only those that it names, so all
    stages of a measure share one mapping. `package_or_folder` is a package's dotted name or a
    path. Tables are temporary: they belong to `connection` and are replaced by the next run.
    Materialising each stage keeps the database from inlining one stage into the next, which costs
    far more than writing the rows once.

    Raises the database's own error with the stage named in a note, ValueError for a file that
    holds anything but one statement.
    """
    folder = _folder(package_or_folder)
    for name in names:
        text = (folder / f"{name}.sql").read_text(encoding="utf-8")
        run_stage(connection, name, text, parameters)


def run_stage(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    select: str,
    parameters: Mapping[str, object] | None = None,
) -> None:
    """Run one SELECT and keep its rows as the temporary table `name`."""
    try:
        statement = _single(connection, f'CREATE OR REPLACE TEMP TABLE "{name}" AS\n{select}')
        wanted = statement.named_parameters
        given = {key: value for key, value in (parameters or {}).items() if key in wanted}
        connection.execute(statement, given or None)
    except (duckdb.Error, ValueError) as error:
        error.add_note(f"in stage {name}")
        raise


def view_stage(
    connection: duckdb.DuckDBPyConnection, package_or_folder: str | Path, name: str
) -> None:
    """The stage `name`, which takes no parameters, as a temporary view: for many rows that are
    read once, a part at a time."""
    text = (_folder(package_or_folder) / f"{name}.sql").read_text(encoding="utf-8")
    connection.execute(f'CREATE OR REPLACE TEMP VIEW "{name}" AS\n{text}')


def table_stage(
    connection: duckdb.DuckDBPyConnection, package_or_folder: str | Path, name: str
) -> None:
    """The stage `name`, which takes no parameters, as a table that other cursors see, too."""
    text = (_folder(package_or_folder) / f"{name}.sql").read_text(encoding="utf-8")
    connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS\n{text}')


def _single(connection: duckdb.DuckDBPyConnection, text: str) -> duckdb.Statement:
    statements = connection.extract_statements(text)
    if len(statements) != 1:
        raise ValueError("a stage is one statement")
    return statements[0]


def _folder(package_or_folder: str | Path) -> Traversable:
    return package_or_folder if isinstance(package_or_folder, Path) else files(package_or_folder)
