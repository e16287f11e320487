from django.apps import AppConfig


class SnapshotsConfig(AppConfig):
    name = "groundplan.snapshots"
    default_auto_field = "django.db.models.BigAutoField"
