"""What the shell around every page needs."""

from django.http import HttpRequest

from .contracts import Shell


def shell(request: HttpRequest) -> dict[str, object]:
    """`viewer` (None for strangers) and `shell`, both made by the middleware."""
    return {
        "viewer": getattr(request, "viewer", None),
        "shell": getattr(request, "shell", Shell()),
    }
