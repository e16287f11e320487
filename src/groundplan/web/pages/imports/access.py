"""Only who may import sees imports: they hold everybody's rows."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponseBase

from groundplan.web.requests import SignedInRequest

P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, P], HttpResponseBase]


def for_importers(view: View[P]) -> View[P]:
    """For everybody else there are no such pages."""

    @wraps(view)
    def guarded(request: SignedInRequest, /, *args: P.args, **named: P.kwargs) -> HttpResponseBase:
        if not request.viewer.may_import:
            raise Http404
        return view(request, *args, **named)

    return guarded
