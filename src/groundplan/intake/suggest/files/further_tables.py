"""Further tables that a file feeds beside its own: orders name accounts and products, lists of
people name those who sell."""

from collections.abc import Iterator, Mapping, Sequence

from groundplan.intake.contracts import ColumnRule, Join, TableMapping
from groundplan.intake.suggest.files.companies_and_people import mixed_in, people_of
from groundplan.intake.suggest.leaving.skipping import not_ours
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import column_of, concat, ticked
from groundplan.intake.suggest.matching.fitting import matched
from groundplan.intake.suggest.references.referents import Referent
from groundplan.intake.suggest.references.shared_rules import first_of_names
from groundplan.intake.suggest.values.evidence import Evidence

_FACTS = ("purchases", "opportunities")
_THINGS = {
    "accounts": (
        "account_id",
        "account",
        ("name", "country", "region", "industry", "segment", "owner"),
    ),
    "products": ("product_id", "product", ("name", "category")),
}


def further_tables(
    each: Candidate,
    mapping: TableMapping,
    targets: Mapping[str, Referent],
    evidence: Evidence,
) -> Iterator[TableMapping]:
    """Accounts and products that a file of orders or deals names, contacts in the rows of accounts,
    sellers among contacts; none where a file of their own lists them."""
    if each.table in _FACTS:
        for table in _THINGS:
            if table not in targets:
                yield from _things(table, each, mapping, evidence)
    mixed = mixed_in(each.file, evidence) if each.table == "accounts" else None
    if mixed:
        yield people_of(each.file, mixed, evidence)
    elif each.table == "accounts" and "contacts" not in targets:
        yield from _contacts(each, mapping, evidence)
    if each.table == "contacts" and "users" not in targets:
        yield from _sellers(each, mapping, evidence)


def also_named(
    mapped: Sequence[tuple[Candidate, TableMapping]],
    targets: Mapping[str, Referent],
    evidence: Evidence,
) -> Iterator[tuple[Candidate, TableMapping]]:
    """Accounts and products of which a file of orders or deals holds only the key or the name,
    where another such file feeds their table: rows that name others would be rejected otherwise."""
    for table, (reference, *_) in _THINGS.items():
        listing = [one for _, one in mapped if one.table == table]
        files = {one.file for one in listing}
        if table in targets or not listing:
            continue
        for each, mapping in mapped:
            rule = mapping.columns.get(reference)
            own = rule is not None and rule.column in evidence.profiles[each.file]
            if not own or mapping.table not in _FACTS or each.file in files:
                continue
            files.add(each.file)
            if rule and any(_keyed_alike(each.file, rule, one, evidence) for one in listing):
                for thing in _things(table, each, mapping, evidence, surely=True):
                    yield each, thing


def _keyed_alike(file: str, rule: ColumnRule, listing: TableMapping, evidence: Evidence) -> bool:
    """Does a column hold such keys as a list has, or names as that is keyed by? Where it holds
    names and the list's keys are numbers, names are looked up there as they are."""
    key = next(iter(listing.columns.values()))
    if key.column not in evidence.profiles[listing.file]:
        return False
    relation = evidence.files[listing.file].relation
    return evidence.within(file, rule.column, relation, key.column) > 0


def _sellers(each: Candidate, mapping: TableMapping, evidence: Evidence) -> Iterator[TableMapping]:
    """Who sells, out of a list of all sorts of people that a flag tells apart."""
    told = (("login", "contact_id"), ("name", "name"), ("email", "email"))
    rules = {own: mapping.columns[part] for own, part in told if part in mapping.columns}
    columns = evidence.profiles[each.file]
    skip = not_ours(each.file, evidence)
    if (
        skip
        and "name" in rules
        and all(not r.column or r.column in columns for r in rules.values())
    ):
        yield TableMapping("users", mapping.file, rules, skip=tuple(skip), attributes=())


def _things(
    table: str,
    each: Candidate,
    mapping: TableMapping,
    evidence: Evidence,
    *,
    surely: bool = False,
) -> Iterator[TableMapping]:
    reference, thing, told = _THINGS[table]
    if reference not in mapping.columns:
        return
    key = mapping.columns[reference]
    rules = {reference: key, "name": key}
    for column in told:
        if column == "name" and key.compute:
            continue  # told by several columns, of which its own is only one
        if each.find(f"{thing}.{column}"):
            rules[column] = ColumnRule(column=column_of(each, f"{thing}.{column}"))
    rules |= first_of_names(each, reference, key, evidence)
    rules["name"] = _or_key(each, f"{thing}.name", rules)
    if table == "accounts" and not each.find("account.name"):
        rules["name"] = _of_person(each, key, evidence)
    if surely or len(rules) > 2 or rules["name"] != key:
        own = {profile.column for profile in evidence.profiles[each.file].values()}
        alone = all(rule.column in own for rule in rules.values()) and not each.has_first
        # What deals are about exists whether they were won or not.
        skip = () if table == "products" and each.find("stage") else mapping.skip
        # What is left out may be told by a joined file: an order's state, a deal's stage.
        joins = () if alone and not skip else mapping.joins
        yield TableMapping(
            table, mapping.file, rules, joins, skip, decimal=mapping.decimal,
            distinct=True, attributes=(),
        )  # fmt: skip


def _or_key(each: Candidate, name: str, rules: dict[str, ColumnRule]) -> ColumnRule:
    """A thing that no row names is called by its key."""
    rule, key = rules["name"], next(iter(rules.values()))
    found = each.find(name)
    if not found or found[0].profile.filled == 1 or rule == key or not (rule.column and key.column):
        return rule
    return ColumnRule(compute=f"coalesce({ticked(rule.column)}, {ticked(key.column)})")


def _of_person(each: Candidate, key: ColumnRule, evidence: Evidence) -> ColumnRule:
    """A customer without a company's name is called by first and last name."""
    if not key.column or each.has_first or key.column not in evidence.profiles[each.file]:
        return key
    told = matched("contacts", evidence.profiles[each.file].values(), only=_PERSON)
    parts = [told[part].profile.column for part in ("first_name", "last_name") if part in told]
    decided = all(evidence.decides(each.file, key.column, part) > _DECIDED for part in parts)
    return ColumnRule(compute=concat(parts, " ")) if len(parts) == 2 and decided else key


_PERSON = frozenset(("first_name", "last_name"))
_DECIDED = 0.9
_ONE_CONTACT = frozenset(("name", "first_name", "last_name", "title", "email", "phone"))


def _contacts(each: Candidate, mapping: TableMapping, evidence: Evidence) -> Iterator[TableMapping]:
    used = {rule.column for rule in mapping.columns.values()}
    left = [p for p in evidence.profiles[each.file].values() if p.column not in used]
    parts = matched("contacts", left, only=_ONE_CONTACT)
    named = parts.get("name") or parts.get("last_name")
    if named is None or named.score < 0.9 or mapping.columns["account_id"].compute:
        return
    rules = dict.fromkeys(("contact_id", "account_id"), mapping.columns["account_id"])
    rules |= {
        name: ColumnRule(column=parts[name].profile.column)
        for name in ("name", "title", "email", "phone")
        if name in parts
    }
    if "name" not in parts:
        told = [parts[part].profile.column for part in ("first_name", "last_name") if part in parts]
        rules["name"] = ColumnRule(compute=concat(told, " "))
    skip = (*mapping.skip, f"empty({ticked(named.profile.column)})")
    yield TableMapping("contacts", mapping.file, rules, skip=skip, attributes=())


def joins_of(each: Candidate) -> tuple[Join, ...]:
    return tuple(
        Join(partner.file, partner.on, partner.optional, partner.first) for partner in each.partners
    )
