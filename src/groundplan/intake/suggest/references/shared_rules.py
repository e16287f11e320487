"""Rules that several tables make alike: a name in place of a missing key, closed lists, cells that
name several things."""

from groundplan.engine.facts import TABLES
from groundplan.intake.contracts import ColumnRule
from groundplan.intake.suggest.headings.naming import named
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import column_of, in_partner, ticked
from groundplan.intake.suggest.values.evidence import Evidence

Rules = dict[str, ColumnRule]

_NEARLY_ALL = 0.98


def name_for_key(each: Candidate, rules: Rules, reference: str, named: str) -> None:
    """Where no column holds a key, the one that holds names refers just as well."""
    if reference not in rules and each.find(named):
        rules[reference] = ColumnRule(column=column_of(each, named))


def spare_names(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    """Where only some orders name a company, the buyer's name or address stands in for it."""
    found = each.find("account.name")
    if not found or each.find("account_id") or found[0].profile.filled > 0.98:
        return
    profiles = evidence.profiles[found[0].profile.file].values()
    scored = [
        (named("purchases", profile.heading).get("account.name", 0.0), profile)
        for profile in profiles
        if profile.column != found[0].profile.column and profile.share("letters") > 0.9
    ]
    spare = sorted((s for s in scored if s[0] >= 0.55), key=lambda s: (-s[0], s[1].position))
    others = [
        ticked(in_partner(profile.column, found[1]))
        for _, profile in spare[:3]
        if profile.filled > found[0].profile.filled
    ]
    if others:
        first = ticked(column_of(each, "account.name"))
        rules["account_id"] = ColumnRule(compute=f"coalesce({', '.join([first, *others])})")


def only_choices(each: Candidate, evidence: Evidence, rules: Rules, part: str) -> None:
    """A closed list is mapped only where the file's values are its choices."""
    found = each.find(part)
    if part not in rules or not found:
        return
    choices = TABLES[each.table].column(part).choices
    values = evidence.values(found[0].profile.file, found[0].profile.column)
    if any(value.lower() not in choices for value in values):
        del rules[part]


_REFERRING = {"account_id": "account.name", "product_id": "product.name", "contact_id": "",
              "opportunity_id": ""}  # fmt: skip


def first_of_several(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    """A cell such as `4711;4712` names several accounts: the first is the one meant."""
    for name, spelt in _REFERRING.items():
        found = each.find(name) or each.find(spelt)
        if not found or name == TABLES[each.table].key or rules.get(name) is None:
            continue
        mark = evidence.separator(found[0].profile) if rules[name].column else ""
        if mark:
            rules[name] = ColumnRule(compute=split_of(rules[name].column, mark, 1))


def first_of_names(each: Candidate, reference: str, key: ColumnRule, evidence: Evidence) -> Rules:
    """The name of the first of several, where the cells beside list as many names as keys."""
    held, told = each.parts.get(reference), each.parts.get(_REFERRING[reference])
    if held is None or told is None:
        return {}
    keys, names = held.profile.column, told.profile.column
    mark = evidence.separator(held.profile)
    if not mark or key.compute != split_of(keys, mark, 1):
        return {}
    if evidence.as_many(each.file, keys, names, mark) < _NEARLY_ALL:
        return {}
    return {"name": ColumnRule(compute=split_of(names, mark, 1))}


def split_of(column: str, mark: str, part: int) -> str:
    return f"split({ticked(column)}, {mark!r}, {part})"
