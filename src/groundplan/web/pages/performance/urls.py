"""Addresses of performance."""

from django.urls import path

from . import views

app_name = "performance"
urlpatterns = [
    path("performance/", views.page, name="page"),
    path("performance/export.csv", views.export, name="export"),
    path("performance/workbook.xlsx", views.workbook, name="workbook"),
    path("performance/ranges/", views.ranges, name="ranges"),
    path("performance/<uuid:person>/", views.person, name="person"),
]
