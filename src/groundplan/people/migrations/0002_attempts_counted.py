"""Where attempts to sign in are counted: together, whichever of the web processes meets them."""

from django.apps.registry import Apps
from django.conf import settings
from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The table that Django's cache in a database has; tests' databases have it before."""
    table = settings.CACHES["default"]["LOCATION"]
    database = schema_editor.connection.alias
    call_command("createcachetable", table, database=database, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
