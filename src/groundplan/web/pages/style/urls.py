"""The style guide."""

from django.urls import path

from . import views

app_name = "style"
urlpatterns = [
    path("style/", views.guide, name="guide"),
    path("style/grid/", views.grid, name="grid"),
]
