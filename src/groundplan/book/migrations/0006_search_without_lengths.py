"""The search index of SQLite without the lengths of what it indexes: nothing ranks by them, and
keeping them took as long as finding the trigrams."""

from django.db import migrations

INDEX = (
    "CREATE VIRTUAL TABLE book_account_search USING fts5("
    "name, website, content='book_account', content_rowid='id', tokenize='trigram'{})"
)
TRIGGER = (
    "CREATE TRIGGER book_account_search_insert AFTER INSERT ON book_account {}BEGIN "
    "INSERT INTO book_account_search(rowid, name, website) "
    "VALUES (new.id, new.name, new.website); END"
)
MISSING = "WHEN NOT EXISTS (SELECT 1 FROM book_account_search_docsize WHERE id = new.id) "
REBUILD = "INSERT INTO book_account_search(book_account_search) VALUES ('rebuild')"


def change(apps, schema_editor):
    _make(schema_editor, ", columnsize=0", "")


def back(apps, schema_editor):
    _make(schema_editor, "", MISSING)


def _make(schema_editor, option, when):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER book_account_search_insert")
        schema_editor.execute("DROP TABLE book_account_search")
        schema_editor.execute(INDEX.format(option))
        schema_editor.execute(TRIGGER.format(when))
        schema_editor.execute(REBUILD)


class Migration(migrations.Migration):
    dependencies = [("book", "0005_an_owners_accounts_by_index")]
    operations = [migrations.RunPython(change, back)]
