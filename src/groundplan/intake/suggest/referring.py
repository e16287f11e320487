"""Rules that several tables share."""

from groundplan.engine.facts import TABLES
from groundplan.intake.contracts import ColumnRule
from groundplan.intake.suggest.candidates import Candidate
from groundplan.intake.suggest.evidence import Evidence
from groundplan.intake.suggest.spelling import column_of, ticked

Rules = dict[str, ColumnRule]


def instead(each: Candidate, rules: Rules, reference: str, named: str) -> None:
    if reference not in rules and each.find(named):
        rules[reference] = ColumnRule(column=column_of(each, named))


def only_choices(each: Candidate, evidence: Evidence, rules: Rules, part: str) -> None:
    """A closed list is mapped only where the file's values are its choices."""
    found = each.find(part)
    if part not in rules or not found:
        return
    choices = TABLES[each.table].column(part).choices
    values = evidence.values(found[0].profile.file, found[0].profile.column)
    if any(value.lower() not in choices for value in values):
        del rules[part]


_REFERRING = ("account_id", "product_id", "contact_id", "opportunity_id")


def first_of_several(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    """A cell such as `4711;4712` names several accounts: the first is the one meant."""
    for name in _REFERRING:
        found = each.find(name)
        if not found or name == TABLES[each.table].key or rules.get(name) is None:
            continue
        if rules[name].column and evidence.lists_keys(found[0].profile):
            compute = f"split({ticked(rules[name].column)}, ';', 1)"
            rules[name] = ColumnRule(compute=compute)
