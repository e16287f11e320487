"""Addresses of the list of accounts."""

from django.urls import path

from . import bulk, views

app_name = "accounts"
urlpatterns = [
    path("accounts/", views.listing, name="list"),
    path("accounts/filters/", views.filters, name="filters"),
    path("accounts/export.csv", views.export, name="export"),
    path("accounts/export.xlsx", views.workbook, name="workbook"),
    path("accounts/views/", views.view_save, name="view-save"),
    path("accounts/views/<uuid:view>/", views.view_change, name="view-change"),
    path("accounts/owner/", bulk.owner, name="owner"),
    path("accounts/tier/", bulk.tier, name="tier"),
    path("accounts/tier/undo/<str:token>/", bulk.tier_undo, name="tier-undo"),
    path("accounts/undo/<str:token>/", bulk.undo, name="undo"),
]
