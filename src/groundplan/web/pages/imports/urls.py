"""Addresses of imports and of the wizard's steps."""

from django.urls import path

from . import conflicts, undoing, views, wizard

app_name = "imports"
urlpatterns = [
    path("imports/", views.listing, name="list"),
    path("imports/conflicts/", conflicts.conflicts, name="conflicts"),
    path("imports/new/", wizard.new, name="new"),
    path("imports/uploads/<uuid:upload>/", wizard.step, name="upload"),
    path("imports/uploads/<uuid:upload>/progress/", wizard.progress, name="progress"),
    path("imports/uploads/<uuid:upload>/mapping/", wizard.mapping, name="mapping"),
    path("imports/uploads/<uuid:upload>/mapping.toml", wizard.mapping_toml, name="mapping-toml"),
    path("imports/uploads/<uuid:upload>/check/", wizard.check, name="check"),
    path("imports/uploads/<uuid:upload>/rejects.csv", wizard.check_rejects, name="check-rejects"),
    path("imports/uploads/<uuid:upload>/take/", wizard.take, name="take"),
    path("imports/uploads/<uuid:upload>/discard/", wizard.discard, name="discard"),
    path("imports/<uuid:run>/", views.run, name="run"),
    path("imports/<uuid:run>/undo/", undoing.undo, name="undo"),
    path("imports/<uuid:run>/rejects.csv", views.rejects, name="rejects"),
    path("imports/<uuid:run>/mapping.toml", views.run_mapping, name="run-mapping"),
]
