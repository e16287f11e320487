"""The first page."""

from django.urls import path

from . import views

app_name = "book"
urlpatterns = [path("", views.book, name="page")]
