"""What can be done on an account's page: a form on GET, a service on POST, then the page again.

The forms are pages of their own and open in a dialog where scripts run.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from groundplan.book.contracts import Undo
from groundplan.book.rules import CONTACT_FIELDS, OPPORTUNITY_FIELDS, REPORTS_TO, account_fields
from groundplan.book.selectors.accounts import account_of
from groundplan.book.selectors.contacts import contact_of, contacts_to_choose
from groundplan.book.selectors.opportunities import opportunity_of
from groundplan.book.selectors.profile import statement_of
from groundplan.book.services.accounts import account_update
from groundplan.book.services.cells import opportunity_untarget
from groundplan.book.services.contacts import contact_create, contact_update
from groundplan.book.services.opportunities import opportunity_update
from groundplan.book.services.ownership import account_claim
from groundplan.book.services.statements import (
    StatementDraft,
    statement_create,
    statement_revise,
    statement_withdraw,
)
from groundplan.book.services.teams import account_team_add, account_team_remove
from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from groundplan.organisation.selectors import stages, today
from groundplan.web.answers import done_at
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast, toast_error

from .forms import StatementForm, account_form, contact_form, opportunity_form, text_of

BOTH = ["GET", "POST"]


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form, what it does, and the account it goes back to."""

    title: str | Promise
    form: forms.Form
    action: str
    back: str
    name: str
    may_withdraw: bool = False


@require_http_methods(BOTH)
def account(request: SignedInRequest, account: UUID) -> HttpResponse:
    """Edit the account's own fields."""
    row = account_of(request.viewer, account)
    fields = account_fields(row.attributes)
    form = account_form(fields, request.POST or None, initial=text_of(row, fields))
    if request.method == "POST":
        try:
            done = account_update(viewer=request.viewer, uid=account, values=form.values())
        except InvalidInput as refused:
            _refuse(form, refused)
        else:
            return _done(request, row, _("Changed."), done)
    return _form(request, row, gettext_lazy("Edit the account"), form)


@require_POST
def claim(request: SignedInRequest, account: UUID) -> HttpResponse:
    """Take an account that nobody owns."""
    try:
        done = account_claim(viewer=request.viewer, uid=account)
    except (Conflict, NotAllowed) as refused:
        toast_error(request, str(refused))
        return redirect("account:page", account)
    return _done(request, account_of(request.viewer, account), _("It is yours."), done)


@require_http_methods(BOTH)
def statement_new(request: SignedInRequest, account: UUID) -> HttpResponse:
    """State something about the account."""
    row = account_of(request.viewer, account)
    initial = {"topic": request.GET.get("topic", ""), "as_of": today()}
    form = StatementForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            statement_create(
                viewer=request.viewer,
                account_uid=account,
                topic=form.cleaned_data["topic"],
                draft=_draft(form),
            )
        except InvalidInput as refused:
            _refuse(form, refused)
        else:
            return _done(request, row, _("Stated."), part="profile")
    return _form(request, row, gettext_lazy("Add a statement"), form)


@require_http_methods(BOTH)
def statement(request: SignedInRequest, account: UUID, statement: UUID) -> HttpResponse:
    """Revise a statement by a newer one, or withdraw it."""
    old = statement_of(request.viewer, statement)
    if old.account.uid != account:
        raise NotFound("There is no such statement.")
    if "withdraw" in request.POST:
        statement_withdraw(viewer=request.viewer, uid=statement)
        return _done(request, old.account, _("Withdrawn."), part="profile")
    initial = {"text": old.text, "source": old.source, "confidence": old.confidence}
    form = StatementForm(request.POST or None, initial={**initial, "as_of": today()})
    del form.fields["topic"]
    if request.method == "POST" and form.is_valid():
        try:
            statement_revise(viewer=request.viewer, uid=statement, draft=_draft(form))
        except InvalidInput as refused:
            _refuse(form, refused)
        else:
            return _done(request, old.account, _("Revised."), part="profile")
    title = gettext_lazy("Revise the statement")
    return _form(request, old.account, title, form, may_withdraw=True)


@require_POST
def team(request: SignedInRequest, account: UUID) -> HttpResponse:
    """Add somebody to the account team, or take them off."""
    row = account_of(request.viewer, account)
    try:
        if request.POST.get("remove"):
            person = UUID(request.POST["remove"])
            account_team_remove(viewer=request.viewer, uid=account, person_uid=person)
        else:
            account_team_add(
                viewer=request.viewer,
                uid=account,
                login=request.POST.get("login", ""),
                function=request.POST.get("function", ""),
            )
    except (InvalidInput, NotAllowed, ValueError) as refused:
        toast_error(request, str(refused))
        return redirect("account:page", row.uid)
    return _done(request, row, _("The account team has changed."), part="people")


@require_http_methods(BOTH)
def contact_new(request: SignedInRequest, account: UUID) -> HttpResponse:
    """Add a contact."""
    row = account_of(request.viewer, account)
    form = contact_form(contacts_to_choose(row), request.POST or None)
    if request.method == "POST":
        try:
            contact_create(viewer=request.viewer, account_uid=account, values=form.values())
        except InvalidInput as refused:
            _refuse(form, refused)
        else:
            return _done(request, row, _("Added."), part="people")
    return _form(request, row, gettext_lazy("Add a contact"), form)


@require_http_methods(BOTH)
def contact(request: SignedInRequest, account: UUID, contact: UUID) -> HttpResponse:
    """Edit a contact."""
    row = contact_of(request.viewer, contact)
    if row.account.uid != account:
        raise NotFound("There is no such contact.")
    others = [one for one in contacts_to_choose(row.account) if one[0] != row.uid]
    boss = str(row.reports_to.uid) if row.reports_to else ""
    initial = {**text_of(row, CONTACT_FIELDS), REPORTS_TO: boss}
    form = contact_form(others, request.POST or None, initial=initial)
    if request.method == "POST":
        try:
            done = contact_update(viewer=request.viewer, uid=contact, values=form.values())
        except InvalidInput as refused:
            _refuse(form, refused)
        else:
            return _done(request, row.account, _("Changed."), done, part="people")
    return _form(request, row.account, gettext_lazy("Edit the contact"), form)


@require_http_methods(BOTH)
def opportunity(request: SignedInRequest, account: UUID, opportunity: UUID) -> HttpResponse:
    """Correct an opportunity."""
    row = opportunity_of(request.viewer, opportunity)
    if row.account.uid != account:
        raise NotFound("There is no such opportunity.")
    if "withdraw" in request.POST:
        done = opportunity_untarget(viewer=request.viewer, uid=opportunity)
        return _done(request, row.account, _("Given up."), done, part="deals")
    initial = text_of(row, OPPORTUNITY_FIELDS) | {"stage": str(row.stage_id)}
    choices = stages().values_list("pk", "name") if row.grounds is not None else ()
    form = opportunity_form(choices, request.POST or None, initial=initial)
    if request.method == "POST":
        try:
            done = opportunity_update(viewer=request.viewer, uid=opportunity, values=form.values())
        except InvalidInput as refused:
            _refuse(form, refused)
        else:
            return _done(request, row.account, _("Changed."), done, part="deals")
    title = gettext_lazy("Correct the opportunity")
    return _form(request, row.account, title, form, may_withdraw=row.grounds is not None)


def _draft(form: StatementForm) -> StatementDraft:
    given = form.cleaned_data
    return StatementDraft(given["text"], given["as_of"], given["source"], given["confidence"])


def _refuse(form: forms.Form, refused: InvalidInput) -> None:
    known = refused.field if refused.field in form.fields else None
    form.add_error(known, str(refused))


def _form(
    request: SignedInRequest,
    row: Any,
    title: str | Promise,
    form: forms.Form,
    *,
    may_withdraw: bool = False,
) -> HttpResponse:
    page = FormPage(
        title=title,
        form=form,
        action=request.path,
        back=reverse("account:page", args=[row.uid]),
        name=row.name,
        may_withdraw=may_withdraw,
    )
    template = "account/form.html" if request.htmx else "account/form_page.html"
    refused = request.method == "POST"
    return render(request, template, {"page": page}, status=422 if refused else 200)


def _done(
    request: SignedInRequest, row: Any, text: str, done: Undo | None = None, *, part: str = ""
) -> HttpResponse:
    address = reverse("accounts:undo", args=[done.token]) if done and done.token else ""
    toast(request, text, undo=address)
    back = reverse("account:page", args=[row.uid])
    return done_at(request, f"{back}#{part}" if part else back)
