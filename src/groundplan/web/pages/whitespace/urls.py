"""Addresses of the whitespace."""

from django.urls import path

from . import views, work

app_name = "whitespace"
urlpatterns = [
    path("whitespace/", views.page, name="page"),
    path("whitespace/cells.json", views.cells, name="cells"),
    path("whitespace/cell/", views.cell, name="cell"),
    path("whitespace/target/", work.target, name="target"),
    path("whitespace/mark/", work.mark, name="mark"),
    path("whitespace/unmark/", work.unmark, name="unmark"),
    path("whitespace/totals/", views.totals, name="totals"),
    path("whitespace/workbook.xlsx", views.workbook, name="workbook"),
]
