"""The cells that somebody chose, and what the forms about them show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from groundplan.book.contracts import CellRef
from groundplan.exports.excel import GLYPHS, state_words
from groundplan.insight.grid import CellReason, State
from groundplan.kernel.errors import InvalidInput, NotFound
from groundplan.kernel.figures import Figure, Trace
from groundplan.web.addresses import cell_value

MARKS: dict[str, Promise] = {
    "not_applicable": _("Not applicable: they have no use for it"),
    "in_house": _("In-house: they make it themselves"),
    "competitor": _("Competitor: somebody else supplies it"),
}
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TargetForm(forms.Form):
    """When the opportunities are expected to close."""

    close_on = forms.DateField(label=_("Expected to close on"), widget=_DAY)


class MarkForm(forms.Form):
    """Why nothing is left to sell in cells, or who else sells there."""

    position = forms.ChoiceField(label=_("What is so"), choices=list(MARKS.items()))
    competitor = forms.CharField(label=_("Competitor"), required=False, max_length=200)
    renewal_on = forms.DateField(label=_("Their contract renews on"), required=False, widget=_DAY)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("How you know: colleagues see it, and no import replaces it."),
    )


@dataclass(frozen=True, slots=True)
class ChosenCell:
    """A cell of a form; `value` is how addresses and forms name it."""

    value: str
    account: str
    product: str
    state: State
    glyph: str
    word: str
    said: str
    probability: Figure | None
    amount: Figure | None
    competitor: bool = False
    close_on: str = ""


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A form about cells: those that it is for, and those left out of it."""

    kind: str
    title: str | Promise
    action: str
    back: str
    from_account: bool
    cells: tuple[ChosenCell, ...]
    left_out: tuple[ChosenCell, ...]
    form: forms.Form | None
    error: str = ""


def asked_of(sent: QueryDict) -> list[tuple[UUID, str]]:
    """The cells that an address names, of products or categories; NotFound for what is none."""
    try:
        pairs = [text.partition("~") for text in dict.fromkeys(sent.getlist("cell"))]
        return [(UUID(account), column) for account, _tilde, column in pairs]
    except ValueError:
        raise NotFound("There is no such cell.") from None


def refs_of(sent: QueryDict) -> list[CellRef]:
    """The cells that a form names, each once; NotFound for what is none."""
    try:
        return [CellRef(account, UUID(product)) for account, product in asked_of(sent)]
    except ValueError:
        raise NotFound("There is no such cell.") from None


def days_of(sent: QueryDict) -> dict[CellRef, date]:
    """The days that single cells of a form were given. Raises InvalidInput for what is none."""
    found: dict[CellRef, date] = {}
    for ref in refs_of(sent):
        text = sent.get(f"close~{cell_value(str(ref.account), str(ref.product))}", "").strip()
        try:
            found |= {ref: date.fromisoformat(text)} if text else {}
        except ValueError:
            raise InvalidInput(_("%(text)s is not a date.") % {"text": text}) from None
    return found


def chosen(reasons: Sequence[CellReason], sent: QueryDict) -> tuple[ChosenCell, ...]:
    """The cells with their numbers, each with its way back to its facts, and what was typed."""
    words = state_words()
    return tuple(_cell(one, words[one.state], sent) for one in reasons)


def _cell(reason: CellReason, word: str, sent: QueryDict) -> ChosenCell:
    pair = {"account": reason.account, "product": reason.product}
    known = reason.estimate
    probability = amount = None
    if known is not None:
        trace = Trace.of("whitespace.probability", **pair)
        probability = Figure(known.probability, "rate", "", trace)
        trace = Trace.of("whitespace.amount", **pair)
        amount = Figure(known.amount, "money", reason.currency, trace)
    value = cell_value(reason.account, reason.product)
    return ChosenCell(
        value=value,
        account=reason.account_label,
        product=reason.product_label,
        state=reason.state,
        glyph=GLYPHS[reason.state],
        word=word,
        said=reason.said.mark.reason if reason.said else "",
        probability=probability,
        amount=amount,
        competitor=reason.state == "competitor",
        close_on=sent.get(f"close~{value}", ""),
    )
