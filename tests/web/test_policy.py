"""What a browser is told to refuse, and that no template needs it to be refused."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from tests.conftest import Cast

from groundplan.people.models import User

WEB = Path(__file__).parents[2] / "src" / "groundplan" / "web"
TEMPLATES = sorted(WEB.rglob("*.html"))
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an evaluated htmx attribute": re.compile(r"\bhx-on[:-]|hx-(?:vals|headers)=['\"]js:"),
    "a script without source": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "another host": re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""", re.IGNORECASE),
}
DATA = re.compile(r'<script[^>]*type="application/json"')
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_what_the_policy_refuses(template: Path) -> None:
    text = TAGS.sub("", DATA.sub("<data", template.read_text()))
    found = [what for what, pattern in INLINE.items() if pattern.search(text)]
    assert not found


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_fragment_asked_for_has_an_address_without_script(template: Path) -> None:
    text = TAGS.sub("x", template.read_text())
    for tag in re.findall(r"<[a-z]+\b[^>]*\bhx-get=[^>]*>", text):
        # What loads by itself holds its own link; a submit button has its form's address.
        assert re.search(r' (?:href=|action=|type="submit"|hx-trigger=)', tag), tag


@pytest.mark.parametrize("address", ["/sign-in/login/", "/setup/", "/sign-in/password/reset/"])
@pytest.mark.django_db
def test_every_page_comes_with_a_strict_policy(client: Client, address: str) -> None:
    response = client.get(address)
    policy = response.headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert directives["default-src"] == "'none'"
    assert directives["script-src"].startswith("'self'")
    assert directives["style-src"].startswith("'self'")
    assert directives["frame-ancestors"] == "'none'"
    assert directives["base-uri"] == "'none'"
    assert "unsafe" not in policy
    assert "http:" not in policy.replace("https:", "")
    assert "*" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_rendered_pages_hold_nothing_inline(
    cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(cast.olivia)
    for address in ("/palette/", "/palette/?q=theme", "/sign-in/password/change/"):
        response = browser.get(address)
        assert response.status_code == 200
        page = response.content.decode()
        assert not [what for what, pattern in INLINE.items() if pattern.search(page)], address


@pytest.mark.django_db
def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(
    client: Client, cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    signed_in(cast.olivia)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] or settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    token = client.get("/sign-in/password/change/").cookies["csrftoken"]
    assert token["httponly"]
    assert token["samesite"] == "Lax"


@pytest.mark.parametrize("address", ["/", "/palette/?q=a", "/accounts/", "/no-such-page/"])
@pytest.mark.django_db
def test_a_stranger_is_sent_to_the_door_whatever_they_ask_for(
    cast: Cast, client: Client, address: str
) -> None:
    response = client.get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/login/?next=%2F")
    fragment = client.get(address, headers={"HX-Request": "true"})
    assert fragment.status_code == 401
    assert fragment.headers["HX-Redirect"].startswith("/sign-in/login/")
    assert not fragment.content
