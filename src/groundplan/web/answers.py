"""Answers to forms that are done, on pages of their own and in dialogs alike."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRefresh

from .requests import SignedInRequest


def done_at(request: SignedInRequest, address: str) -> HttpResponse:
    """On to `address`; the page around a dialog is loaded again instead, where it was scrolled to.

    What a dialog's form is refused for comes back into the dialog with what was typed.
    """
    return HttpResponseClientRefresh() if request.htmx else redirect(address)
