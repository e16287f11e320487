"""The page of an account and its parts that are loaded after it; each part is also a page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from groundplan.snapshots.selectors import current
from groundplan.web.requests import SignedInRequest

from . import fragments, spans
from .contexts import account_page


@require_GET
def page(request: SignedInRequest, account: UUID) -> HttpResponse:
    """The account; one that was merged leads to the one it lives on in."""
    every = request.GET.get("deals") == "all"
    context = account_page(request.viewer, current(), account, every_deal=every)
    if context.uid != account:
        return redirect("account:page", context.uid, permanent=True)
    return render(request, "account/page.html", {"page": context})


@require_GET
@vary_on_headers("HX-Request")
def history(request: SignedInRequest, account: UUID) -> HttpResponse:
    """Revenue by fiscal quarter."""
    return _part(request, "history", fragments.history(request.viewer, current(), account))


@require_GET
@vary_on_headers("HX-Request")
def whitespace(request: SignedInRequest, account: UUID) -> HttpResponse:
    """What is left to sell, with reasons."""
    return _part(request, "whitespace", fragments.whitespace(request.viewer, current(), account))


@require_GET
@vary_on_headers("HX-Request")
def why(request: SignedInRequest, account: UUID) -> HttpResponse:
    """Why the account has its tier."""
    return _part(request, "why", fragments.why(request.viewer, account))


@require_GET
@vary_on_headers("HX-Request")
def span(request: SignedInRequest, account: UUID) -> HttpResponse:
    """Where its revenue may land."""
    return _part(request, "span", spans.span(request.viewer, current(), account))


@require_GET
@vary_on_headers("HX-Request")
def changes(request: SignedInRequest, account: UUID) -> HttpResponse:
    """Who changed what."""
    return _part(request, "changes", fragments.changes(request.viewer, account))


def _part(request: SignedInRequest, name: str, context: object) -> HttpResponse:
    part = f"account/{name}.html"
    template = part if request.htmx else "account/part.html"
    return render(request, template, {"page": context, "part_template": part})
