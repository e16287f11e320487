"""What a database says of itself and of the files that belong to it."""

from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader

from groundplan.insight.kept import folders_kept as results
from groundplan.intake.kept import folders_kept as purchases
from groundplan.kernel.home import DEMONSTRATION_CODE, DEMONSTRATION_MARK, SECRET_KEY
from groundplan.snapshots.kept import folders_kept as snapshots
from groundplan.sources.files import rejects_kept

OF_THE_HOME = (SECRET_KEY, DEMONSTRATION_MARK, DEMONSTRATION_CODE)
"""Files beside the database that make a home what it is: sessions stay valid, and so on."""

WORK = "work"
"""The folder in an upload in which its files are looked at; nothing in it outlives that."""


def files_kept(home: Path, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Paths below the home of every file that the database refers to. FileNotFoundError where a
    folder or file isn't there."""
    found = [name for name in OF_THE_HOME if (home / name).exists()]
    for folder in sorted(snapshots(using) | results(using) | purchases(using)):
        if not (home / folder).is_dir():
            raise FileNotFoundError(folder)
        found += sorted(
            str(path.relative_to(home))
            for path in (home / folder).rglob("*")
            if path.is_file() and path.relative_to(home / folder).parts[0] != WORK
        )
    for path in sorted(rejects_kept(using)):
        if not (home / path).is_file():
            raise FileNotFoundError(path)
        found.append(path)
    return found


def rows_kept(using: str = DEFAULT_DB_ALIAS) -> dict[str, int]:
    """How many rows each table has."""
    connection = connections[using]
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
        counts = {}
        for name in names:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")
            counts[name] = cursor.fetchone()[0]
    return counts


def migrations_applied(using: str = DEFAULT_DB_ALIAS) -> tuple[str, ...]:
    loader = MigrationLoader(connections[using])
    return tuple(sorted(f"{app}.{name}" for app, name in loader.applied_migrations))


def migrations_unknown(names: tuple[str, ...]) -> list[str]:
    """Those of the schema changes `names` that this program doesn't have: it is older."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    replaced = {
        f"{app}.{name}"
        for migration in MigrationLoader(None).disk_migrations.values()
        for app, name in migration.replaces
    }
    return sorted(set(names) - known - replaced)
