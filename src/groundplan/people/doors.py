"""Sessions and attempts to sign in, on SQLite in a file of their own beside the database.

SQLite has one writer: whoever signs in would wait until a large import is written. Losing the file
loses nothing but that people sign in again, so it isn't part of a backup either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Model

DOORS = "doors"
_SESSIONS = "session_key varchar(40) PRIMARY KEY, session_data text, expire_date datetime"
_ATTEMPTS = "cache_key varchar(255) PRIMARY KEY, value text, expires datetime"
TABLES = (
    f"CREATE TABLE IF NOT EXISTS django_session ({_SESSIONS})",
    "CREATE INDEX IF NOT EXISTS session_by_end ON django_session (expire_date)",
    f"CREATE TABLE IF NOT EXISTS people_attempts ({_ATTEMPTS})",
    "CREATE INDEX IF NOT EXISTS attempt_by_end ON people_attempts (expires)",
)
"""Made by whoever opens the file first: after a restore it is new in a home that isn't."""

_KEPT_THERE = ("sessions", "django_cache")


class DoorsRouter:
    """Tells Django which tables are in the file; its migrations go on to know the database only."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        return DOORS if model._meta.app_label in _KEPT_THERE else None  # noqa: SLF001

    db_for_write = db_for_read

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool | None:
        return False if db == DOORS else None
