"""Addresses of one account: the page, its parts, and what can be done there."""

from django.urls import path

from . import edits, merging, parting, views

app_name = "account"
urlpatterns = [
    path("accounts/<uuid:account>/", views.page, name="page"),
    path("accounts/<uuid:account>/history/", views.history, name="history"),
    path("accounts/<uuid:account>/whitespace/", views.whitespace, name="whitespace"),
    path("accounts/<uuid:account>/why/", views.why, name="why"),
    path("accounts/<uuid:account>/range/", views.span, name="range"),
    path("accounts/<uuid:account>/changes/", views.changes, name="changes"),
    path("accounts/<uuid:account>/edit/", edits.account, name="edit"),
    path("accounts/<uuid:account>/merge/", merging.merge, name="merge"),
    path("accounts/<uuid:account>/merge/<uuid:merge>/undo/", parting.part, name="part"),
    path("accounts/<uuid:account>/claim/", edits.claim, name="claim"),
    path("accounts/<uuid:account>/statements/", edits.statement_new, name="statement-new"),
    path(
        "accounts/<uuid:account>/statements/<uuid:statement>/",
        edits.statement,
        name="statement",
    ),
    path("accounts/<uuid:account>/team/", edits.team, name="team"),
    path("accounts/<uuid:account>/contacts/", edits.contact_new, name="contact-new"),
    path("accounts/<uuid:account>/contacts/<uuid:contact>/", edits.contact, name="contact"),
    path(
        "accounts/<uuid:account>/opportunities/<uuid:opportunity>/",
        edits.opportunity,
        name="opportunity",
    ),
]
