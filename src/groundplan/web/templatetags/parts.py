"""What can be done to a part of a plan: drawn once a kind, then filled for every part."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from groundplan.web.stencils import rows_html

register = template.Library()


@dataclass(frozen=True, slots=True)
class Actions:
    """A part's buttons and menu; `base` is its address, `plan` its plan's."""

    uid: str
    plan: str
    base: str
    place: str
    anchor: str
    title: str
    token: SafeString
    add_address: str
    add_slot: str
    add_label: str
    template: str = "plans/card_actions.html"


@register.simple_tag(takes_context=True)
def part_actions(context: Context, card: Any) -> SafeString:
    """`card` is a part as the pages of plans show it."""
    plan, add = f"/plans/{card.plan}/", next(iter(card.adds), None)
    row = Actions(
        uid=str(card.uid),
        plan=plan,
        base=f"{plan}part/{card.uid}/",
        place=card.place,
        anchor=card.anchor,
        title=card.title,
        token=_token(context),
        add_address=add.address if add else "",
        add_slot=add.slot if add else "",
        add_label=add.label if add else "",
    )
    return rows_html(
        [row],
        may_edit=card.may_edit,
        may_mark=card.may_mark,
        is_suggested=card.is_suggested,
        is_objective=card.kind == "objective",
        is_strategy=card.kind == "strategy",
        has_add=add is not None,
    )


def _token(context: Context) -> SafeString:
    token = context.get("csrf_token", "")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
