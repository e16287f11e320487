"""Addresses of the week."""

from django.urls import path

from . import views

app_name = "week"
urlpatterns = [
    path("week/", views.week_page, name="page"),
    path("week/<uuid:tactic>/", views.mark, name="mark"),
]
