"""Bringing an installation up to this version of the program, and tidying up after a crash."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from groundplan.kernel.home import NEW
from groundplan.kernel.occupancy import alone_in
from groundplan.kernel.steps import step

ADVISORY_KEY = 0x67706C6D
"""The lock of PostgreSQL that whoever changes the schema holds; imports have the next number."""


def pending_migrations() -> list[str]:
    """Names of schema changes that this program needs and the database hasn't seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def bring_up_to_date() -> None:
    """Create the database where there is none, apply schema changes where it is older.

    Of several that start at once one does it and the others wait.
    """
    if not pending_migrations():
        return
    with _migrating_alone():
        if pending_migrations():
            call_command("migrate", interactive=False, verbosity=0)
    step("schema.migrated")


def tidy() -> None:
    """Remove what killed processes left behind, and put what they were doing back in the queue.

    What somebody is using stays: each kind of work has its lock, and what has none goes only
    while no other process uses the home.
    """
    from groundplan.engine.disk import remove_abandoned
    from groundplan.insight.services.results import leftovers_remove as analyses_remove
    from groundplan.intake.services.sweeping import leftovers_remove as imports_remove
    from groundplan.intake.uploads.sweeping import unnamed_uploads_remove
    from groundplan.organisation.jobs import jobs_recover
    from groundplan.snapshots.services import snapshots_collect

    from .backup.taking import FOLDER as BACKUPS

    home = Path(settings.GROUNDPLAN_HOME)
    jobs_recover()
    imports_remove(home)
    snapshots_collect()
    analyses_remove()
    for folder in (home / BACKUPS).glob("*"):
        remove_abandoned(folder)
    with alone_in(home) as alone:
        if alone:
            unnamed_uploads_remove(home)
            shutil.rmtree(home / "scratch", ignore_errors=True)
            for file in home.glob(f"{NEW}*"):
                file.unlink(missing_ok=True)


@contextmanager
def _migrating_alone() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_KEY])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_KEY])
        return
    with (Path(settings.GROUNDPLAN_HOME) / ".schema").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
