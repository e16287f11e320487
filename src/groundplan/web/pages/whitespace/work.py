"""From cell to work: a form on GET, a service on POST, then the page it was asked from."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from groundplan.book.contracts import CellRef, Mark, Undo
from groundplan.book.services.cells import MOST_AT_ONCE, positions_unmark
from groundplan.insight.grid import CellReason, cells_asked
from groundplan.insight.grid.spreading import cells_meant
from groundplan.insight.services.cells import cells_mark, cells_target, usual_close
from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.web.addresses import account_address
from groundplan.web.answers import done_at
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast

from .asking import current_or_404
from .chosen import MarkForm, TargetForm, WorkPage, asked_of, chosen, days_of, refs_of

BOTH = ["GET", "POST"]
TITLES: dict[str, Promise] = {
    "target": _("Make targeted opportunities"),
    "mark": _("Mark as not to be sold"),
    "unmark": _("Take marks back"),
}
TARGETS = ("whitespace", "competitor")
SPREAD = {
    "target": ("whitespace",),
    "mark": ("whitespace",),
    "unmark": ("competitor", "in_house", "not_applicable"),
}
"""Which of the cells behind one of a category or a family each deed is about."""
Fits = Callable[[CellReason], bool]
Does = Callable[[list[CellRef]], Undo]


@require_http_methods(BOTH)
def target(request: SignedInRequest) -> HttpResponse:
    """Make whitespace cells targeted opportunities."""
    current = current_or_404()
    form = TargetForm(request.POST or None, initial={"close_on": usual_close()})
    page = _page(request, current, "target", form, lambda one: one.state in TARGETS)

    def done(cells: list[CellRef]) -> Undo:
        return cells_target(
            viewer=request.viewer,
            current=current,
            cells=cells,
            close_on=form.cleaned_data["close_on"],
            each=days_of(request.POST),
        )

    return _answer(request, page, done)


@require_http_methods(BOTH)
def mark(request: SignedInRequest) -> HttpResponse:
    """Say why nothing is left to sell in cells, or who else sells there."""
    current = current_or_404()
    form = MarkForm(request.POST or None)
    page = _page(request, current, "mark", form, lambda one: one.state not in ("owned", "open"))

    def done(cells: list[CellRef]) -> Undo:
        said = Mark(**{name: form.cleaned_data[name] for name in form.fields})
        return cells_mark(viewer=request.viewer, current=current, cells=cells, mark=said)

    return _answer(request, page, done)


@require_http_methods(BOTH)
def unmark(request: SignedInRequest) -> HttpResponse:
    """Take back what people said of cells."""
    page = _page(request, current_or_404(), "unmark", None, lambda one: one.said is not None)
    return _answer(
        request, page, lambda cells: positions_unmark(viewer=request.viewer, cells=cells)
    )


def _page(
    request: SignedInRequest,
    current: CurrentSnapshot,
    kind: str,
    form: forms.Form | None,
    fits: Fits,
) -> WorkPage:
    """Raises NotAllowed for who may only look, NotFound for cells that the viewer can't see."""
    if not request.viewer.may_write:
        message = "Your role may look but not change anything."
        raise NotAllowed(message, mend="Ask an administrator for another role.")
    sent = request.POST if request.method == "POST" else request.GET
    families = sent.get("roll") == "parent"
    refs = cells_meant(
        request.viewer, current, asked_of(sent), families=families, states=SPREAD[kind]
    )
    if len(refs) > MOST_AT_ONCE:
        raise InvalidInput(
            f"These are {len(refs)} cells: choose at most {MOST_AT_ONCE}.",
            mend="Do it in several steps.",
        )
    asked = cells_asked(request.viewer, current, refs)
    fitting = [one for one in asked if fits(one)]
    from_account = sent.get("back") == "account" and bool(asked)
    return WorkPage(
        kind=kind,
        title=TITLES[kind],
        action=request.path,
        back=account_address(asked[0].account) if from_account else reverse("whitespace:page"),
        from_account=from_account,
        cells=chosen(fitting, sent),
        left_out=chosen([one for one in asked if one not in fitting], sent),
        form=form,
    )


def _answer(request: SignedInRequest, page: WorkPage, does: Does) -> HttpResponse:
    valid = page.form is None or page.form.is_valid()
    if request.method == "POST" and valid:
        try:
            # What was left out meanwhile is refused, not skipped: nobody was asked about that.
            done = does(refs_of(request.POST))
        except (InvalidInput, Conflict) as refused:
            page = _refused(page, refused)
        else:
            return _done(request, page, done)
    template = "whitespace/work_part.html" if request.htmx else "whitespace/work.html"
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"page": page}, status=status)


def _refused(page: WorkPage, refused: Any) -> WorkPage:
    field = getattr(refused, "field", "")
    if page.form is not None and field in page.form.fields:
        page.form.add_error(field, str(refused))
        return page
    return replace(page, error=str(refused))


def _done(request: SignedInRequest, page: WorkPage, done: Undo) -> HttpResponse:
    texts = {
        "target": ngettext("%(n)s opportunity made.", "%(n)s opportunities made.", done.changed),
        "mark": ngettext("%(n)s cell marked.", "%(n)s cells marked.", done.changed),
        "unmark": ngettext("%(n)s mark taken back.", "%(n)s marks taken back.", done.changed),
    }
    address = reverse("accounts:undo", args=[done.token]) if done.token else ""
    toast(request, texts[page.kind] % {"n": done.changed}, undo=address)
    return done_at(request, page.back)
