"""The palette's results, as a fragment and as a page of its own."""

from django.urls import path

from . import views

app_name = "palette"
urlpatterns = [path("palette/", views.results, name="results")]
