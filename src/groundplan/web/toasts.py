"""Short notices after an action, with its undo."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django_htmx.http import trigger_client_event


def toast(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Show `text` on the next page; `undo` is an address that takes the action back by POST."""
    messages.success(request, text, extra_tags=undo)


def toast_error(request: HttpRequest, text: str) -> None:
    """Show on the next page that something was refused; it stays until dismissed."""
    messages.error(request, text)


def with_toast(
    response: HttpResponse, text: str, *, undo: str = "", is_error: bool = False
) -> HttpResponse:
    """The same for a fragment: the notice travels in the response's header."""
    detail: dict[str, str | bool] = {"text": text}
    if undo:
        detail["undo"] = undo
    if is_error:
        detail["error"] = True
    return trigger_client_event(response, "toast", detail)
