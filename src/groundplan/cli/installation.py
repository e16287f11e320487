"""Bringing an installation up to this version of the program."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def pending_migrations() -> list[str]:
    """Names of schema changes that this program needs and the database hasn't seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def bring_up_to_date() -> None:
    """Create the database where there is none, apply schema changes where it is older."""
    if pending_migrations():
        call_command("migrate", interactive=False, verbosity=0)
