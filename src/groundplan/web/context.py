"""What the shell around every page needs."""

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, object]:
    return {"viewer": getattr(request, "viewer", None)}
