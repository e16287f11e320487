"""A transaction that looks references up at its end instead of row by row: SQLite."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction

from groundplan.kernel.steps import step


@dataclass(frozen=True, slots=True)
class _Touched:
    """Tables that got or changed rows, tables that may have lost some, and columns (`table.name`)
    that may have lost values."""

    written: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)

    def note(self, action: int, table: str | None, column: str | None, *_: object) -> int:
        """What SQLite says of a statement before it runs it, triggers' included."""
        if action == sqlite3.SQLITE_DELETE:
            self.lost.add(str(table))
        elif action in (sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE):
            self.written.add(str(table))
        if action == sqlite3.SQLITE_UPDATE:
            self.changed.add(f"{table}.{column}")
        return sqlite3.SQLITE_OK

    def referring(self) -> list[str]:
        """Tables with references that may lead nowhere now."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT m.name FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f"
                " WHERE m.type = 'table' AND (m.name IN (SELECT value FROM json_each(%s))"
                ' OR f."table" IN (SELECT value FROM json_each(%s))'
                """ OR f."table" || '.' || f."to" IN (SELECT value FROM json_each(%s)))""",
                [json.dumps(sorted(names)) for names in (self.written, self.lost, self.changed)],
            )
            return [name for (name,) in cursor.fetchall()]


@contextmanager
def references_proved() -> Iterator[None]:
    """A transaction in which SQLite looks up no reference as a row is written; those of all tables
    that the block touched are looked up at its end. Raises IntegrityError, and nothing is written,
    where one leads nowhere."""
    with connection.constraint_checks_disabled(), transaction.atomic():
        touched = _Touched()
        place = connection.connection
        place.set_authorizer(touched.note)
        try:
            yield
        finally:
            place.set_authorizer(None)
        connection.check_constraints(touched.referring())
        step("references.proved")
