"""Turns the errors that services raise into answers: a page that isn't there, or a reason."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string

from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound


class RefusalMiddleware:
    """Nothing found and nothing to be known of look alike; what was refused says why.

    Views that can show a refusal where it belongs catch it themselves; this is for the rest.
    """

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET":
            # Its body is empty: browsers show their own page, as if nobody answered.
            response.content = render_to_string("405.html", request=request)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        # Raised from here, they are answered by Django's own error views, as anywhere else.
        if isinstance(error, NotFound):
            raise Http404(error.message) from error
        if isinstance(error, NotAllowed):
            raise PermissionDenied(str(error)) from error
        if isinstance(error, InvalidInput | Conflict):
            status = 409 if isinstance(error, Conflict) else 422
            return _told(request, str(error), status)
        return None


def _told(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    """The reason on a page where a page was asked for, and alone where a script asked."""
    if "text/html" in request.headers.get("Accept", "") and not getattr(request, "htmx", False):
        return render(request, "refused.html", {"reason": reason}, status=status)
    return HttpResponse(reason, status=status, content_type="text/plain")
