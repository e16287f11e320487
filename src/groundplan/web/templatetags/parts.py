"""Parts of a plan: drawn once for every shape that a part may have, then filled for every part."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from groundplan.web.days import day_text
from groundplan.web.stencils import rows_html

from .figures import figure, icon

register = template.Library()
MARKS = {
    "planned": "circle",
    "moved": "transfer",
    "done": "circle-check",
    "dropped": "circle-x",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One of a list inside a part: a field with its value, evidence, or the place of a form."""

    template: str
    label: str = ""
    value: str = ""
    address: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part as its templates say it; `base` is its address, `plan` its plan's."""

    template: str
    uid: str
    plan: str
    base: str
    kind: str
    place: str
    anchor: str
    title: str
    text: str
    owner: str
    due: str
    status: str
    status_label: str
    mark: str
    rests: str
    lines: SafeString
    citations: SafeString
    children: SafeString
    slots: SafeString
    more: str
    token: SafeString
    add_address: str
    add_slot: str
    add_label: str


@register.simple_tag(takes_context=True)
def parts(context: Context, cards: Iterable[Any]) -> SafeString:
    """`cards` are parts as the pages of plans show them, each with what hangs below it."""
    token = _token(context)
    return _joined(_drawn(card, "plans/card.html", token) for card in cards)


@register.simple_tag(takes_context=True)
def part(context: Context, card: Any) -> SafeString:
    """One part with what hangs below it."""
    return parts(context, [card])


@register.simple_tag(takes_context=True)
def part_body(context: Context, card: Any) -> SafeString:
    """What a part says, without what hangs below it."""
    return _drawn(card, "plans/card_body.html", _token(context))


@register.simple_tag
def findings(lines: Iterable[Any]) -> SafeString:
    """What the check found, a line each."""
    return _joined(
        rows_html(
            [line],
            is_error=line.severity == "error",
            is_warning=line.severity == "warning",
            is_waived=line.is_waived,
            has_section=line.section is not None,
        )
        for line in lines
    )


def _drawn(card: Any, template: str, token: SafeString) -> SafeString:
    plan, add = f"/plans/{card.plan}/", next(iter(card.adds), None)
    uid = str(card.uid)
    row = PartRow(
        template=template,
        uid=uid,
        plan=plan,
        base=f"{plan}part/{uid}/",
        kind=card.kind,
        place=card.place,
        anchor=card.anchor,
        title=card.title,
        text=_multiline(card.text),
        owner=card.owner,
        due=day_text(card.due_on) if card.due_on else "",
        status=card.status,
        status_label=card.status_label,
        mark=icon(MARKS[card.status], "", card.status_label) if card.status in MARKS else "",
        rests=_rests(card),
        lines=rows_html(_lines(card.lines)),
        citations=_joined(_cited(one) for one in card.citations),
        children=_joined(_drawn(one, "plans/card.html", token) for one in card.children),
        slots=_slots(card),
        more=_more(card.more) if card.more else "",
        token=token,
        add_address=add.address if add else "",
        add_slot=add.slot if add else "",
        add_label=add.label if add else "",
    )
    return rows_html([row], **_shape(card))


def _shape(card: Any) -> dict[str, bool]:
    """What the templates of a part decide by."""
    return {
        "may_edit": card.may_edit,
        "may_mark": card.may_mark,
        "is_suggested": card.is_suggested,
        "is_late": card.is_late,
        "is_tactic": card.kind == "tactic",
        "is_objective": card.kind == "objective",
        "is_strategy": card.kind == "strategy",
        "rests_on_facts": card.rests_on_facts,
        "has_owner": bool(card.owner),
        "has_due": bool(card.due_on),
        "has_text": bool(card.text),
        "has_lines": bool(card.lines),
        "has_citations": bool(card.citations),
        "has_rests": bool(card.citations) or card.rests_on_nothing,
        "has_below": bool(card.children or card.adds or card.more),
        "has_more": bool(card.more),
        "has_add": bool(card.adds),
    }


def _slots(card: Any) -> SafeString:
    """Where forms of new parts open; below a part that has none yet, and below each strategy, what
    to add is said, elsewhere its menu and a key do."""
    is_first = card.kind == "strategy" or not (card.children or card.more)
    return rows_html(
        (Piece("plans/card_slot.html", one.label, one.slot, one.address) for one in card.adds),
        is_first=is_first,
    )


def _lines(lines: Iterable[Any]) -> Iterable[Piece]:
    for one in lines:
        value = figure(one.figure) if one.figure else _multiline(one.text)
        yield Piece("plans/card_line.html", label=one.label, value=value)


def _cited(one: Any) -> SafeString:
    """A piece of evidence that a part rests on."""
    about = f"{one.source} {day_text(one.on) if one.on else ''}".strip()
    piece = Piece("plans/card_citation.html", one.label, address=one.address, about=about)
    return rows_html([piece], is_fact=one.is_fact, has_address=bool(one.address))


def _rests(card: Any) -> str:
    if card.rests_on_nothing:
        return gettext("rests on nothing yet")
    if not card.citations:
        return ""
    if card.rests_on_facts:
        number = len(card.citations)
        said = ngettext("rests on %(number)s fact", "rests on %(number)s facts", number)
    else:
        number = card.assumptions
        said = ngettext("rests on %(number)s assumption", "rests on %(number)s assumptions", number)
    return said % {"number": number}


def _more(number: int) -> str:
    said = ngettext("Show %(number)s tactic", "Show %(number)s tactics", number)
    return said % {"number": number}


def _multiline(text: str) -> str:
    return linebreaksbr(text) if "\n" in text or "\r" in text else text


def _joined(drawn: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(drawn))  # noqa: S308 - drawn and escaped part by part


def _token(context: Context) -> SafeString:
    token = context.get("csrf_token", "")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
