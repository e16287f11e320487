"""Addresses of the back-test."""

from django.urls import path

from . import views

app_name = "backtest"
urlpatterns = [
    path("whitespace/backtest/", views.page, name="page"),
    path("whitespace/backtest/run/", views.run, name="run"),
    path("whitespace/backtest/<uuid:job>/", views.progress, name="progress"),
]
