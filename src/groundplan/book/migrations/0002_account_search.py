"""A trigram index over account names and websites, kept by triggers or by the database itself."""

from django.db import DatabaseError, migrations, transaction

SQLITE = [
    "CREATE VIRTUAL TABLE book_account_search USING fts5("
    "name, website, content='book_account', content_rowid='id', tokenize='trigram')",
    "CREATE TRIGGER book_account_search_insert AFTER INSERT ON book_account BEGIN "
    "INSERT INTO book_account_search(rowid, name, website) "
    "VALUES (new.id, new.name, new.website); END",
    "CREATE TRIGGER book_account_search_delete AFTER DELETE ON book_account BEGIN "
    "INSERT INTO book_account_search(book_account_search, rowid, name, website) "
    "VALUES ('delete', old.id, old.name, old.website); END",
    "CREATE TRIGGER book_account_search_update AFTER UPDATE OF name, website ON book_account "
    "WHEN old.name IS NOT new.name OR old.website IS NOT new.website BEGIN "
    "INSERT INTO book_account_search(book_account_search, rowid, name, website) "
    "VALUES ('delete', old.id, old.name, old.website); "
    "INSERT INTO book_account_search(rowid, name, website) "
    "VALUES (new.id, new.name, new.website); END",
    "INSERT INTO book_account_search(book_account_search) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER book_account_search_insert",
    "DROP TRIGGER book_account_search_delete",
    "DROP TRIGGER book_account_search_update",
    "DROP TABLE book_account_search",
]
# Django's icontains compares UPPER(column::text): the index has to be on just that.
POSTGRESQL = [
    "CREATE INDEX book_account_search_name ON book_account "
    "USING gin (UPPER(name::text) gin_trgm_ops)",
    "CREATE INDEX book_account_search_website ON book_account "
    "USING gin (UPPER(website::text) gin_trgm_ops)",
]
POSTGRESQL_BACK = [
    "DROP INDEX IF EXISTS book_account_search_name",
    "DROP INDEX IF EXISTS book_account_search_website",
]


def build(apps, schema_editor):
    forwards = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql" and not _has_trigrams(schema_editor):
        return
    for statement in forwards[vendor]:
        schema_editor.execute(statement)


def _has_trigrams(schema_editor):
    """Whether pg_trgm is there or could be created: where a server doesn't have it or forbids it,
    the same search finds the same accounts by looking at each."""
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return False
    return True


def drop(apps, schema_editor):
    backwards = {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}
    for statement in backwards[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("book", "0001_initial")]
    operations = [migrations.RunPython(build, drop)]
