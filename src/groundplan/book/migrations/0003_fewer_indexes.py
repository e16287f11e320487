"""No index that another one starts with; new accounts may be in the search index before they are
written."""

import django.db.models.deletion
from django.db import migrations, models

COVERED = (
    ("account", "owner_id"),
    ("contact", "account_id"),
    ("interaction", "account_id"),
    ("opportunity", "account_id"),
    ("opportunity", "owner_id"),
)
TRIGGER = (
    "CREATE TRIGGER book_account_search_insert AFTER INSERT ON book_account {}BEGIN "
    "INSERT INTO book_account_search(rowid, name, website) "
    "VALUES (new.id, new.name, new.website); END"
)
MISSING = "WHEN NOT EXISTS (SELECT 1 FROM book_account_search_docsize WHERE id = new.id) "


def change(apps, schema_editor):
    connection = schema_editor.connection
    for name, column in COVERED:
        table = apps.get_model("book", name)._meta.db_table
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, table)
        for index, told in found.items():
            single = told["index"] and told["columns"] == [column]
            if single and not (told["unique"] or told["primary_key"] or told["foreign_key"]):
                schema_editor.execute(f'DROP INDEX "{index}"')
    _trigger(schema_editor, MISSING)


def back(apps, schema_editor):
    for name, column in COVERED:
        table = apps.get_model("book", name)._meta.db_table
        schema_editor.execute(f'CREATE INDEX "{table}_{column}_again" ON "{table}" ("{column}")')
    _trigger(schema_editor, "")


def _trigger(schema_editor, when):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER book_account_search_insert")
        schema_editor.execute(TRIGGER.format(when))


def key(model, name, to, **options):
    return migrations.AlterField(model, name, models.ForeignKey(to, db_index=False, **options))


cascade = {"on_delete": django.db.models.deletion.CASCADE}
emptied = {"on_delete": django.db.models.deletion.SET_NULL, "null": True, "blank": True}


class Migration(migrations.Migration):
    dependencies = [("book", "0002_account_search")]
    operations = [
        migrations.SeparateDatabaseAndState(
            # Altering a column makes SQLite copy the table and forget its triggers.
            database_operations=[migrations.RunPython(change, back)],
            state_operations=[
                key("account", "owner", "people.person", **emptied),
                key("contact", "account", "book.account", related_name="contacts", **cascade),
                key("interaction", "account", "book.account", **cascade),
                key(
                    "opportunity",
                    "account",
                    "book.account",
                    related_name="opportunities",
                    **cascade,
                ),
                key("opportunity", "owner", "people.person", **emptied),
            ],
        )
    ]
