"""Addresses of the settings."""

from django.urls import path

from .views import audit, organisation, overrides, people, rules, selling, tiers

app_name = "settings"
urlpatterns = [
    path("settings/", organisation.page, name="organisation"),
    path("settings/stages/", selling.stages, name="stages"),
    path("settings/stages/<int:stage>/", selling.stage, name="stage"),
    path("settings/rates/", selling.rates, name="rates"),
    path("settings/rates/<int:rate>/forget/", selling.rate_forget, name="rate-forget"),
    path("settings/segments/", rules.segments, name="segments"),
    path("settings/characteristics/", tiers.page, name="characteristics"),
    path("settings/characteristics/edit/", tiers.edit, name="characteristics-edit"),
    path("settings/characteristics/trial/", tiers.trial, name="characteristics-trial"),
    path("settings/characteristics/values/<int:rule>/", tiers.values, name="rule-values"),
    path("settings/characteristics/movers.csv", tiers.movers, name="characteristics-movers"),
    path("settings/characteristics/keep/", tiers.keep, name="characteristics-keep"),
    path("settings/characteristics/back/<int:entry>/", tiers.back, name="characteristics-back"),
    path("settings/overrides/", overrides.page, name="overrides"),
    path("settings/people/", people.page, name="people"),
    path("settings/people/users/new/", people.user_new, name="user-new"),
    path("settings/people/users/<uuid:user>/", people.user, name="user"),
    path("settings/people/users/<uuid:user>/link/", people.user_link, name="user-link"),
    path("settings/people/persons/<uuid:person>/", people.person, name="person"),
    path("settings/audit/", audit.page, name="audit"),
]
