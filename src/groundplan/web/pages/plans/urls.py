"""Addresses of plans."""

from django.urls import path

from . import edits, history, moves, reading, rolling, states, talking, teams, views

app_name = "plans"
PLAN = "plans/<uuid:plan>/"
PART = f"{PLAN}part/<uuid:part>/"
urlpatterns = [
    path("plans/", views.plans, name="list"),
    path("plans/new/", views.new, name="new"),
    path(PLAN, views.page, name="page"),
    path(f"{PLAN}section/<slug:section>/", views.section, name="section"),
    path(f"{PLAN}below/<uuid:part>/", views.below, name="below"),
    path(f"{PLAN}check/", views.check, name="check"),
    path(f"{PLAN}part/new/", edits.part_new, name="part-new"),
    path(PART, edits.part, name="part"),
    path(f"{PART}move/", moves.move, name="move"),
    path(f"{PART}remove/", moves.remove, name="remove"),
    path(f"{PART}keep/", moves.keep, name="keep"),
    path(f"{PART}mark/", moves.mark, name="mark"),
    path(f"{PART}check-in/", moves.check_in, name="check-in"),
    path(f"{PLAN}keep/", moves.keep_all, name="keep-all"),
    path(f"{PLAN}head/", states.head, name="head"),
    path(f"{PLAN}state/", states.state, name="state"),
    path(f"{PLAN}decide/", states.decide, name="decide"),
    path(f"{PLAN}cut/", states.cut, name="cut"),
    path(f"{PLAN}team/", teams.team, name="team"),
    path(f"{PLAN}comments/", talking.comments, name="comments"),
    path(f"{PLAN}undo/<int:number>/", history.undo, name="undo"),
    path(f"{PLAN}changes/", history.changes, name="changes"),
    path(f"{PLAN}compare/", history.compare, name="compare"),
    path(f"{PLAN}versions/<int:version>/", history.version, name="version"),
    path(f"{PLAN}roll-up/", rolling.roll_up, name="roll-up"),
    path(f"{PLAN}strategies/<uuid:part>/", reading.strategy, name="strategy"),
    path(f"{PLAN}path/<uuid:part>/", reading.path_of, name="path"),
]
