"""A file as one of the tables: its columns, the files it must be joined with, how sure it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from groundplan.engine.facts import TABLES
from groundplan.intake.reading.group_rows import GROUP
from groundplan.intake.suggest.documents.kinds import is_credit
from groundplan.intake.suggest.matching.buyers import (
    companies_first,
    end_customers_first,
    named_beside,
    of_the_order,
    without_buyers_address,
    without_false_keys,
)
from groundplan.intake.suggest.matching.deal_dates import expected_and_actual_close
from groundplan.intake.suggest.matching.fitting import (
    Extra,
    Match,
    Parts,
    hinted,
    lone,
    marked,
    matched,
    optional_sum,
)
from groundplan.intake.suggest.matching.joined_files import (
    FROM_HEADER,
    Partner,
    header_of,
    is_bare,
    partners_of,
    prices_of,
)
from groundplan.intake.suggest.matching.key_and_name import key_beside_name, one_before_several
from groundplan.intake.suggest.matching.order_sums import amounts_of_lines
from groundplan.intake.suggest.matching.outlets import outlet
from groundplan.intake.suggest.values.evidence import Evidence

SURE_ENOUGH = 0.62
"""Below this a file feeds no table."""

STAND_INS: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {
    "users": {
        "login": (("email",), ("name",), ("last_name",)),
        "name": (("last_name",), ("login",)),
    },
    "accounts": {"account_id": (("name",),), "name": (("account_id",),)},
    "products": {"product_id": (("name",),), "name": (("product_id",),)},
    "contacts": {
        "contact_id": (("email",), ("name",), ("last_name",)),
        "name": (("last_name",),),
        "account_id": (("account.name",),),
    },
    "purchases": {
        "account_id": (("account.name",),),
        "date": (("year", "month"),),
        "amount": (("unit_price",),),
    },
    "opportunities": {
        "account_id": (("account.name",),),
        "opportunity_id": (("name",), ("account.name",), ("account_id",)),
        "name": (("product.name",), ("opportunity_id",), ("account.name",)),
        "stage": (("status",), ("is_won",)),
    },
    "interactions": {"account_id": (("account.name",),), "kind": (("subject",),)},
    "competitor_positions": {
        "account_id": (("account.name",),),
        "product_id": (("product.name",),),
        "position": (("competitor",),),
    },
}
"""What a required column is made from where no column is it, the best first."""

_WORTH = frozenset(("amount", "actual_amount", "probability", "is_won"))
"""What deals have and meetings, tickets and tasks, which have a state as well, have not."""
_IN_TIME = frozenset(("close_on", "closed_on", "opened_on", "lost_on", "probability", "is_won"))
"""And what they have and lines of orders that have a state have not."""
_DECIDED = 0.9
_SELDOM_ALONE = frozenset(("accounts", "products", "users", "leads", "competitor_positions"))

_LISTS = {"products": ("product_id", "name"), "accounts": ("account_id", "name")}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One file read as one table. `score` above SURE_ENOUGH with nothing `missing` is taken.

    `repeats`: several rows are one row of the table, the first of them counts; where no column
    tells which, those of `key` do so together.
    """

    table: str
    file: str
    parts: Parts
    score: float
    missing: tuple[str, ...]
    partners: tuple[Partner, ...] = ()
    repeats: bool = False
    key: tuple[str, ...] = ()

    @property
    def taken(self) -> bool:
        return not self.missing and self.score >= SURE_ENOUGH

    @property
    def has_first(self) -> bool:
        return any(partner.first for partner in self.partners)

    def find(self, part: str) -> tuple[Match, Partner | None] | None:
        """The column of a part, and the joined file it stands in."""
        for partner in self.partners:
            if partner.first and part in partner.parts:
                return partner.parts[part], partner
        if part in self.parts:
            return self.parts[part], None
        found = ((p.parts[part], p) for p in self.partners if part in p.parts)
        return next(found, None)


def candidate(table: str, file: str, evidence: Evidence, extra: Extra) -> Candidate:
    """`file` as `table`, with the one joined file that gives it what it lacks."""
    profiles = evidence.profiles[file].values()
    parts = matched(table, profiles, extra)
    _add_grouped(table, file, evidence, parts)
    _add_texts(file, evidence, parts)
    _names_its_product(parts)
    if table == "purchases":
        key_beside_name(profiles, evidence, parts)
    if table == "opportunities":
        expected_and_actual_close(profiles, parts)
    of_the_order(table, profiles, evidence, parts)
    end_customers_first(table, profiles, parts)
    companies_first(table, profiles, evidence, parts)
    one_before_several(table, profiles, evidence, parts)
    amounts_of_lines(table, profiles, evidence, parts)
    without_false_keys(file, evidence, parts)
    without_buyers_address(file, evidence, parts)
    _name_buyers(table, file, evidence, parts)
    alone = Candidate(table, file, parts, 0.0, tuple(_missing(table, parts)))
    if table in FROM_HEADER and alone.missing:
        joined = [
            replace(alone, partners=(partner,), missing=tuple(_missing(table, parts, partner)))
            for partner in partners_of(table, file, parts, evidence)
        ]
        alone = min(joined, key=lambda one: _doubt(one, evidence), default=alone)
        _number_orders(alone, evidence)
    elif table == "purchases":
        alone = _headed(alone, evidence)
    if alone.missing:
        _add_lone(table, file, evidence, parts)
        if table == "purchases" and "account_id" in _missing(table, parts, *alone.partners):
            parts |= outlet(profiles, parts)
        alone = replace(alone, missing=tuple(_missing(table, parts, *alone.partners)))
    if table == "purchases" and alone.missing == ("amount",):
        priced = prices_of(file, parts, evidence)
        alone = replace(alone, missing=(), partners=(*alone.partners, priced)) if priced else alone
    return replace(alone, score=_score(alone, evidence))


def _headed(each: Candidate, evidence: Evidence) -> Candidate:
    """Lines that lack nothing, with the list of their documents: its day is surer than a guess."""
    header = header_of(each.file, each.parts, evidence)
    if header is None:
        return each
    parts = {part: match for part, match in each.parts.items() if part not in header.parts}
    return replace(each, parts=parts, partners=(header,))


def _doubt(each: Candidate, evidence: Evidence) -> tuple[int, bool, int, int]:
    """A header of one row for each order before a list of pairs; one that begins with its key
    before one that only names it, as an invoice's payment does; the one that the lines name first,
    as those of a credit do before the invoice that it credits."""
    (partner,) = each.partners
    ((own, key),) = partner.on.items()
    first = evidence.profiles[each.file][own].position
    return len(each.missing), partner.optional, evidence.profiles[partner.file][key].position, first


def _number_orders(each: Candidate, evidence: Evidence) -> None:
    """Lines are of the order whose header they are joined to: their own numbers count within it,
    and a credit is no part of the invoice that it names."""
    order = each.parts.get("order_id")
    for partner in each.partners if each.table == "purchases" and order else ():
        (own, *_) = partner.on
        key = evidence.profiles[each.file].get(own)
        if order is None or key is None or partner.optional:
            continue
        credited = is_credit(own) and not is_credit(order.profile.heading)
        apart = not key.unique and order.profile.kinds > 1
        if credited or (
            apart and evidence.decides(each.file, order.profile.column, own) < _DECIDED
        ):
            each.parts["order_id"] = Match(key, 0.9, f"it leads to {partner.file}")


def _add_lone(table: str, file: str, evidence: Evidence, parts: Parts) -> None:
    """A required date or amount whose heading says nothing, but that no other column can be."""
    for column in TABLES[table].required:
        instead = STAND_INS.get(table, {}).get(column.name, ())
        made = any(all(part in parts for part in group) for group in instead)
        if column.name not in parts and not made and len(parts) >= 2:
            found = lone(table, column.name, evidence.profiles[file].values(), parts)
            if found is not None:
                parts[column.name] = found


def _add_grouped(table: str, file: str, evidence: Evidence, parts: Parts) -> None:
    """The column without a heading that a ledger's report groups its lines by."""
    first = next(iter(evidence.profiles[file].values()))
    if table != "purchases" or {"account_id", "account.name"} & set(parts):
        return
    if first.column in ("column 1", GROUP) and first.share("letters") > 0.9 and not first.unique:
        parts["account.name"] = Match(first, 0.7, "the lines are grouped by it")


def _add_texts(file: str, evidence: Evidence, parts: Parts) -> None:
    """The column without a heading right of a key: some systems write a key and its text so."""
    by_place = {profile.position: profile for profile in evidence.profiles[file].values()}
    for reference, named in (("account_id", "account.name"), ("product_id", "product.name")):
        match = parts.get(reference) or parts.get(named)
        beside = by_place.get(match.profile.position + 1) if match else None
        if match is None or beside is None or beside.column != f"column {beside.position + 1}":
            continue
        if beside.share("letters") > 0.9 and beside.kinds <= 1.2 * match.profile.kinds:
            parts[reference] = match
            parts[named] = Match(beside, 0.8, f"it stands beside {match.profile.column}")


def _name_buyers(table: str, file: str, evidence: Evidence, parts: Parts) -> None:
    """The name of the customer, of an order or of a list, that no heading tells."""
    key = parts.get("account_id")
    name = "name" if table == "accounts" else "account.name"
    if key is None or table not in ("accounts", "purchases", "opportunities"):
        return
    if {name, "last_name"} & set(parts) or (key.profile.unique and table != "accounts"):
        return
    taken = {match.profile.column for match in parts.values()}
    found = named_beside(key.profile, evidence.profiles[file].values(), taken, evidence)
    if found:
        parts[name] = found


def _names_its_product(parts: Parts) -> None:
    """The `name` of a line that has an article number is the article's, not a customer's."""
    named = parts.get("account.name")
    if named and "product_id" in parts and "product.name" not in parts and is_bare(named.profile):
        parts["product.name"] = parts.pop("account.name")


def _missing(table: str, parts: Parts, *partners: Partner) -> Iterable[str]:
    known = set(parts).union(*(partner.parts for partner in partners))
    for column in TABLES[table].required:
        instead = STAND_INS.get(table, {}).get(column.name, ())
        if column.name not in known and not any(set(group) <= known for group in instead):
            yield column.name
    if table == "leads" and not known & {"account_id", "name"}:
        yield "account_id"


def _score(each: Candidate, evidence: Evidence) -> float:
    required = [column.name for column in TABLES[each.table].required]
    mean = sum(_sure(each, name) for name in required) / len(required)
    profiles = list(evidence.profiles[each.file].values())
    hint = hinted(each.table, each.file)
    others = max(hinted(table, each.file) for table in TABLES if table != each.table)
    more = min(0.25, 0.05 * optional_sum(each.table, each.parts))
    words = min(0.2, 0.05 * marked(each.table, profiles))
    score = 0.5 * mean + more + words + 0.22 * hint - (0.1 * others if not hint else 0)
    if each.table in _SELDOM_ALONE and not hint and more + words < 0.15:
        score -= 0.15
    if each.table == "opportunities" and not _WORTH & set(each.parts):
        score -= 0.3
    if each.table == "opportunities" and not _IN_TIME & set(each.parts):
        score -= 0.3
    if each.table in _LISTS and _repeats(each):
        score -= 0.3
    return round(score, 3)


def _repeats(each: Candidate) -> bool:
    """A list names each of its things once; rows that repeat them tell of something else."""
    own = [each.parts[part] for part in _LISTS[each.table] if part in each.parts]
    return bool(own) and all(match.profile.distinct < 0.6 for match in own)


def _sure(each: Candidate, required: str) -> float:
    found = each.find(required)
    if found:
        return found[0].score
    instead = [
        [each.find(part) for part in group]
        for group in STAND_INS.get(each.table, {}).get(required, ())
    ]
    scores = [
        0.85 * min(found[0].score for found in group if found) for group in instead if all(group)
    ]
    return max(scores, default=0.0)
