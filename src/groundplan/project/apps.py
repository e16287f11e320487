from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The composition root: fills the registries that lower rooms expose."""

    name = "groundplan.project"

    def ready(self) -> None:
        from groundplan.project import wiring  # noqa: PLC0415 - needs the loaded models

        wiring.connect()
