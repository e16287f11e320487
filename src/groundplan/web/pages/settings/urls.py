"""Addresses of the settings."""

from django.urls import path

from .views import audit, organisation, people, rules, selling

app_name = "settings"
urlpatterns = [
    path("settings/", organisation.page, name="organisation"),
    path("settings/stages/", selling.stages, name="stages"),
    path("settings/stages/<int:stage>/", selling.stage, name="stage"),
    path("settings/rates/", selling.rates, name="rates"),
    path("settings/rates/<int:rate>/forget/", selling.rate_forget, name="rate-forget"),
    path("settings/segments/", rules.segments, name="segments"),
    path("settings/characteristics/", rules.characteristics, name="characteristics"),
    path("settings/characteristics/preview/", rules.preview, name="tier-preview"),
    path("settings/characteristics/new/", rules.characteristic, name="characteristic-new"),
    path(
        "settings/characteristics/<uuid:characteristic>/",
        rules.characteristic,
        name="characteristic",
    ),
    path(
        "settings/characteristics/<uuid:characteristic>/forget/",
        rules.characteristic_remove,
        name="characteristic-forget",
    ),
    path("settings/people/", people.page, name="people"),
    path("settings/people/users/new/", people.user_new, name="user-new"),
    path("settings/people/users/<uuid:user>/", people.user, name="user"),
    path("settings/people/users/<uuid:user>/link/", people.user_link, name="user-link"),
    path("settings/people/persons/<uuid:person>/", people.person, name="person"),
    path("settings/audit/", audit.page, name="audit"),
]
