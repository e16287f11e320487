"""Undoing a merge: a look at what goes back, what stays and what was done since, then the undo."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from groundplan.book.selectors.accounts import account_of
from groundplan.book.selectors.cells import CELL
from groundplan.book.services.merging_since import LaterDeed, MergeUndo
from groundplan.book.services.merging_undo import account_merge_undo
from groundplan.kernel.errors import Conflict, NotAllowed
from groundplan.web.change_words import ACTIONS, field_word
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast, toast_error

MOST_DEEDS = 200
ROWS: dict[str, Promise] = {
    "contact": gettext_lazy("Contacts"),
    "opportunity": gettext_lazy("Opportunities"),
    "interaction": gettext_lazy("Interactions"),
    "lead": gettext_lazy("Leads"),
    "statement": gettext_lazy("Statements"),
    "division": gettext_lazy("Divisions"),
    "position": gettext_lazy("Competitor positions"),
    "team": gettext_lazy("Account team"),
    "plan": gettext_lazy("Plans"),
    "plan_part": gettext_lazy("Parts of plans that name it"),
}


@dataclass(frozen=True, slots=True)
class RowLine:
    """How many rows of a kind return and how many stay."""

    label: str | Promise
    going: int
    staying: int


@dataclass(frozen=True, slots=True)
class DeedLine:
    """What somebody did since, and to which of the two it belongs then."""

    name: str
    what: str | Promise
    fields: tuple[str | Promise, ...]
    to: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PartPage:
    """What undoing a merge would do."""

    uid: UUID
    merge: UUID
    winner: str
    loser: str
    actor: str
    at: datetime
    rows: tuple[RowLine, ...]
    emptied: tuple[str | Promise, ...]
    changed: tuple[str | Promise, ...]
    imports: tuple[tuple[str, datetime], ...]
    deeds: tuple[DeedLine, ...]
    more_deeds: int


@require_http_methods(["GET", "POST"])
def part(request: SignedInRequest, account: UUID, merge: UUID) -> HttpResponse:
    """Look at what an undo would do; undo on POST."""
    winner = account_of(request.viewer, account)
    is_asking = request.method != "POST"
    try:
        report = account_merge_undo(viewer=request.viewer, uid=merge, dry_run=is_asking)
    except (Conflict, NotAllowed) as refused:
        toast_error(request, str(refused))
        return redirect("account:page", winner.uid)
    if is_asking:
        return render(request, "account/part_again.html", {"page": _page(report)})
    text = _("%(loser)s is an account of its own again. Its numbers follow with the next analysis.")
    toast(request, text % {"loser": report.loser.name})
    return redirect("account:page", report.loser.uid)


def _page(report: MergeUndo) -> PartPage:
    kinds = [kind for kind in ROWS if kind in report.going or kind in report.staying]
    return PartPage(
        uid=report.winner.uid,
        merge=report.uid,
        winner=report.winner.name,
        loser=report.loser.name,
        actor=report.actor,
        at=report.at,
        rows=tuple(
            RowLine(ROWS[kind], report.going.get(kind, 0), report.staying.get(kind, 0))
            for kind in kinds
        ),
        emptied=tuple(map(field_word, report.emptied)),
        changed=tuple(map(field_word, report.changed)),
        imports=report.imports,
        deeds=tuple(_deed(deed, report) for deed in report.deeds[:MOST_DEEDS]),
        more_deeds=max(len(report.deeds) - MOST_DEEDS, 0),
    )


def _deed(deed: LaterDeed, report: MergeUndo) -> DeedLine:
    return DeedLine(
        name=deed.name,
        what=ACTIONS.get(deed.action, deed.action),
        fields=tuple(field_word(field) for field in deed.detail if not field.startswith(CELL)),
        to=(report.loser if deed.goes else report.winner).name,
        author=deed.author,
        at=deed.at,
    )
