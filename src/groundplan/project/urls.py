"""Every address, a line an area."""

from allauth.account.urls import urlpatterns as doors
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

# The library has more: pages on which people would change the address they sign in with, past
# their administrator and the audit log.
DOORS = (
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", RedirectView.as_view(pattern_name="account_login")),
    path("sign-in/", include([one for one in doors if one.name in DOORS])),
    path("", include("groundplan.web.urls")),
]
