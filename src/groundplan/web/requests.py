"""Requests as the views get them."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from groundplan.people.contracts import Scope
from groundplan.people.models import User

from .contracts import Shell


class SignedInRequest(HttpRequest):
    """A request of somebody signed in: `viewer` is their scope."""

    user: User
    viewer: Scope
    htmx: HtmxDetails
    shell: Shell
