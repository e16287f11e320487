"""The form of a part on its way: in place or on a page of its own, refused, or in conflict."""

from dataclasses import dataclass, replace
from datetime import datetime

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from groundplan.kernel.errors import InvalidInput
from groundplan.plans.contracts import AnyPart, EditConflict
from groundplan.plans.rules.typing import kind_of
from groundplan.web.requests import SignedInRequest

from .forms import PartForm
from .frame import Frame
from .stored import names_in, told
from .words import ADD, EDIT, field_word


@dataclass(frozen=True, slots=True)
class ClashLine:
    """A field that two people changed: what it was, what it is, what was typed."""

    name: str
    label: str
    base: str
    theirs: str
    yours: str
    who: str
    when: datetime


@dataclass(frozen=True, slots=True)
class FormPage:
    """A part's form. `draft` is what its text is kept under until it is saved; `seen` the version
    that it shows. It stands in the `slot` of a part to come, in `body`, or in the part's own."""

    plan: Frame
    title: str
    form: forms.Form
    action: str
    anchor: str
    back: str
    draft: str
    slot: str = ""
    body: str = ""
    cancel: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    seen: int | None = None
    clashes: tuple[ClashLine, ...] = ()
    may_add_another: bool = False

    @property
    def target(self) -> str:
        return f"#{self.slot or self.body or f'body-{self.anchor}'}"


def new_page(request: SignedInRequest, plan: Frame, form: PartForm, slot: str) -> FormPage:
    """A form for a part that isn't there yet."""
    return FormPage(
        plan=plan,
        title=str(ADD[form.kind]),
        form=form,
        action=request.get_full_path(),
        anchor=slot,
        back=f"/plans/{plan.uid}/",
        draft=f"{plan.viewer}:{request.get_full_path()}",
        slot=slot,
        may_add_another=True,
    )


def edit_page(
    request: SignedInRequest, plan: Frame, form: PartForm, part: AnyPart, place: str
) -> FormPage:
    """A form for a part as it stands."""
    return FormPage(
        plan=plan,
        title=str(EDIT[kind_of(part)]),
        form=form,
        action=request.get_full_path(),
        anchor=f"{place}-{part.uid}",
        back=f"/plans/{plan.uid}/?section={place}#{place}-{part.uid}",
        draft=f"{plan.viewer}:{request.path}",
        cancel=f"{request.path}?in={place}&show=1",
        seen=seen_of(request, part),
    )


def shown_form(request: SignedInRequest, page: FormPage, *, status: int = 200) -> HttpResponse:
    """The form where it was asked for."""
    template = "plans/part_form.html" if request.htmx else "plans/form_page.html"
    return render(request, template, {"page": page, "plan": page.plan}, status=status)


def refused_form(request: SignedInRequest, page: FormPage, refused: InvalidInput) -> HttpResponse:
    """The form again with the reason beside its field and everything that was typed."""
    field = "evidence_text" if refused.field == "evidence" else refused.field
    page.form.add_error(field if field in page.form.fields else None, str(refused))
    return shown_form(request, page, status=422)


def clashing_form(request: SignedInRequest, page: FormPage, clash: EditConflict) -> HttpResponse:
    """The form with both texts of each field in conflict; saving it again overrides knowingly."""
    pairs = [(one.field, value) for one in clash.clashes for value in (one.base, one.theirs)]
    typed = ((one.field, one.yours) for one in clash.clashes)
    names = names_in(request.viewer, [*pairs, *typed])
    lines = tuple(
        ClashLine(
            name=one.field,
            label=field_word(one.field),
            base=told(one.field, one.base, names),
            theirs=told(one.field, one.theirs, names),
            yours=told(one.field, one.yours, names),
            who=one.by,
            when=one.at,
        )
        for one in clash.clashes
    )
    return shown_form(request, replace(page, clashes=lines, seen=clash.version), status=422)


def with_theirs(sent: QueryDict, initial: dict[str, object]) -> QueryDict:
    """What was typed, with the present value in the field that `theirs` names."""
    typed = sent.copy()
    field = str(sent["theirs"])
    value = initial.get(field, "")
    listed = value if isinstance(value, list) else [value]
    typed.setlist(field, [str(one) for one in listed])
    return typed


def seen_of(request: SignedInRequest, part: AnyPart) -> int | None:
    """The version that whoever types saw: a refused form is still about that one."""
    sent = seen_version(request.POST)
    return part.version if sent is None else sent


def seen_version(sent: QueryDict) -> int | None:
    text = sent.get("seen", "")
    return int(text) if text.isdecimal() else None
