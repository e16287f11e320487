"""Changes of many accounts at once: pages of their own, in a dialog where scripts run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from groundplan.book.selectors.accounts import accounts_by_uid
from groundplan.book.services.ownership import MOST_AT_ONCE, account_owner_change
from groundplan.book.services.undo import edit_undo
from groundplan.insight.account_list import account_rows
from groundplan.insight.tier_overrides import tiers_override, tiers_override_undo
from groundplan.kernel.errors import InvalidInput, NotAllowed, NotFound
from groundplan.people.contracts import Scope
from groundplan.snapshots.selectors import current
from groundplan.web.answers import done_at
from groundplan.web.requests import SignedInRequest
from groundplan.web.toasts import toast

from .asking import asked
from .contexts import person_options
from .controls import Option

NAMED = 12


@dataclass(frozen=True, slots=True)
class BulkPage:
    """The accounts that a change is for, the first by name, and the form as it was filled in."""

    uids: tuple[str, ...]
    names: tuple[str, ...]
    more: int
    back: str
    persons: tuple[Option, ...] = ()
    filled: Mapping[str, str] = field(default_factory=dict)
    error: str = ""


@require_http_methods(["GET", "POST"])
def owner(request: SignedInRequest) -> HttpResponse:
    """Give the chosen accounts to somebody else."""
    sent = request.POST if request.method == "POST" else request.GET
    uids = _chosen(request.viewer, sent)
    login, error = sent.get("login", "").strip(), ""
    if request.method == "POST":
        try:
            done = account_owner_change(viewer=request.viewer, uids=uids, login=login)
        except (InvalidInput, NotAllowed) as refused:
            error = str(refused)
        else:
            text = ngettext(
                "%(number)s account has another owner.",
                "%(number)s accounts have another owner.",
                done.changed,
            )
            _toast_with_undo(request, text % {"number": done.changed}, done.token)
            return done_at(request, _back(sent))
    filled = {"login": login}
    page = _page(request, uids, sent, filled, persons=person_options(), error=error)
    return _answer(request, "owner", page)


@require_http_methods(["GET", "POST"])
def tier(request: SignedInRequest) -> HttpResponse:
    """Set the tier of the chosen accounts by hand, with the reason."""
    sent = request.POST if request.method == "POST" else request.GET
    uids = _chosen(request.viewer, sent)
    filled = {name: sent.get(name, "").strip() for name in ("tier", "reason", "expires_on")}
    error = ""
    if request.method == "POST":
        try:
            done = tiers_override(
                viewer=request.viewer,
                uids=uids,
                tier=filled["tier"],
                reason=filled["reason"],
                expires_on=parse_date(filled["expires_on"]) if filled["expires_on"] else None,
            )
        except (InvalidInput, NotAllowed, ValueError) as refused:
            error = str(refused)
        else:
            text = ngettext(
                "Tier of %(number)s account set.", "Tier of %(number)s accounts set.", done.changed
            )
            address = reverse("accounts:tier-undo", args=[done.token])
            toast(request, text % {"number": done.changed}, undo=address)
            return done_at(request, _back(sent))
    return _answer(request, "tier", _page(request, uids, sent, filled, error=error))


@require_POST
def tier_undo(request: SignedInRequest, token: str) -> HttpResponse:
    """Put the tiers back as they were."""
    tiers_override_undo(viewer=request.viewer, token=token)
    toast(request, _("The tiers are as they were."))
    return redirect(_referrer(request))


@require_POST
def undo(request: SignedInRequest, token: str) -> HttpResponse:
    """Take back what a toast offers to take back."""
    back = edit_undo(viewer=request.viewer, token=token)
    text = ngettext("%(number)s change undone.", "%(number)s changes undone.", back)
    toast(request, text % {"number": back})
    return redirect(_referrer(request))


def _chosen(viewer: Scope, sent: QueryDict) -> list[UUID]:
    """The accounts that are ticked, or every one of the filtered list where `all` is set."""
    if sent.get("all"):
        filters = asked(QueryDict(sent.get("query", "")))
        rows = account_rows(viewer, current(), filters.filters, sort="name")
        return [row.uid for row, _number in zip(rows, range(MOST_AT_ONCE + 1), strict=False)]
    try:
        return [UUID(text) for text in sent.getlist("account")]
    except ValueError:
        raise NotFound("There is no such account.") from None


def _page(
    request: SignedInRequest,
    uids: list[UUID],
    sent: QueryDict,
    filled: Mapping[str, str],
    *,
    persons: tuple[Option, ...] = (),
    error: str = "",
) -> BulkPage:
    accounts = accounts_by_uid(request.viewer, uids)
    if len(accounts) != len(set(uids)):
        raise NotFound("There is no such account.")
    return BulkPage(
        uids=tuple(str(account.uid) for account in accounts),
        names=tuple(account.name for account in accounts[:NAMED]),
        more=max(len(accounts) - NAMED, 0),
        back=_back(sent),
        persons=persons,
        error=error,
        filled=filled,
    )


def _answer(request: SignedInRequest, change: str, page: BulkPage) -> HttpResponse:
    form = f"accounts/{change}_form.html"
    template = form if request.htmx else "accounts/bulk.html"
    context = {"page": page, "form_template": form}
    return render(request, template, context, status=422 if page.error else 200)


def _back(sent: QueryDict) -> str:
    """The list as it was; only its query travels, so nothing leads elsewhere."""
    return f"{reverse('accounts:list')}?{asked(QueryDict(sent.get('query', ''))).query()}"


def _toast_with_undo(request: SignedInRequest, text: str, token: str) -> None:
    address = reverse("accounts:undo", args=[token]) if token else ""
    toast(request, text, undo=address)


def _referrer(request: SignedInRequest) -> str:
    """The page of ours that the toast stood on."""
    sent_from = request.headers.get("Referer", "")
    own = f"{request.scheme}://{request.get_host()}/"
    return "/" + sent_from.removeprefix(own) if sent_from.startswith(own) else "/accounts/"
