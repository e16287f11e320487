"""`{% url %}` as in Django, resolved once a name: a page has sixty, each slower than its text.

Where all arguments are uids, as on most pages, the address is found once with uids in their place
and filled from then on. Anything else is resolved as ever.
"""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as as_in_django
from django.urls import get_script_prefix, reverse

register = template.Library()
PLACES = tuple(UUID(int=place, version=4) for place in range(1, 5))
"""Uids that nothing has, to see where in an address arguments go."""


@lru_cache(maxsize=1024)
def pattern_of(name: str, places: int, keys: tuple[str, ...], _prefix: str) -> str:
    """The address called `name` with {0}, {1} for `places` uids and one more for each of `keys`."""
    args, kwargs = PLACES[:places], dict(zip(keys, PLACES[places:], strict=False))
    address = reverse(name, args=args, kwargs=kwargs).replace("{", "{{").replace("}", "}}")
    for place, uid in enumerate((*args, *kwargs.values())):
        address = address.replace(str(uid), f"{{{place}}}")
    return address


class AddressNode(URLNode):
    """Django's node, which looks the address up only where it takes something else than uids."""

    def render(self, context: Context) -> str:
        args = [arg.resolve(context) for arg in self.args]
        kwargs = {name: value.resolve(context) for name, value in self.kwargs.items()}
        values = (*args, *kwargs.values())
        if self.asvar or len(values) > len(PLACES) or not all(type(v) is UUID for v in values):
            return super().render(context)
        name = self.view_name.resolve(context)
        return pattern_of(name, len(args), tuple(kwargs), get_script_prefix()).format(*values)


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    node: Any = as_in_django(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)
