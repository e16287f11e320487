from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class PeopleConfig(AppConfig):
    name = "groundplan.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Nobody is shown when somebody signed in last, and signing in would wait for whoever
        # writes to the database, as a large import does.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
