"""The one-time link with which a user chooses a password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.http import HttpRequest
from django.urls import reverse

from groundplan.people.models import User


def password_link(request: HttpRequest, user: User) -> str:
    """An absolute address that lets whoever holds it set the user's password, once."""
    key = default_token_generator.make_token(user)
    path = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key}
    )
    return request.build_absolute_uri(path)
