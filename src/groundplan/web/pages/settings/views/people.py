"""Users who sign in and persons who sell."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from groundplan.kernel.errors import Conflict, InvalidInput
from groundplan.people.models import User
from groundplan.people.selectors import persons_with_place, users
from groundplan.people.services.hierarchy import person_update
from groundplan.people.services.users import user_create, user_invite, user_update
from groundplan.web.pages.settings import contexts
from groundplan.web.pages.settings.access import for_settings
from groundplan.web.pages.settings.contexts import FormPage
from groundplan.web.pages.settings.forms import PersonForm, UserChangeForm, UserForm
from groundplan.web.pages.settings.links import password_link
from groundplan.web.pages.settings.tabs import tabs
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast

ADDING = "settings/user_new.html"
CHANGING = "settings/user.html"


@for_settings
@require_GET
def page(request: SignedInRequest) -> HttpResponse:
    """Who signs in, who sells, who reports to whom."""
    context = contexts.people_page(may_change=request.viewer.may_administer)
    return render(request, "settings/people.html", {"page": context})


@for_settings
@require_http_methods(["GET", "POST"])
@never_cache
def user_new(request: SignedInRequest) -> HttpResponse:
    """Make a user; the answer shows their link once."""
    form = UserForm(request.POST or None, persons=contexts.person_choices())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = user_create(
                viewer=request.viewer,
                email=given["email"],
                name=given["name"],
                role=given["role"],
                person_uid=given["person"],
            )
        except (InvalidInput, Conflict) as error:
            form.add_error(getattr(error, "field", "") or None, error.message)
        else:
            return _with_link(request, made)
    context = FormPage(tabs("people"), form, _("Add a user"))
    return render(request, ADDING, {"page": context}, status=422 if form.errors else 200)


@for_settings
@require_http_methods(["GET", "POST"])
def user(request: SignedInRequest, user: UUID) -> HttpResponse:
    """Change what a user may do."""
    found = _user(user)
    initial = {
        "role": found.role,
        "person": str(found.person.uid) if found.person else "",
        "is_active": found.is_active,
    }
    persons = contexts.person_choices(free_for=found.uid)
    form = UserChangeForm(request.POST or None, initial=initial, persons=persons)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            user_update(
                viewer=request.viewer,
                uid=str(user),
                role=given["role"],
                person_uid=given["person"],
                is_active=given["is_active"],
            )
        except (InvalidInput, Conflict) as error:
            form.add_error(None, str(error))
        else:
            toast(request, _("%(name)s is kept.") % {"name": found})
            return redirect("settings:people")
    context = FormPage(tabs("people"), form, str(found), found.email, found.uid)
    return render(request, CHANGING, {"page": context}, status=422 if form.errors else 200)


@for_settings
@require_POST
@never_cache
def user_link(request: SignedInRequest, user: UUID) -> HttpResponse:
    """A new link to choose a password with."""
    return _with_link(request, user_invite(viewer=request.viewer, uid=str(user)))


@for_settings
@require_http_methods(["GET", "POST"])
def person(request: SignedInRequest, person: UUID) -> HttpResponse:
    """Change where a person stands."""
    found = next((one for one in persons_with_place() if one.uid == person), None)
    if found is None:
        raise Http404
    initial = {
        "manager": str(found.manager.uid) if found.manager else "",
        "team": found.team.name if found.team else "",
        "title": found.title,
        "territory": found.territory,
    }
    managers = contexts.manager_choices(person)
    form = PersonForm(request.POST or None, initial=initial, managers=managers)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person_update(
            viewer=request.viewer,
            uid=str(person),
            manager_uid=given["manager"],
            team=given["team"],
            title=given["title"],
            territory=given["territory"],
        )
        toast(request, _("%(name)s is kept.") % {"name": found.name})
        return redirect("settings:people")
    context = FormPage(
        tabs("people"), form, found.name, found.login, found.uid, contexts.team_names()
    )
    status = 422 if form.errors else 200
    return render(request, "settings/person.html", {"page": context}, status=status)


def _user(uid: UUID) -> User:
    found = users().filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def _with_link(request: SignedInRequest, user: User) -> HttpResponse:
    # Shown in the answer and kept nowhere: whoever holds the link becomes that user.
    context = FormPage(
        tabs("people"),
        UserForm(persons=[]),
        str(user),
        user.email,
        user.uid,
        link=password_link(request, user),
    )
    return render(request, "settings/user_link.html", {"page": context})
