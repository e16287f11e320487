"""Views of the doors: what strangers may reach, and what only changes how pages look."""

import ipaddress
from pathlib import Path
from secrets import compare_digest

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from groundplan.kernel.errors import GroundplanError, InvalidInput
from groundplan.kernel.home import demonstration_code
from groundplan.people.selectors import demonstration_user, has_users
from groundplan.people.services import setup_code_matches, theme_set
from groundplan.web.requests import SignedInRequest
from groundplan.web.shell import player, players

from .contexts import DoorsContext
from .forms import SetupForm


@require_GET
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """That pages are served and the database answers; says nothing about what it holds."""
    has_users()
    return JsonResponse({"status": "ok"})


@require_POST
def theme(request: SignedInRequest) -> HttpResponse:
    """Keep the viewer's theme; back to where they were."""
    try:
        theme_set(viewer=request.viewer, theme=request.POST.get("theme", ""))
    except InvalidInput as error:
        return HttpResponse(error.message, status=422)
    if request.htmx:
        return HttpResponse(status=204)
    return redirect("/")


@require_GET
@never_cache
def demonstration_doors(request: HttpRequest) -> HttpResponse:
    """Whom the demonstration can be seen as."""
    _only_demonstration(request)
    return render(request, "entry/doors.html", {"page": DoorsContext(players())})


@require_GET
@never_cache
def demonstration_open(request: HttpRequest) -> HttpResponse:
    """Sign in as the first of the cast with the code that `groundplan demo` shows.

    A GET may do it because only who started the demonstration knows the code.
    """
    _only_demonstration(request)
    expected = demonstration_code(Path(settings.GROUNDPLAN_HOME))
    first = next(iter(players()), None)
    user = demonstration_user(first.login) if first else None
    if user is None or not compare_digest(request.GET.get("code", "").encode(), expected.encode()):
        return redirect("entry:demonstration-doors")
    login(request, user)
    return redirect("/")


@require_http_methods(["GET", "POST"])
@never_cache
def demonstration_enter(request: HttpRequest, login_name: str) -> HttpResponse:
    """Sign in as one of the cast by POST; a GET shows the button, for it must change nothing."""
    _only_demonstration(request)
    user = demonstration_user(login_name)
    if user is None:
        raise Http404
    if request.method == "GET":
        return render(request, "entry/doors.html", {"page": DoorsContext((player(user),))})
    login(request, user)
    return redirect("/")


@require_http_methods(["GET", "POST"])
@never_cache
def setup(request: HttpRequest) -> HttpResponse:
    """The first run: the organisation and its first administrator."""
    if has_users():
        return redirect(settings.LOGIN_URL)
    code = request.POST.get("code") or request.GET.get("code", "")
    if not setup_code_matches(code):
        return render(request, "entry/setup_locked.html", status=403)
    form = SetupForm(request.POST or None, initial={"code": code})
    if form.is_valid():
        try:
            user = form.save()
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        except GroundplanError as error:
            form.add_error(None, str(error))
        else:
            login(request, user)
            return redirect("/imports/")
    return render(request, "entry/setup.html", {"form": form}, status=422 if form.errors else 200)


def _only_demonstration(request: HttpRequest) -> None:
    """404 unless this home is a demonstration and the request comes from this machine."""
    if not settings.GROUNDPLAN_DEMONSTRATION or not _from_loopback(request):
        raise Http404


def _from_loopback(request: HttpRequest) -> bool:
    # A proxy in front would make every visitor look local, so a forwarded request never counts.
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
