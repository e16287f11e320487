"""The doors: first run, the demonstration's switch, the theme, health."""

from django.urls import path

from . import views

app_name = "entry"
urlpatterns = [
    path("health/", views.health, name="health"),
    path("theme/", views.theme, name="theme"),
    path("demonstration/", views.demonstration_doors, name="demonstration-doors"),
    path("demonstration/open/", views.demonstration_open, name="demonstration-open"),
    path("demonstration/enter/<str:login_name>/", views.demonstration_enter, name="demonstration"),
    path("setup/", views.setup, name="setup"),
]
