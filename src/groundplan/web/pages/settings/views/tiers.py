"""The editor of characteristics and thresholds: tried at once, kept only when saved."""

from collections.abc import Iterator
from functools import partial

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from groundplan.exports.contracts import Value
from groundplan.exports.csv import stream
from groundplan.insight.selectors.choices import kind_of
from groundplan.insight.selectors.trials import tier_movers, tier_trial
from groundplan.insight.services.rule_sets import (
    RuleSet,
    rule_set,
    rule_set_back,
    rule_set_keep,
)
from groundplan.kernel.errors import Conflict, InvalidInput
from groundplan.people.contracts import Scope
from groundplan.web.pages.settings.access import for_settings, for_trials
from groundplan.web.pages.settings.rules_drafts import (
    Draft,
    drafted,
    limits_of,
    posted,
    rule_rows,
)
from groundplan.web.pages.settings.rules_editor import editor_page
from groundplan.web.pages.settings.rules_preview import preview
from groundplan.web.pages.settings.rules_values import values_of
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast

PAGE, EDITOR = "settings/characteristics.html", "settings/rules_editor.html"


@for_settings
@require_GET
def page(request: SignedInRequest) -> HttpResponse:
    """What tiers are made from, as it is in force."""
    return _answer(request, drafted(rule_set()))


@for_trials
@require_POST
def edit(request: SignedInRequest) -> HttpResponse:
    """The draft with one step done to it: a rule more, moved, copied, taken out or put back."""
    return _answer(request, _posted(request))


@for_trials
@require_POST
def trial(request: SignedInRequest) -> HttpResponse:
    """What the draft would make of everybody, while it is typed."""
    context = {"preview": preview(request.viewer, _posted(request)), "live": True}
    return render(request, "settings/tier_preview.html", context)


@for_trials
@require_POST
def values(request: SignedInRequest, rule: int) -> HttpResponse:
    """The values that one rule can be compared with, narrowed by what is sought."""
    draft = _posted(request)
    found = next((one for one in draft.rules if one.key == rule), None)
    if found is None:
        return HttpResponse(status=422)
    sought = request.POST.get(f"sought-{rule}", "").strip()
    context = {"values": values_of(request.viewer, found, sought)}
    return render(request, "settings/rule_choices.html", context)


@for_trials
@require_POST
def movers(request: SignedInRequest) -> HttpResponseBase:
    """Every account that the draft would move, as CSV."""
    draft = _posted(request)
    rows, _wrong = rule_rows(draft)
    limits = limits_of(draft)
    headings = [_("Account"), _("Tier now"), _("Tier then"), _("Score"), _("Characteristics met")]

    def lines() -> Iterator[tuple[Value, ...]]:
        for one in tier_movers(request.viewer, rows, limits):
            yield one.name, one.was, one.becomes, one.score, one.met

    headers = {"Content-Disposition": 'attachment; filename="tiers-that-would-change.csv"'}
    return StreamingHttpResponse(
        stream(headings, lines()), content_type="text/csv; charset=utf-8", headers=headers
    )


@for_settings
@require_POST
def keep(request: SignedInRequest) -> HttpResponse:
    """Keep the draft as a whole, and have everything computed again."""
    draft = _posted(request)
    _rows, wrong = rule_rows(draft)
    if wrong:
        return _answer(request, draft, error=_("Some characteristics aren't complete yet."))
    try:
        wanted = _wanted(request.viewer, draft)
        entry = rule_set_keep(viewer=request.viewer, wanted=wanted, mark=draft.mark)
    except (InvalidInput, Conflict) as error:
        return _answer(request, draft, error=str(error))
    toast(
        request,
        _("Kept. Tiers are being computed again."),
        undo=reverse("settings:characteristics-back", args=[entry]),
    )
    return redirect("settings:characteristics")


@for_settings
@require_POST
def back(request: SignedInRequest, entry: int) -> HttpResponse:
    """Put the set back as it was before a change."""
    undone = rule_set_back(viewer=request.viewer, entry=entry)
    toast(
        request,
        _("The characteristics are as they were. Tiers are being computed again."),
        undo=reverse("settings:characteristics-back", args=[undone]),
    )
    return redirect("settings:characteristics")


def _posted(request: SignedInRequest) -> Draft:
    return posted(request.POST, partial(kind_of, request.viewer))


def _wanted(viewer: Scope, draft: Draft) -> RuleSet:
    """The set to keep: shares become the sums that reach them now."""
    rows, _wrong = rule_rows(draft)
    limits = limits_of(draft)
    if draft.mode != "shares":
        return RuleSet(rows, draft.by, limits.a_from, limits.b_from)
    tried = tier_trial(viewer, rows, limits)
    if tried is None:
        raise InvalidInput(_("Shares of accounts need an analysis first."), field="mode")
    found = tried.trial.thresholds
    return RuleSet(rows, draft.by, found.a_from, found.b_from)


def _answer(request: SignedInRequest, draft: Draft, *, error: str = "") -> HttpResponse:
    context = {
        "page": editor_page(request.viewer, draft, error=error, unsaved=request.method == "POST")
    }
    template = EDITOR if request.htmx else PAGE
    return render(request, template, context, status=422 if error else 200)
