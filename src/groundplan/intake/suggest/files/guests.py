"""Keys that name many different people: 0 for all who bought as guests, a customer's number that a
ledger keeps for sundry ones. Whom such a row names, its e-mail address or name tells."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from groundplan.intake.contracts import ColumnRule, TableMapping
from groundplan.intake.mapping.cells import quoted
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import among, column_of, in_partner, ticked
from groundplan.intake.suggest.references.referents import Referent
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.nobody import names_nobody
from groundplan.intake.suggest.values.profiles import Profile

Mapped = tuple[Candidate, TableMapping]

_FEWEST, _FEWEST_OF_A_NUMBER = 3, 10
_OF_ITS_ORDERS = 0.5
_ONE_NAME = 0.95
_MOST_KEYS = 5
_MOSTLY = 0.9


@dataclass(frozen=True, slots=True)
class _Guests:
    """`key`: the expression of a row's customer; `unkeyed`: whether it is told by other columns
    than the key."""

    key: str
    unkeyed: str


def guests_apart(
    mapped: Sequence[Mapped], targets: Mapping[str, Referent], evidence: Evidence
) -> Iterator[Mapped]:
    """The tables with such rows' customers told by address or name; one of accounts more where a
    list of customers has none for them."""
    for each in [one for one, table in mapped if table.table == "purchases"]:
        key, name = each.find("account_id"), each.find("account.name")
        if key is None or name is None or key[1] is not name[1] or key[0].profile.unique:
            continue
        found = _guests(each, key[0].profile, name[0].profile, evidence)
        if found is None:
            continue
        mapped = [(one, _renamed(table, each, found)) for one, table in mapped]
        if "accounts" in targets:
            mapped.append((each, _unlisted(each, mapped, found)))
    yield from mapped


def _guests(each: Candidate, key: Profile, name: Profile, evidence: Evidence) -> _Guests | None:
    """What becomes of the rows of such keys, and of those that have a name but no key; None where
    there are none."""
    many = _of_many(each, key, name, evidence)
    unnamed = key.filled < 1 and _named_without(key, name, evidence)
    if many is None or not (many or unnamed):
        return None
    own, named = column_of(each, "account_id"), column_of(each, "account.name")
    unkeyed = " or ".join([f"empty({ticked(own)})"] * unnamed + [among(own, many)] * bool(many))
    told = [_written(each, address) for address in _addresses(key, name, many, evidence)][:1]
    instead = ", ".join(map(ticked, (*told, named)))
    return _Guests(f"if({unkeyed}, coalesce({instead}), {ticked(own)})", unkeyed)


def _written(each: Candidate, profile: Profile) -> str:
    """A column's name where it stands in the file of the orders' customers."""
    found = each.find("account_id")
    partner = found[1] if found else None
    if partner is None or partner.first:
        return in_partner(profile.column, partner)
    return f"{partner.file}:{profile.column}"


def _of_many(each: Candidate, key: Profile, name: Profile, evidence: Evidence) -> list[str] | None:
    """The keys that name many; None where names don't go with the other keys anyway, as those of
    who ordered for a company."""
    order = each.parts.get("order_id")
    among_them = order is not None and order.profile.file == key.file
    orders = (
        f"count(DISTINCT {quoted(order.profile.column)})" if order and among_them else "count(*)"
    )
    rows = evidence.connection.execute(
        f"SELECT {quoted(key.column)}, count(DISTINCT lower({quoted(name.column)})), {orders}"
        f" FROM {quoted(evidence.files[key.file].relation)} WHERE {quoted(key.column)} IS NOT NULL"
        f" AND {quoted(name.column)} IS NOT NULL GROUP BY 1 HAVING count(*) > 1"
    ).fetchall()
    many = sorted(value for value, names, orders in rows if _names_many(value, names, orders))
    others = [names == 1 for value, names, _ in rows if value not in many]
    if len(many) > _MOST_KEYS or sum(others) < _ONE_NAME * len(others):
        return None
    return many


def _names_many(key: str, names: int, orders: int) -> bool:
    """A customer's own people order again and again, sundry customers once or twice."""
    if names_nobody(key):
        return names >= _FEWEST
    return names >= _FEWEST_OF_A_NUMBER and names > _OF_ITS_ORDERS * orders


def _named_without(key: Profile, name: Profile, evidence: Evidence) -> bool:
    """Do most rows without a key name somebody?"""
    row = evidence.connection.execute(
        f"SELECT count(*), count({quoted(name.column)}), count(DISTINCT {quoted(name.column)})"
        f" FROM {quoted(evidence.files[key.file].relation)} WHERE {quoted(key.column)} IS NULL"
    ).fetchone()
    rows, named, kinds = row or (0, 0, 0)
    return bool(kinds >= _FEWEST and named > _MOSTLY * rows)


def _addresses(
    key: Profile, name: Profile, many: Collection[str], evidence: Evidence
) -> Iterator[Profile]:
    """The columns of e-mail addresses that go with the names, and are filled where the key tells
    nothing."""
    cells = ", ".join("?" for _ in many) or "NULL"
    for profile in evidence.profiles[key.file].values():
        if profile.share("emails") < _MOSTLY or profile.kinds < _FEWEST:
            continue
        if evidence.decides(key.file, profile.column, name.column) < _MOSTLY:
            continue
        row = evidence.connection.execute(
            f"SELECT count(*), count({quoted(profile.column)})"
            f" FROM {quoted(evidence.files[key.file].relation)}"
            f" WHERE {quoted(key.column)} IS NULL OR {quoted(key.column)} IN ({cells})",
            list(many),
        ).fetchone()
        if row and row[1] > _MOSTLY * row[0]:
            yield profile


def _renamed(table: TableMapping, each: Candidate, found: _Guests) -> TableMapping:
    rule = table.columns.get("account_id")
    if table.file != each.file or rule is None or rule.column != column_of(each, "account_id"):
        return table
    return replace(table, columns=table.columns | {"account_id": ColumnRule(compute=found.key)})


def _unlisted(each: Candidate, mapped: Sequence[Mapped], found: _Guests) -> TableMapping:
    """The accounts that only orders name."""
    (sales,) = (table for one, table in mapped if one is each and table.table == "purchases")
    name = ColumnRule(column=column_of(each, "account.name"))
    rules = {"account_id": sales.columns["account_id"], "name": name}
    skip = (*sales.skip, f"not ({found.unkeyed})")
    return TableMapping(
        "accounts", each.file, rules, sales.joins, skip, decimal=sales.decimal, distinct=True,
        attributes=(),
    )  # fmt: skip


def guests_note(table: TableMapping) -> str:
    """What a person is told of customers that their key doesn't tell; '' where there are none."""
    rule = table.columns.get("account_id")
    parts = re.fullmatch(r"if\((.+), coalesce\((.+)\), (`.+`|\w+)\)", rule.compute if rule else "")
    if parts is None or table.table != "purchases":
        return ""
    test, instead, key = parts.groups()
    return f"{table.file}: where {test}, {key} names nobody: customers are told by {instead}."
