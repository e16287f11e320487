"""`{% url %}` gives what Django's own gives."""

from uuid import UUID, uuid4

import pytest
from django.template import Context, engines
from django.urls import NoReverseMatch, reverse

ADDRESSES = [
    ("accounts:list", 0),
    ("account:page", 1),
    ("account:claim", 1),
    ("account:statement", 2),
    ("accounts:view-change", 1),
]


@pytest.mark.parametrize(("name", "places"), ADDRESSES)
def test_an_address_in_a_template_is_the_one_django_resolves(name: str, places: int) -> None:
    for _ in range(2):
        uids = [uuid4() for _ in range(places)]
        assert _drawn(name, *uids) == reverse(name, args=uids)
        assert _drawn(name, *map(str, uids)) == reverse(name, args=uids)


def test_an_address_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(NoReverseMatch):
        _drawn("account:page", uuid4(), uuid4())
    with pytest.raises(NoReverseMatch):
        _drawn("account:page")


def test_an_address_with_other_arguments_is_resolved_by_them() -> None:
    assert _drawn("accounts:undo", "a{0}b") == reverse("accounts:undo", args=["a{0}b"])


def test_an_address_can_be_kept_under_a_name() -> None:
    source = "{% url 'account:page' uid as address %}<{{ address }}>"
    uid = uuid4()
    assert (
        _template(source).render(Context({"uid": uid}))
        == f"<{reverse('account:page', args=[uid])}>"
    )


def _drawn(name: str, *values: UUID | str) -> str:
    places = " ".join(f"v{place}" for place in range(len(values)))
    context = {f"v{place}": value for place, value in enumerate(values)}
    return str(_template("{% url '" + name + "' " + places + " %}").render(Context(context)))


def _template(source: str):  # type: ignore[no-untyped-def]
    return engines["django"].engine.from_string(source)  # type: ignore[attr-defined]
