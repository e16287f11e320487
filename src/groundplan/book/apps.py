from django.apps import AppConfig


class BookConfig(AppConfig):
    name = "groundplan.book"
    default_auto_field = "django.db.models.BigAutoField"
