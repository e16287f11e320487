"""Tables recognised by what refers to them: the list whose keys fill the customer column of
orders is one of accounts, whatever its headings say; and a file that only adds to another list
is none."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from groundplan.intake.suggest.headings.naming import named
from groundplan.intake.suggest.matching.candidates import Candidate, candidate
from groundplan.intake.suggest.matching.fitting import Extra, Match
from groundplan.intake.suggest.matching.people import share_of_people
from groundplan.intake.suggest.references.lists_by_name import NAMES, listed_by_name
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_REFERRING = (("account_id", "accounts", "account_id"), ("product_id", "products", "product_id"))
_OF_FACTS = ("purchases", "opportunities")
_LISTS = {"accounts": "account_id", "products": "product_id", "users": "login"}
_KEYED_ALIKE = 1.6
_SAME_NAMES = 0.9
_REPEATED = 0.6
_MOST_DISTINCT = 0.9
_SPELT = 0.3
_SELLS = 0.55
_MOSTLY_PEOPLE = 0.4


def lists_referred_to(chosen: dict[str, Candidate], evidence: Evidence) -> dict[str, Candidate]:
    """Lists that orders and deals refer to, where no file of the table was found by its looks."""
    found: dict[str, Candidate] = {}
    for part, table, key in _REFERRING:
        if any(each.table == table for each in chosen.values()):
            continue
        for each in chosen.values():
            match = each.find(part) if each.table in _OF_FACTS else None
            file = _list_of(match[0].profile, chosen, evidence) if match else None
            if match and file:
                on = evidence.link(match[0].profile, file)
                found[file] = as_list(table, key, file, on[0] if on else "", evidence)
                break
            named_by = each.find(NAMES[part]) if each.table in _OF_FACTS else None
            listed = listed_by_name(named_by[0].profile, chosen, evidence) if named_by else None
            if listed:
                found[listed.file] = as_list(table, "name", listed.file, listed.column, evidence)
                break
    return found


def own_customers(chosen: dict[str, Candidate], evidence: Evidence) -> dict[str, Candidate]:
    """Files read as deals or orders whose customers another file would tell that names them by
    their own keys: what is the customer of another's rows is one, however much it says of them."""
    found: dict[str, Candidate] = {}
    for file, each in chosen.items():
        for partner in each.partners if each.table in _OF_FACTS else ():
            buyer = partner.parts.get("account_id")
            link = evidence.link(buyer.profile, file) if buyer and partner.file != file else None
            if link and link[1] >= _KEYED_ALIKE and partner.file in chosen:
                found[file] = as_list("accounts", "account_id", file, link[0], evidence)
    return found


def _list_of(profile: Profile, chosen: dict[str, Candidate], evidence: Evidence) -> str | None:
    """The file whose key the column holds, unless that feeds orders or deals itself."""
    linked = [
        (link[1], file)
        for file in evidence.files
        if file != profile.file and (file not in chosen or chosen[file].table not in _OF_FACTS)
        if (link := evidence.link(profile, file)) and link[1] >= _KEYED_ALIKE
    ]
    return max(linked)[1] if linked else None


def as_list(table: str, key: str, file: str, column: str, evidence: Evidence) -> Candidate:
    extra: Extra = {(key, column): (1.2, "orders refer to it")}
    found = candidate(table, file, evidence, extra)
    text = None if {"name", "last_name"} & set(found.parts) else _only_text(found, evidence)
    parts = found.parts | ({"name": text} if text else {})
    return replace(found, parts=parts, score=max(found.score, 0.7))


def _only_text(each: Candidate, evidence: Evidence) -> Match | None:
    """The one column of a list that says what its keys are called, whatever its heading."""
    taken = {match.profile.column for match in each.parts.values()}
    texts = [
        profile
        for profile in evidence.profiles[each.file].values()
        if profile.column not in taken and profile.share("letters") > 0.9
        if profile.distinct > _MOST_DISTINCT and profile.share("blanks") > _SPELT
        if profile.share("emails") == 0 and profile.length < 80
    ]
    return Match(texts[0], 0.6, "the only column of names") if len(texts) == 1 else None


def sellers_lists(chosen: dict[str, Candidate], evidence: Evidence) -> dict[str, Candidate]:
    """The list that orders, deals or accounts refer to for who sells, where no file of users was
    found: its texts are people's names, or the column that refers to it says so."""
    if any(each.table == "users" for each in chosen.values()):
        return {}
    found: dict[str, tuple[float, str]] = {}
    for profile in _of_sales(chosen, evidence):
        said = named("purchases", profile.heading).get("account.owner", 0.0)
        for file in evidence.files:
            link = evidence.link(profile, file) if file not in chosen else None
            if (
                link
                and link[1] >= _KEYED_ALIKE
                and (said >= _SELLS or _lists_people(file, evidence))
            ):
                every = evidence.profiles[file][link[0]].kinds
                found[file] = max(found.get(file, (0.0, "")), (profile.kinds / every, link[0]))
    if not found:
        return {}
    file, (_, key) = max(found.items(), key=lambda one: one[1])
    return {file: as_list("users", "login", file, key, evidence)}


def _of_sales(chosen: dict[str, Candidate], evidence: Evidence) -> Iterable[Profile]:
    """The columns of few values of the files that feed accounts, orders and deals."""
    files = {
        file: None
        for each in chosen.values()
        if each.table in (*_OF_FACTS, "accounts")
        for file in (each.file, *(partner.file for partner in each.partners))
    }
    for file in files:
        for profile in evidence.profiles[file].values():
            if not profile.empty and not profile.unique and profile.kinds > 1:
                yield profile


def _lists_people(file: str, evidence: Evidence) -> bool:
    return any(
        share_of_people(evidence.values(file, profile.column)) > _MOSTLY_PEOPLE
        for profile in evidence.profiles[file].values()
        if profile.share("letters") > 0.9 and profile.distinct > _MOST_DISTINCT
    )


def repeating(chosen: dict[str, Candidate], evidence: Evidence) -> dict[str, str]:
    """Files whose rows name another list's accounts or products again and again, and that nothing
    refers to, such as the lines of offers: per file that list's."""
    found: dict[str, str] = {}
    for file, each in chosen.items():
        own = each.parts.get("name") if each.table in ("accounts", "products") else None
        if own is None or own.profile.distinct > _REPEATED or _referred_to(file, evidence):
            continue
        for other, listed in chosen.items():
            name = listed.parts.get("name") if listed.table == each.table else None
            if other != file and name and name.profile.distinct > _MOST_DISTINCT:
                relation, column = evidence.files[other].relation, name.profile.column
                if evidence.within(file, own.profile.column, relation, column) >= _SAME_NAMES:
                    found[file] = other
    return found


def _referred_to(file: str, evidence: Evidence) -> bool:
    return any(
        link and link[1] >= _KEYED_ALIKE
        for other in evidence.files
        for profile in evidence.profiles[other].values()
        if other != file and not profile.empty
        for link in [evidence.link(profile, file)]
    )


def additions(chosen: dict[str, Candidate], evidence: Evidence) -> dict[str, str]:
    """Files that hold one row for each of another list's, such as prices: per file that list's."""
    found: dict[str, str] = {}
    for file, each in chosen.items():
        key = _LISTS.get(each.table)
        others = [o for o, c in chosen.items() if o != file and c.table == each.table]
        own = each.find(key) if key else None
        for other in others:
            adds = own and other not in found and _adds_to(own[0].profile, other, evidence)
            if adds and not _names_its_own(each, chosen[other], evidence):
                found[file] = other
    return found


def _names_its_own(each: Candidate, other: Candidate, evidence: Evidence) -> bool:
    """Does it name things that the other list does not? Then its rows are things themselves."""
    own, theirs = each.find("name"), other.find("name")
    if not own or not theirs:
        return False
    relation = evidence.files[theirs[0].profile.file].relation
    name = own[0].profile
    return evidence.within(name.file, name.column, relation, theirs[0].profile.column) < _SAME_NAMES


def _adds_to(own: Profile, other: str, evidence: Evidence) -> bool:
    """Does another column than its key hold the other list's keys, each once?"""
    for profile in evidence.profiles[own.file].values():
        if profile.column != own.column and profile.unique:
            link = evidence.link(profile, other)
            if link and link[1] >= _KEYED_ALIKE:
                return True
    return False


def first_lines(chosen: Mapping[str, Candidate], deal: Candidate) -> Candidate | None:
    """The lines of an opportunity's file: its first line's product stands for the deal's."""
    for each in chosen.values():
        partner = next((p for p in each.partners if p.file == deal.file), None)
        if (
            each.table == "purchases"
            and partner
            and {"product_id", "product.name"} & set(each.parts)
        ):
            return each
    return None
