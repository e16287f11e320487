"""Files that give another's rows what those lack: an order's header, a deal's company, a price
list."""

from collections.abc import Iterable
from dataclasses import dataclass

from groundplan.intake.suggest.headings.naming import named, squeezed, words
from groundplan.intake.suggest.matching.buyers import named_beside
from groundplan.intake.suggest.matching.fitting import Match, Parts, lone, matched
from groundplan.intake.suggest.matching.void_states import void_states
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_OF_AN_ORDER = """
account_id account.name account.country account.region account.industry account.segment
date currency status channel kind
"""
FROM_HEADER = {
    "purchases": frozenset(_OF_AN_ORDER.split()),
    "opportunities": frozenset(("account_id", "account.name")),
    "contacts": frozenset(("account_id", "account.name")),
    "interactions": frozenset(("account_id", "account.name")),
}
"""What may come from a joined file; amounts may not: a header's would count once a line."""


_OF_DOCUMENTS = frozenset(("status", "kind", "channel", "currency"))
"""What a list of documents may tell of lines that lack nothing; also the day, if they guess it."""
_A_DOCUMENTS = frozenset(("date", "amount"))
_KEYED_ALIKE, _SURELY, _MOST_OF = 1.6, 0.7, 0.5
_BUYER = frozenset(("account_id", "account.name"))
_PRICE = frozenset(("list_price",))
_STAFF = "salesperson seller sales rep owner employee picked packed created modified edited"
_OURS = frozenset(_STAFF.split())


@dataclass(frozen=True, slots=True)
class Partner:
    """A file that is joined: `on` maps the driving file's column to its own."""

    file: str
    on: dict[str, str]
    parts: Parts
    optional: bool = False
    first: bool = False


def partners_of(table: str, file: str, parts: Parts, evidence: Evidence) -> Iterable[Partner]:
    """The files that can be joined to `file`, read as `table` with `parts`, and what they add."""
    wanted = FROM_HEADER[table] - set(parts)
    for other in evidence.files:
        if other != file:
            on = _header_key(file, other, evidence)
            found = _added(table, other, on[1], wanted, evidence) if on else {}
            if on and found:
                yield Partner(other, {on[0]: on[1]}, found)
            elif not on:
                yield from _between(table, file, other, wanted, evidence)


def header_of(file: str, parts: Parts, evidence: Evidence) -> Partner | None:
    """The list of the documents that lines are of, where they need nothing of it but it says more:
    which of them are void, say. Lines whose document it lacks stay as they are."""
    order, day = parts.get("order_id"), parts.get("date")
    if order is None or order.profile.unique:
        return None
    wanted = _OF_DOCUMENTS - set(parts)
    wanted |= {"date"} if day and day.score < _SURELY else frozenset()
    for other in evidence.files:
        link = evidence.link(order.profile, other) if other != file else None
        key = evidence.profiles[other][link[0]] if link and link[1] >= _KEYED_ALIKE else None
        if key is None or not _lists_documents(key, order.profile, evidence):
            continue
        found = _added("purchases", other, key.column, wanted, evidence)
        if found:
            return Partner(other, {order.profile.column: key.column}, found, optional=True)
    return None


def _lists_documents(key: Profile, order: Profile, evidence: Evidence) -> bool:
    """Has a file a day and an amount for each document, and are most of them those of the lines?"""
    told = matched("purchases", evidence.profiles[key.file].values(), only=_A_DOCUMENTS)
    relation = evidence.files[order.file].relation
    most = evidence.within(key.file, key.column, relation, order.column) > _MOST_OF
    return most and told.keys() == _A_DOCUMENTS


def prices_of(file: str, parts: Parts, evidence: Evidence) -> Partner | None:
    """The list of products that tells what a unit costs, where the lines themselves don't."""
    product = parts.get("product_id")
    if product is None or "quantity" not in parts:
        return None
    for other in evidence.files:
        link = evidence.link(product.profile, other) if other != file else None
        told = matched("products", evidence.profiles[other].values(), only=_PRICE) if link else {}
        if link and "list_price" in told:
            on = {product.profile.column: link[0]}
            return Partner(other, on, {"unit_price": told["list_price"]})
    return None


def _header_key(file: str, other: str, evidence: Evidence) -> tuple[str, str] | None:
    """The column of `file` and the unique one of `other` that it refers to, of two as sure the
    first of that: its own key stands before what it names, as a credit note does its invoice."""
    links = [
        (link[1], -evidence.profiles[other][link[0]].position, profile.column, link[0])
        for profile in evidence.profiles[file].values()
        if not profile.empty and (link := evidence.link(profile, other))
    ]
    return max(links)[2:] if links else None


def _between(
    table: str, file: str, other: str, wanted: frozenset[str], evidence: Evidence
) -> Iterable[Partner]:
    """A list of pairs: one column names the rows of `file`, another what belongs to them. Of an
    order's people its contact belongs to the customer, who sold or packed it does not."""
    profiles = [p for p in evidence.profiles[other].values() if not _OURS & set(words(p.heading))]
    for profile in sorted(profiles, key=lambda p: "contact" not in words(p.heading)):
        link = None if profile.empty else evidence.link(profile, file)
        found = _added(table, other, profile.column, wanted, evidence) if link else {}
        if link and found:
            on = {link[0]: profile.column}
            yield Partner(other, on, found, optional=True, first=not profile.unique)
            return


def _added(table: str, other: str, key: str, wanted: frozenset[str], evidence: Evidence) -> Parts:
    profiles = evidence.profiles[other].values()
    states = void_states(other, evidence) if "status" in wanted else {}
    parts = {
        part: match
        for part, match in matched(table, profiles, states, only=wanted).items()
        if match.profile.column != key and not is_bare(match.profile)
        if not (part in _BUYER and _names_wares(match))
    }
    if "date" in wanted - set(parts) and _BUYER & set(parts):
        day = lone(table, "date", profiles, parts)
        parts |= {"date": day} if day else {}
    buyer = parts.get("account_id")
    if "account.name" in wanted - set(parts) and buyer and not buyer.profile.unique:
        taken = {key, *(match.profile.column for match in parts.values())}
        name = named_beside(buyer.profile, profiles, taken, evidence)
        parts |= {"account.name": name} if name else {}
    return parts


def _names_wares(match: Match) -> bool:
    """Does the heading rather name a product? A joined list's `Item Name` is no customer's."""
    return named("purchases", match.profile.heading).get("product.name", 0.0) > match.score


def is_bare(profile: Profile) -> bool:
    """A joined list's `Name` is that of its own rows: a product's is no account's."""
    return squeezed(profile.heading) in ("name", "title", "description", "modifieddate")
