"""The first page: the viewer's own book, or their team's."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from groundplan.snapshots.selectors import current
from groundplan.web.requests import SignedInRequest

from .contexts import book_page, whose_book


@require_GET
def book(request: SignedInRequest) -> HttpResponse:
    """`?scope=mine` or `team`; whoever has reports begins with their team."""
    whose = whose_book(request.viewer, request.GET.get("scope", ""))
    page = book_page(request.viewer, current(), whose)
    return render(request, "book/page.html", {"page": page})
