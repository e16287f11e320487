"""The explanation of a number."""

from django.urls import path

from . import views

app_name = "numbers"
urlpatterns = [
    path("numbers/", views.number, name="number"),
    path("numbers/rows.csv", views.rows_csv, name="rows_csv"),
]
