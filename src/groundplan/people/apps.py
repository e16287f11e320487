from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "groundplan.people"
    default_auto_field = "django.db.models.BigAutoField"
