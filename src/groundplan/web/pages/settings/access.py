"""Who may look at settings: whoever sees everything; who may change them: administrators."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase

from groundplan.web.requests import SignedInRequest

P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, P], HttpResponseBase]


def for_trials(view: View[P]) -> View[P]:
    """For everybody else there is no such page; who may look may also try what changes nothing."""

    @wraps(view)
    def guarded(request: SignedInRequest, /, *args: P.args, **named: P.kwargs) -> HttpResponseBase:
        if not request.viewer.sees_all:
            raise Http404
        return view(request, *args, **named)

    return guarded


def for_settings(view: View[P]) -> View[P]:
    """For everybody else there are no such pages; a leader's changes are refused."""

    @for_trials
    @wraps(view)
    def guarded(request: SignedInRequest, /, *args: P.args, **named: P.kwargs) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") and not request.viewer.may_administer:
            raise PermissionDenied
        return view(request, *args, **named)

    return guarded
