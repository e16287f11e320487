"""Parts of pages that are drawn once for the same values."""

from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from groundplan.web.templatetags.stencils import KEPT, StencilNode

LOAD = "{% load i18n stencils %}"


class Seen:
    """Counts how often a template asked for it; equal by what it says."""

    def __init__(self, says: str) -> None:
        self.says = says
        self.asked = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seen) and other.says == self.says

    def __hash__(self) -> int:
        return hash(self.says)

    @property
    def word(self) -> str:
        self.asked += 1
        return self.says


def drawn(template: Template, **values: Any) -> str:
    return template.render(Context(values))


def test_what_says_the_same_is_drawn_once() -> None:
    template = Template(LOAD + "{% stencil one=page.one %}<b>{{ one.word }}</b>{% endstencil %}")
    first, again, other = Seen("<a>"), Seen("<a>"), Seen("<b>")
    assert drawn(template, page={"one": first}) == "<b>&lt;a&gt;</b>"
    assert drawn(template, page={"one": again}) == "<b>&lt;a&gt;</b>"
    assert drawn(template, page={"one": other}) == "<b>&lt;b&gt;</b>"
    assert (first.asked, again.asked, other.asked) == (1, 0, 1)


def test_a_stencil_knows_nothing_that_it_is_not_kept_by() -> None:
    template = Template(LOAD + "{% stencil a=a %}{{ a }}, {{ viewer }}{% endstencil %}")
    assert drawn(template, a="A", viewer="Olivia") == "A, "


def test_each_language_has_its_own() -> None:
    template = Template(LOAD + '{% stencil %}{% translate "Yes" %}{% endstencil %}')
    with translation.override("de"):
        assert drawn(template) == "Ja"
    with translation.override("en"):
        assert drawn(template) == "Yes"


def test_a_form_in_a_stencil_gets_the_token_of_its_request() -> None:
    template = Template(
        LOAD + "{% stencil %}<p>{% csrf_token %}</p>{% csrf_token %}{% endstencil %}"
    )
    field = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    for token in ("one", "other"):
        there = field.format(token)
        assert drawn(template, csrf_token=token) == f"<p>{there}</p>{there}"


def test_few_variants_of_a_part_are_kept() -> None:
    template = Template(LOAD + "{% stencil number=number %}{{ number }}{% endstencil %}")
    [node] = template.nodelist.get_nodes_by_type(StencilNode)
    for number in range(2 * KEPT + 10):
        assert drawn(template, number=number) == str(number)
        assert isinstance(node, StencilNode)
        assert len(node.kept) <= KEPT


@pytest.mark.parametrize(
    "text",
    [
        "{% stencil viewer %}{% endstencil %}",
        "{% stencil %}{% block a %}{% endblock %}{% endstencil %}",
    ],
)
def test_what_would_be_the_same_for_all_by_mistake_is_refused(text: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        Template(LOAD + text)
