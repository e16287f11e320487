"""From matched columns to the rules of a table mapping: renames, and what has to be computed."""

from groundplan.engine.facts import TABLES
from groundplan.intake.contracts import ColumnRule
from groundplan.intake.suggest.deals.opportunity_rules import opportunity_rules
from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.suggest.headings.scales import scale_of
from groundplan.intake.suggest.headings.shared_prefixes import subject_of
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import column_of, concat, ticked
from groundplan.intake.suggest.matching.fitting import Match, matched
from groundplan.intake.suggest.orders.amounts import amount_rule
from groundplan.intake.suggest.orders.currencies import currency_rules
from groundplan.intake.suggest.references.shared_rules import (
    Rules,
    first_of_several,
    name_for_key,
    only_choices,
    spare_names,
)
from groundplan.intake.suggest.values.agreement import kind_of
from groundplan.intake.suggest.values.evidence import Evidence


def rules_of(each: Candidate, evidence: Evidence) -> Rules:
    """A rule for every canonical column that has one, in the table's order."""
    rules: Rules = {
        column.name: ColumnRule(column=column_of(each, column.name))
        for column in TABLES[each.table].columns
        if each.find(column.name)
    }
    special = _SPECIAL.get(each.table)
    if special is not None:
        special(each, evidence, rules)
    _scaled(each, rules)
    first_of_several(each, evidence, rules)
    _without_placeholders(each, rules)
    order = [column.name for column in TABLES[each.table].columns]
    return {name: rules[name] for name in order if name in rules}


_MONEY = ("amount", "annual_revenue", "revenue_goal", "list_price", "margin")
_NAMES_APART = 0.9
_HALF = 0.5
_PERSON = frozenset(("first_name", "last_name"))


def _scaled(each: Candidate, rules: Rules) -> None:
    """Numbers that their heading tells to be thousands or millions are multiplied."""
    for name in _MONEY:
        found = each.find(name)
        scale = scale_of(found[0].profile.heading) if found else 1
        if found and scale > 1 and name in rules and rules[name].column:
            rules[name] = ColumnRule(compute=f"{ticked(rules[name].column)} * {scale}")


def _without_placeholders(each: Candidate, rules: Rules) -> None:
    """A text such as `not closed` in a column of dates is no date."""
    for name, rule in rules.items():
        found = each.find(name)
        text = found[0].profile.nothing if found and rule.column else ""
        if found and text and kind_of(each.table, name) == "date":
            column = ticked(rule.column)
            rules[name] = ColumnRule(compute=f"if(not ({column} in ({text!r})), {column})")


def _same(rules: Rules, one: str, other: str) -> None:
    """Each of two columns stands in for the other."""
    if one not in rules and other in rules:
        rules[one] = rules[other]
    elif other not in rules and one in rules:
        rules[other] = rules[one]


def _person(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    """First and last name make the name, unless a name's column is better filled; one called the
    name that stands beside the other's column and doesn't hold it is the half that is missing."""
    name, last, first = (each.find(part) for part in ("name", "last_name", "first_name"))
    half = last or first
    if name and half and not (first and last) and _apart(name[0], half[0], evidence):
        first, last, name = first or name, last or name, None
    if last and not (name and name[0].profile.filled >= last[0].profile.filled):
        parts = [found[0].profile.column for found in (first, last) if found]
        rules["name"] = ColumnRule(compute=concat(parts, " "))


def _apart(name: Match, half: Match, evidence: Evidence) -> bool:
    """Do two columns of a file hold different words of a person's name?"""
    one, other = name.profile, half.profile
    return one.file == other.file and evidence.holds(one.file, one.column, other.column) < _HALF


def _users(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    _person(each, evidence, rules)
    email = each.find("email")
    if "login" not in rules and email and email[0].profile.unique:
        rules["login"] = ColumnRule(column=email[0].profile.column)
    _same(rules, "login", "name")


def _accounts(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    if "name" not in rules and each.find("first_name"):
        _person(each, evidence, rules)
    _same(rules, "account_id", "name")
    _nameless(each, evidence, rules)
    _employed(each, evidence, rules)


def _employed(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    """Customers who are people, of whom many name one company, are called by their own names."""
    name, key = each.parts.get("name"), each.parts.get("account_id")
    if name is None or key is None or name.profile.distinct > _NAMES_APART:
        return
    told = matched("contacts", evidence.profiles[each.file].values(), only=_PERSON)
    parts = [told[part].profile.column for part in ("first_name", "last_name") if part in told]
    if len(parts) == 2 and evidence.distinct(each.file, parts) > name.profile.distinct:
        rules["name"] = ColumnRule(compute=concat(parts, " "))


def _nameless(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    """Customers without a company's name are called like the person, or else by their key."""
    name = each.parts.get("name")
    if name is None or name.profile.filled > 0.999 or "account_id" not in rules:
        return
    told = matched("contacts", evidence.profiles[each.file].values(), only=_PERSON)
    parts = [told[part].profile.column for part in ("first_name", "last_name") if part in told]
    spare = [concat(parts, " ")] if len(parts) == 2 else []
    if spare and name.profile.filled < 0.98:
        choices = ", ".join([ticked(name.profile.column), *spare])
        rules["name"] = ColumnRule(compute=f"coalesce({choices})")


def _products(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    _same(rules, "product_id", "name")


def _contacts(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    _person(each, evidence, rules)
    name_for_key(each, rules, "account_id", "account.name")
    email = each.find("email")
    if "contact_id" not in rules and email and email[0].profile.unique:
        rules["contact_id"] = ColumnRule(column=email[0].profile.column)
    if "contact_id" not in rules:
        names = [
            found[0].profile.column
            for part in ("account_id", "account.name", "first_name", "last_name", "name")
            if (found := each.find(part))
        ]
        rules["contact_id"] = ColumnRule(compute=concat(names, "/"))


def _purchases(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    name_for_key(each, rules, "account_id", "account.name")
    name_for_key(each, rules, "product_id", "product.name")
    name_for_key(each, rules, "product_id", "product.category")
    spare_names(each, evidence, rules)
    if each.key:
        rules["order_id"] = ColumnRule(compute=concat(each.key, " · "))
    _month(each, rules)
    rules["amount"] = amount_rule(each, evidence)
    currency_rules(each, evidence, rules)
    for closed in ("status", "channel"):
        only_choices(each, evidence, rules, closed)


def _month(each: Candidate, rules: Rules) -> None:
    """The first of a month that two columns tell, where no column is a date."""
    year, month = each.parts.get("year"), each.parts.get("month")
    if "date" in rules or year is None or month is None:
        return
    told = (ticked(year.profile.column), ticked(month.profile.column))
    if month.profile.numeric:
        rules["date"] = ColumnRule(compute=f"concat({told[0]}, '-', {told[1]}, '-1')")
    else:
        rules["date"] = ColumnRule(compute=f"concat('1 ', {told[1]}, ' ', {told[0]})")


_KINDS = (("meet", "meeting"), ("visit", "meeting"), ("termin", "meeting"), ("besuch", "meeting"),
          ("event", "meeting"), ("call", "call"), ("anruf", "call"), ("phone", "call"),
          ("mail", "email"), ("campaign", "campaign"))  # fmt: skip


def _interactions(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    name_for_key(each, rules, "account_id", "account.name")
    told = each.find("kind") or each.find("subject")
    file = words(subject_of(each.file))
    alone = next((kind for part, kind in _KINDS for word in file if part in word), "other")
    if not each.find("kind") and alone != "other":
        rules["kind"] = ColumnRule(value=alone)
    elif told:
        column = ticked(told[0].profile.column)
        compute = "'other'"
        for part, kind in reversed(_KINDS):
            compute = f"if(contains({column}, '{part}'), '{kind}', {compute})"
        rules["kind"] = ColumnRule(compute=compute)
        _only_needed(each, evidence, rules)


def _only_needed(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    """Values that are the choices already need no computing."""
    found = each.find("kind")
    if found:
        values = evidence.values(found[0].profile.file, found[0].profile.column)
        if all(value.lower() in TABLES["interactions"].column("kind").choices for value in values):
            rules["kind"] = ColumnRule(column=found[0].profile.column)


def _positions(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    name_for_key(each, rules, "account_id", "account.name")
    name_for_key(each, rules, "product_id", "product.name")
    if "position" not in rules:
        rules["position"] = ColumnRule(value="competitor")


_SPECIAL = {
    "users": _users,
    "accounts": _accounts,
    "products": _products,
    "contacts": _contacts,
    "purchases": _purchases,
    "opportunities": opportunity_rules,
    "interactions": _interactions,
    "competitor_positions": _positions,
}
