"""The page in place of results that aren't there yet."""

from dataclasses import dataclass
from typing import Literal

from django.http import HttpResponse
from django.shortcuts import render

from groundplan.book.selectors.accounts import has_accounts
from groundplan.insight.deeds import ANALYSE
from groundplan.organisation.jobs.under_way import job_last
from groundplan.people.contracts import Scope

from .requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why there are no results: nothing was imported, the first analysis is under way, it failed
    with `error`, or nobody asked for one. `may_mend`: the viewer may import and analyse."""

    state: Literal["empty", "under_way", "failed", "never"]
    error: str
    may_mend: bool


def why_nothing(viewer: Scope) -> Nothing:
    """What to say where results would be."""
    if not has_accounts(viewer):
        return Nothing("empty", "", viewer.may_import)
    job = job_last(ANALYSE)
    if job is None:
        return Nothing("never", "", viewer.may_import)
    failed = job.state == "failed"
    return Nothing("failed" if failed else "under_way", job.error, viewer.may_import)


def nothing_yet(request: SignedInRequest, template: str) -> HttpResponse:
    """`template` leads to an import, or says what became of the first analysis of one."""
    return render(request, template, {"nothing": why_nothing(request.viewer)})
