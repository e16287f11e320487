"""Every number on a page leads to rows or parts that give exactly this number."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from tests.demo_world import DemoWorld

STARTS = ("/", "/accounts/", "/whitespace/", "/performance/")
PAGES_A_VIEW = {"seller": 2, "manager": 1, "leader": 1}
"""Pages of one kind show the same numbers of other subjects: a few of each are enough."""
NUMBERS_A_KIND = {"seller": 8, "manager": 4, "leader": 4}
"""Numbers of one measure and the same parameters, on one kind of page, come about in one way: some
of each, from the page's start to its end, are followed."""
EXPLAINED = re.compile(r'data-(explained|total)="([^"]*)"')

APART = ("/sign-in/", "/static/", "/demonstration/", "/numbers/", "/health/", "/theme/")
# Made for seconds, and no page that shows numbers.
FILES = (".xlsx", ".csv")


@dataclass
class Seen(HTMLParser):
    """The links and figures of a page."""

    links: list[str] = field(default_factory=list)
    figures: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in named:
            if "data-value" in named:
                self.figures.append((named["href"], named["data-value"]))
            else:
                self.links.append(named["href"])


def read(client: Client, address: str) -> Seen | None:
    """The page, or None for what is no page."""
    response = client.get(address)
    assert response.status_code in (200, 302, 403), f"{address}: {response.status_code}"
    if response.status_code != 200 or "text/html" not in response["Content-Type"]:
        return None
    seen = Seen()
    seen.feed(response.content.decode())
    return seen


def crawl(client: Client, pages_a_view: int) -> Iterator[tuple[str, Seen]]:
    """The pages that links lead to, at most so many of each kind."""
    waiting, known, kinds = list(STARTS), set(STARTS), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        try:
            kind = resolve(urlsplit(address).path).view_name
        except Resolver404:
            continue
        kinds[kind] += 1
        if kinds[kind] > pages_a_view:
            continue
        seen = read(client, address)
        if seen is None:
            continue
        yield address, seen
        for link in seen.links:
            target = urljoin(address, link).partition("#")[0]
            if target not in known and leads_to_a_page(target):
                known.add(target)
                waiting.append(target)


def leads_to_a_page(target: str) -> bool:
    apart = target.startswith(APART) or urlsplit(target).path.endswith(FILES)
    return target.startswith("/") and not apart


@pytest.mark.parametrize("role", PAGES_A_VIEW)
def test_every_number_equals_the_rows_it_came_from(
    demo_world: DemoWorld, client: Client, role: str
) -> None:
    client.force_login(getattr(demo_world, role))
    found: dict[str, tuple[str, str]] = {}
    for page, seen in crawl(client, PAGES_A_VIEW[role]):
        for address, value in seen.figures:
            shown = found.setdefault(address, (page, value))
            assert Decimal(shown[1]) == Decimal(value), f"{address} on {page} and {shown[0]}"
    assert len(found) > 100
    wrong = [
        f"{page}: {address} shows {value}, its page {problem}"
        for address, (page, value) in followed(found, role)
        if (problem := differs(client, address, value))
    ]
    assert not wrong, "\n".join(wrong)


def followed(found: dict[str, tuple[str, str]], role: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Of each kind of page some numbers of each measure, from the page's start to its end."""
    kinds: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for address, (page, _) in found.items():
        asked = parse_qs(urlsplit(address).query)
        view = resolve(urlsplit(page).path).view_name
        kinds[view, *asked.pop("measure"), *sorted(asked)].append(address)
    for alike in kinds.values():
        step = max(1, len(alike) // NUMBERS_A_KIND[role])
        for address in alike[::step][: NUMBERS_A_KIND[role]]:
            yield address, found[address]


def differs(client: Client, address: str, value: str) -> str:
    """What is wrong about the page behind a number; empty if it gives the same number."""
    response = client.get(address)
    if response.status_code != 200:
        return f"answers {response.status_code}"
    found = told(response.content.decode())
    explained = found.get("explained")
    if not explained or not same(explained, value):
        return f"explains {explained}"
    if not same(found.get("total", value), value):
        return f"adds up to {found['total']}"
    return ""


def told(page: str) -> dict[str, str]:
    """What a number's page says it `explained`, and the `total` of its rows if it has some."""
    # By pattern: a whole parse of each would take longer than the page itself.
    return dict(EXPLAINED.findall(page))


def same(one: str, other: str) -> bool:
    """Equal to the last digit for sums; shares are binary fractions, written to 17 digits."""
    return abs(Decimal(one) - Decimal(other)) < Decimal("1e-9")
