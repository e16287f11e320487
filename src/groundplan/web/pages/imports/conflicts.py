"""Conflicts between people's edits and their source: a page for everybody, of what they may see."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from groundplan.book.selectors.accounts import account_of
from groundplan.book.selectors.conflicts import conflicts_of
from groundplan.book.services.conflicts import MOST_AT_ONCE, Keep, conflicts_settle
from groundplan.kernel.errors import InvalidInput, NotAllowed, NotFound
from groundplan.people.contracts import Scope
from groundplan.web.pages.account.conflicts import ConflictLine, conflict_lines
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast, toast_error

SHOWN = 200


@dataclass(frozen=True, slots=True)
class ConflictsPage:
    """The first conflicts, of all accounts or of one, and how many there are."""

    account: str
    account_uid: UUID | None
    lines: tuple[ConflictLine, ...]
    count: int
    at_once: int
    may_write: bool
    may_import: bool


@require_http_methods(["GET", "POST"])
def conflicts(request: SignedInRequest) -> HttpResponse:
    """What people edited and the source has changed since; settled one by one or together."""
    given = request.POST if request.method == "POST" else request.GET
    account = _account(request.viewer, given.get("account", ""))
    if request.method == "POST":
        return _settle(request, account)
    found = conflicts_of(request.viewer, account)
    page = ConflictsPage(
        account=account.name if account else "",
        account_uid=account.uid if account else None,
        lines=conflict_lines(found[:SHOWN]),
        count=len(found),
        at_once=min(len(found), MOST_AT_ONCE),
        may_write=request.viewer.may_write,
        may_import=request.viewer.may_import,
    )
    return render(request, "imports/conflicts.html", {"page": page})


def _settle(request: SignedInRequest, account: Any) -> HttpResponse:
    ids, keep = _asked(request, account)
    try:
        done = conflicts_settle(viewer=request.viewer, override_ids=ids, keep=keep)
    except (InvalidInput, NotAllowed, NotFound) as refused:
        toast_error(request, str(refused))
    else:
        text = ngettext(
            "%(number)s conflict settled.", "%(number)s conflicts settled.", done.changed
        )
        address = reverse("accounts:undo", args=[done.token])
        toast(request, text % {"number": done.changed}, undo=address)
    if account is not None and "back" in request.POST:
        return redirect("account:page", account.uid)
    query = f"?account={account.uid}" if account else ""
    return redirect(reverse("imports:conflicts") + query)


def _asked(request: SignedInRequest, account: Any) -> tuple[list[int], Keep]:
    """Which conflicts, and which side: of one row's button, of the ticked ones, of all."""
    sent = request.POST
    side, _colon, one = sent.get("one", "").partition(":")
    keep: Keep = "source" if "source" in (side, sent.get("ticked"), sent.get("all")) else "mine"
    if "all" in sent:
        found = conflicts_of(request.viewer, account)[:MOST_AT_ONCE]
        return [line.conflict.override_id for line in found], keep
    numbers = [one] if one else sent.getlist("conflict")
    return [int(number) for number in numbers if number.isdecimal()], keep


def _account(viewer: Scope, uid: str) -> Any:
    if not uid:
        return None
    try:
        return account_of(viewer, UUID(uid))
    except ValueError:
        raise NotFound(_("There is no such account.")) from None
