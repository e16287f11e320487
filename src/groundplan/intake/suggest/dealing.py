"""Rules of opportunities: what makes their stage, name, probability and id."""

from groundplan.intake.contracts import ColumnRule
from groundplan.intake.suggest.candidates import Candidate
from groundplan.intake.suggest.evidence import Evidence
from groundplan.intake.suggest.fitting import Match
from groundplan.intake.suggest.money import currency_rules
from groundplan.intake.suggest.referring import Rules, instead, only_choices
from groundplan.intake.suggest.spelling import column_of, concat, ticked
from groundplan.intake.suggest.stages import outcome_of


def opportunity_rules(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    instead(each, rules, "account_id", "account.name")
    instead(each, rules, "product_id", "product.name")
    only_choices(each, evidence, rules, "channel")
    _stage(each, evidence, rules)
    _probability(each, rules)
    currency_rules(each, evidence, rules)
    _actual_amount(each, evidence, rules)
    _closing(each, rules)
    if "name" not in rules:
        parts = [p for p in ("product.name", "account.name") if each.find(p)] or ["account_id"]
        told = [column_of(each, part) for part in parts if each.find(part)]
        rules["name"] = ColumnRule(compute=concat(told, " · "))
    if "opportunity_id" not in rules:
        rules["opportunity_id"] = _opportunity_id(each, evidence)


def _actual_amount(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    """Systems that keep what a deal was hoped to bring beside what it brought: a won one counts
    with what it brought."""
    actual, amount = each.parts.get("actual_amount"), rules.get("amount")
    if actual is None:
        return
    brought = f"number({ticked(actual.profile.column)})"
    if amount is None:
        rules["amount"] = ColumnRule(column=actual.profile.column)
        return
    hoped = amount.compute or f"number({ticked(amount.column)})"
    won = won_told(each, evidence)
    if won and amount.value is None:
        compute = f"if({won}, coalesce({brought}, {hoped}), {hoped})"
        rules["amount"] = ColumnRule(compute=compute)


def won_told(each: Candidate, evidence: Evidence) -> str:
    """The expression of whether a row's deal is won; '' where nothing tells."""
    for part in ("is_won", "stage", "status"):
        found = each.find(part)
        if found is None:
            continue
        column = ticked(column_of(each, part))
        if part == "is_won":
            return column
        values = evidence.values(found[0].profile.file, found[0].profile.column)
        won = [value for value in values if outcome_of(value).outcome == "won"]
        if won:
            return f"{column} in ({', '.join(map(repr, won))})"
    return ""


def _closing(each: Candidate, rules: Rules) -> None:
    """Systems that write the day a deal was won and the day it was lost in two columns."""
    lost, closed = each.parts.get("lost_on"), rules.get("closed_on")
    if lost is None:
        return
    column = ticked(lost.profile.column)
    if closed is None:
        rules["closed_on"] = ColumnRule(column=lost.profile.column)
    elif closed.column:
        rules["closed_on"] = ColumnRule(compute=f"coalesce({ticked(closed.column)}, {column})")


def _probability(each: Candidate, rules: Rules) -> None:
    found = each.find("probability")
    if found and (found[0].profile.highest or 0) > 1 and not found[0].profile.share("percents"):
        column = ticked(found[0].profile.column)
        rules["probability"] = ColumnRule(compute=f"{column} / 100")


def _stage(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    """A stage must tell won from lost; where another column does, both make the stage."""
    stage, status = each.find("stage"), each.find("status")
    if stage and _tells(stage[0], evidence):
        return
    if status and (not stage or _tells(status[0], evidence)):
        state = ticked(status[0].profile.column)
        values = evidence.values(status[0].profile.file, status[0].profile.column)
        listed = [value for value in values if outcome_of(value).outcome == "open"] or ["Open"]
        opened = f"{state} in ({', '.join(map(repr, listed))})"
        rule = ColumnRule(column=status[0].profile.column)
        if stage:
            step = ticked(stage[0].profile.column)
            rule = ColumnRule(compute=f"if({opened}, coalesce({step}, {state}), {state})")
        rules["stage"] = rule
        return
    _flagged_stage(each, rules)


def _flagged_stage(each: Candidate, rules: Rules) -> None:
    stage, won, closed = (each.find(part) for part in ("stage", "is_won", "is_closed"))
    if not won:
        return
    otherwise = ticked(stage[0].profile.column) if stage else "'Open'"
    if closed:
        otherwise = f"if({ticked(closed[0].profile.column)}, 'Lost', {otherwise})"
    compute = f"if({ticked(won[0].profile.column)}, 'Won', {otherwise})"
    rules["stage"] = ColumnRule(compute=compute)


def _tells(match: Match, evidence: Evidence) -> bool:
    values = evidence.values(match.profile.file, match.profile.column)
    return any(outcome_of(value).outcome != "open" for value in values)


def _opportunity_id(each: Candidate, evidence: Evidence) -> ColumnRule:
    """The fewest columns that tell the rows apart."""
    order = ("name", "account_id", "account.name", "product.name", "close_on", "amount", "owner")
    columns: list[str] = []
    for part in order:
        if part in each.parts:
            columns.append(each.parts[part].profile.column)
            if evidence.distinct(each.file, columns) > 0.999:
                break
    if len(columns) == 1:
        return ColumnRule(column=columns[0])
    return ColumnRule(compute=concat(columns, " · "))
