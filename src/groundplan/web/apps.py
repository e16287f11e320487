from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "groundplan.web"
