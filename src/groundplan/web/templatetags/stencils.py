"""`{% stencil name=value … %}…{% endstencil %}`: a part of a page that is rendered once for the
same values and language, and kept.

Most of a page says what it said on the page before: navigation, menus, dialogs, headings. What is
inside sees nothing but the values that are named, so nobody can be shown what was drawn for
somebody else: what it draws is decided by what it is kept by. The values have to be hashable. Forms
inside get the token of each request.
"""

from typing import Any, cast

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.template.loader_tags import BlockNode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from groundplan.web.stencils import MARK

register = template.Library()
KEPT = 256
"""Variants of one part that are kept: one a user for their menu, else a few."""


class StencilNode(Node):
    """`parts` are the texts between the tokens of forms."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, values: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.values = values
        self.kept: dict[tuple[Any, ...], tuple[str, ...]] = {}

    def render(self, context: Context) -> SafeString:
        values = [value.resolve(context) for value in self.values.values()]
        key = (get_language(), *values)
        parts = self.kept.get(key)
        if parts is None:
            parts = self._drawn(context, values)
            if len(self.kept) >= KEPT:
                self.kept.clear()
            self.kept[key] = parts
        if len(parts) == 1:
            return cast("SafeString", parts[0])
        token = str(context.get("csrf_token", ""))
        return mark_safe(token.join(parts))  # noqa: S308 - the template's own text and a token

    def _drawn(self, context: Context, values: list[Any]) -> tuple[str, ...]:
        own = dict(zip(self.values, values, strict=True))
        drawn = self.nodelist.render(context.new({**own, "csrf_token": MARK}))
        return tuple([mark_safe(part) for part in drawn.split(MARK)])  # noqa: S308


@register.tag
def stencil(parser: Parser, token: Token) -> StencilNode:
    name, *words = token.split_contents()
    values = token_kwargs(words, parser)
    if words:
        raise TemplateSyntaxError(f"{name} takes name=value only, not {words[0]}")
    nodelist = parser.parse((f"end{name}",))
    parser.delete_first_token()
    if nodelist.get_nodes_by_type(BlockNode):
        raise TemplateSyntaxError(f"a block inside a {name} would be the same on every page")
    return StencilNode(nodelist, values)
