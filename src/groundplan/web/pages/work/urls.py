"""Addresses of what goes on behind the pages."""

from django.urls import path

from . import views

app_name = "work"
urlpatterns = [
    path("work/", views.page, name="page"),
    path("work/analyse/", views.analyse, name="analyse"),
    path("work/indicator/", views.indicator, name="indicator"),
]
