"""Merging another account into this one: who it is, what would move, then the merge."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groundplan.book.contracts import AccountRef
from groundplan.book.selectors.accounts import account_by_id, account_of
from groundplan.book.selectors.search import search_accounts
from groundplan.book.services.merging import MergeCounts, account_merge, merge_counts
from groundplan.book.services.merging_undo import merges_undoable
from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from groundplan.people.contracts import Scope
from groundplan.sources.selectors import target_of
from groundplan.web.change_words import FIELDS
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast, toast_error

from .parting import ROWS

MOST_FOUND = 20
REFUSED = (Conflict, InvalidInput, NotAllowed)


@dataclass(frozen=True, slots=True)
class MergePage:
    """The account that stays, the one that goes, what would move and what it fills in; `found`
    are those that it could be where a name means several."""

    uid: UUID
    name: str
    asked: str
    error: str
    found: tuple[AccountRef, ...]
    other_uid: UUID | None
    other: str
    counts: MergeCounts | None
    elsewhere: tuple[tuple[str | Promise, int], ...]
    filled: tuple[str | Promise, ...]
    merged: tuple[tuple[UUID, str], ...]


@require_http_methods(["GET", "POST"])
def merge(request: SignedInRequest, account: UUID) -> HttpResponse:
    """Look for the other account and at what would move; merge on POST."""
    winner = account_of(request.viewer, account)
    if request.method == "POST":
        return _merge(request, winner.uid)
    asked, error = request.GET.get("other", "").strip(), ""
    loser = counts = None
    found: tuple[AccountRef, ...] = ()
    if asked:
        try:
            found = _meant(request.viewer, asked, winner.pk)
            if len(found) == 1:
                loser = account_by_id(request.viewer, found[0].id)
                uids = {"winner_uid": winner.uid, "loser_uid": loser.uid}
                counts = merge_counts(viewer=request.viewer, **uids)
        except (*REFUSED, NotFound) as refused:
            error, loser = str(refused), None
    page = MergePage(
        uid=winner.uid,
        name=winner.name,
        asked=asked,
        error=error,
        found=found if len(found) > 1 else (),
        other_uid=loser.uid if loser else None,
        other=loser.name if loser else "",
        counts=counts,
        elsewhere=_elsewhere(counts) if counts else (),
        filled=tuple(FIELDS.get(name, name) for name in counts.filled) if counts else (),
        merged=tuple(merges_undoable(request.viewer, winner)),
    )
    return render(request, "account/merge.html", {"page": page})


def _elsewhere(counts: MergeCounts) -> tuple[tuple[str | Promise, int], ...]:
    return tuple((ROWS.get(kind, kind), number) for kind, number in counts.elsewhere.items())


def _merge(request: SignedInRequest, winner: UUID) -> HttpResponse:
    try:
        loser = UUID(request.POST.get("other", ""))
    except ValueError:
        raise NotFound("There is no such account.") from None
    try:
        account = account_merge(viewer=request.viewer, winner_uid=winner, loser_uid=loser)
    except REFUSED as refused:
        toast_error(request, str(refused))
    else:
        latest, _name = merges_undoable(request.viewer, account)[0]
        undo = reverse("account:part", args=[winner, latest])
        toast(request, _("Merged. Its numbers follow with the next analysis."), undo=undo)
    return redirect("account:page", winner)


def _meant(viewer: Scope, text: str, winner: int) -> tuple[AccountRef, ...]:
    """The account that an address, a name or a source's id means, or those that a name may mean;
    of the same name as the winner it is the other one. Raises NotFound for none."""
    try:
        account = account_of(viewer, UUID(text.rstrip("/").rpartition("/")[2]))
    except ValueError:
        pass
    else:
        return (AccountRef(account.pk, account.uid, account.name),)
    try:
        account = account_by_id(viewer, target_of("account", text))
    except NotFound:
        named = [one for one in search_accounts(viewer, text, MOST_FOUND) if one.id != winner]
        if not named:
            message = _("You see no other account of this name or id: %(text)s.") % {"text": text}
            raise NotFound(message, mend=_("Try a part of its name.")) from None
        same = [one for one in named if one.name.casefold() == text.casefold()]
        return tuple(same or named)
    return (AccountRef(account.pk, account.uid, account.name),)
