"""Every page but the doors needs somebody signed in; what they may see is on the request."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import override

from groundplan.kernel.reading import reading
from groundplan.organisation.selectors import organisation
from groundplan.people.selectors import has_users, scope_of

from .requests import SignedInRequest
from .shell import shell_for

SAFE = ("GET", "HEAD")
OPEN = ("/sign-in/", "/static/", "/setup/", "/demonstration/", "/health/")


class ViewerMiddleware:
    """Puts the viewer's scope on the request; sends strangers to the sign-in page.

    Closed by default: a page someone forgets to protect is protected.
    """

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            viewed = cast("SignedInRequest", request)
            with reading() if request.method in SAFE else nullcontext():
                return self._to_viewer(viewed)
        if not request.path.startswith(OPEN):
            return self._to_sign_in(request)
        return self.respond(request)

    def _to_viewer(self, viewed: SignedInRequest) -> HttpResponse:
        viewed.viewer = scope_of(viewed.user)
        # Every time that a page writes is the organisation's, whatever zone the server is in.
        with override(ZoneInfo(organisation().time_zone)):
            # Fragments and cells come without the shell.
            if not viewed.htmx and not viewed.path.endswith(".json"):
                viewed.shell = shell_for(viewed)
            return self.respond(viewed)

    def _to_sign_in(self, request: HttpRequest) -> HttpResponse:
        address = self._door(request)
        if getattr(request, "htmx", False):
            # A fragment can't show the sign-in page in its place: the whole page has to go there.
            return HttpResponse(status=401, headers={"HX-Redirect": address})
        return redirect(address)

    def _door(self, request: HttpRequest) -> str:
        if settings.GROUNDPLAN_DEMONSTRATION:
            return reverse("entry:demonstration-doors")
        if not has_users():
            return reverse("entry:setup")
        return f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}"
