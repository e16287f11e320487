"""Answers to edits in place: a part of the page again, its notice with undo, and what else has to
look again. Without scripts the plan is opened where the part stands."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import reswap, retarget, trigger_client_event

from groundplan.plans.contracts import Done
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast, with_toast

from .sections import SectionPage

CHANGED = "planchanged"
"""Tells the page that the plan has changed: health and outline ask again, dialogs close."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of an edit that is done. `number` is the change to undo, 0 for none."""

    plan: UUID
    text: str
    number: int = 0

    @property
    def undo(self) -> str:
        return reverse("plans:undo", args=[self.plan, self.number]) if self.number else ""


def told(plan: UUID, text: str, done: Done | None = None) -> Told:
    return Told(plan, text, done.number if done else 0)


def in_place(response: HttpResponse, said: Told, *, part: UUID | str = "") -> HttpResponse:
    """A fragment with its notice; the page puts the focus on `part`."""
    noticed = with_toast(response, said.text, undo=said.undo)
    return trigger_client_event(noticed, CHANGED, {"part": str(part)})


def section_again(
    request: SignedInRequest, page: SectionPage, said: Told, *, part: UUID | str = ""
) -> HttpResponse:
    """The whole section in its place, whatever asked for the edit."""
    response = render(request, "plans/section.html", {"section": page})
    target = retarget(reswap(response, "innerHTML"), f"#section-body-{page.code}")
    return in_place(target, said, part=part)


def at_plan(
    request: SignedInRequest, said: Told, *, place: str = "", part: UUID | str = ""
) -> HttpResponse:
    """For browsers without scripts: the plan, open where the part stands."""
    toast(request, said.text, undo=said.undo)
    address = reverse("plans:page", args=[said.plan])
    if place:
        address += f"?section={place}#{place}-{part}" if part else f"?section={place}"
    return redirect(address)
