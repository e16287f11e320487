"""The rules of opportunities: what makes a deal's stage, amount, probability, name and id."""

from groundplan.intake.contracts import ColumnRule
from groundplan.intake.suggest.deals.lost_deals import lost_beside
from groundplan.intake.suggest.documents.outcomes import outcome_of
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import column_of, concat, ticked
from groundplan.intake.suggest.matching.fitting import Match
from groundplan.intake.suggest.matching.joined_files import Partner
from groundplan.intake.suggest.orders.currencies import currency_rules
from groundplan.intake.suggest.references.shared_rules import Rules, name_for_key, only_choices
from groundplan.intake.suggest.values.evidence import Evidence

_TELLING = ("name", "account_id", "account.name", "product.name", "opened_on", "close_on", "amount",
            "owner", "status", "stage")  # fmt: skip
_APART = 0.999
_BOTH, _SOME = 2, 0.05


def opportunity_rules(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    name_for_key(each, rules, "account_id", "account.name")
    name_for_key(each, rules, "product_id", "product.name")
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
    if each.key:
        rules["opportunity_id"] = ColumnRule(compute=concat(each.key, " · "))
    elif "opportunity_id" not in rules:
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
    """A stage must tell won from lost; where another column does better, both make the stage."""
    stage, status = each.find("stage"), each.find("status")
    own, others = _told(stage, evidence), _told(status, evidence)
    ahead = stage and status and len(others) == _BOTH and _ahead(stage[0], status[0], evidence)
    if own and len(own) >= len(others) and not ahead:
        pass
    elif status and (not stage or others):
        rules["stage"] = _of_both(stage[0] if stage else None, status[0], evidence)
    else:
        _flagged_stage(each, rules)
    if "lost" not in own | others and not each.find("is_closed"):
        lost_beside(each, evidence, rules)


def _of_both(stage: Match | None, status: Match, evidence: Evidence) -> ColumnRule:
    """The state, while it is open the step: but no step that says it were over."""
    state = ticked(status.profile.column)
    if stage is None:
        return ColumnRule(column=status.profile.column)
    listed = [v for v in _values(status, evidence) if outcome_of(v).outcome == "open"] or ["Open"]
    opened = f"{state} in ({', '.join(map(repr, listed))})"
    step = ticked(stage.profile.column)
    over = [v for v in _values(stage, evidence) if outcome_of(v).outcome != "open"]
    if over:
        opened = f"{opened} and not ({step} in ({', '.join(map(repr, over))}))"
    told = f"if({opened}, coalesce({step}, {state}), {state})"
    if status.profile.filled < 1:
        told = f"if(empty({state}), {step}, {told})"
    return ColumnRule(compute=told)


def _flagged_stage(each: Candidate, rules: Rules) -> None:
    stage, won, closed = (each.find(part) for part in ("stage", "is_won", "is_closed"))
    if not won:
        return
    otherwise = ticked(stage[0].profile.column) if stage else "'Open'"
    if closed:
        otherwise = f"if({ticked(closed[0].profile.column)}, 'Lost', {otherwise})"
    compute = f"if({ticked(won[0].profile.column)}, 'Won', {otherwise})"
    rules["stage"] = ColumnRule(compute=compute)


def _told(found: tuple[Match, Partner | None] | None, evidence: Evidence) -> set[str]:
    """Which of won and lost a column's values tell."""
    values = _values(found[0], evidence) if found else []
    return {str(outcome_of(value).outcome) for value in values} - {"open"}


def _ahead(stage: Match, status: Match, evidence: Evidence) -> bool:
    """Does the state tell of deals that are over which the step, itself never against it, leaves
    open? So steps such as `Invoice sent` go on after a deal was won."""
    file, columns = stage.profile.file, (stage.profile.column, status.profile.column)
    if file != status.profile.file:
        return False
    told = [
        (outcome_of(step).outcome, outcome_of(state).outcome, rows)
        for step, state, rows in evidence.together(file, *columns)
    ]
    over = sum(rows for _, state, rows in told if state != "open")
    later = sum(rows for step, state, rows in told if step == "open" != state)
    against = sum(rows for step, state, rows in told if step not in ("open", state))
    return later > _SOME * over and against <= _SOME * over


def _values(match: Match, evidence: Evidence) -> list[str]:
    return evidence.values(match.profile.file, match.profile.column)


def _opportunity_id(each: Candidate, evidence: Evidence) -> ColumnRule:
    """The fewest columns that tell the rows apart, those that change the least first."""
    told = 0.0
    columns: list[str] = []
    for part in _TELLING:
        column = each.parts[part].profile.column if part in each.parts else ""
        more = evidence.apart(each.file, [*columns, column]) if column else 0.0
        if not columns or more > told:
            columns, told = [*columns, column] if column else columns, more
        if told > _APART:
            break
    if len(columns) == 1:
        return ColumnRule(column=columns[0])
    return ColumnRule(compute=concat(columns, " · "))
