"""Deals that were lost although their stage doesn't say so: a reason or a date of loss shows it, or
they were made inactive with no probability left."""

from groundplan.intake.contracts import ColumnRule
from groundplan.intake.mapping.cells import quoted
from groundplan.intake.mapping.numbers import number_sql
from groundplan.intake.suggest.documents.outcomes import outcome_of
from groundplan.intake.suggest.documents.states import NO
from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import among, ticked
from groundplan.intake.suggest.references.shared_rules import Rules
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_ACTIVE = frozenset(("active", "aktiv", "actif", "activo", "attivo", "ativo", "actief", "aktywny"))
_MOST, _MOSTLY, _SELDOM = 0.9, 0.95, 0.05


def lost_beside(each: Candidate, evidence: Evidence, rules: Rules) -> None:
    """Makes such deals' stage `Lost`; call it where no stage is."""
    stage, rule = each.parts.get("stage"), rules.get("stage")
    if stage is None or rule is None or not rule.column:
        return
    values = evidence.values(each.file, stage.profile.column)
    won = [value for value in values if outcome_of(value).outcome == "won"]
    told = among(rule.column, won) if won else ""
    for part in ("lost_reason", "lost_on"):
        match = each.parts.get(part)
        if match and _of_lost_ones(match.profile, stage.profile, won, evidence):
            test = f"not empty({ticked(match.profile.column)})"
            test = f"{test} and not ({told})" if told else test
            rules["stage"] = ColumnRule(compute=f"if({test}, 'Lost', {ticked(rule.column)})")
            return
    away = _put_away(each, evidence)
    if away:
        rules["stage"] = ColumnRule(compute=f"if({away}, 'Lost', {ticked(rule.column)})")


def _of_lost_ones(profile: Profile, stage: Profile, won: list[str], evidence: Evidence) -> bool:
    """Is it told of some deals, of which hardly any was won?"""
    if not 0 < profile.filled < _MOST:
        return False
    listed = ", ".join("?" for _ in won) or "NULL"
    step, own = quoted(stage.column), quoted(profile.column)
    row = evidence.connection.execute(
        f"SELECT avg(CAST(coalesce({step} IN ({listed}), FALSE) AS INTEGER)) FROM"
        f" {quoted(evidence.files[profile.file].relation)} WHERE {own} IS NOT NULL",
        won,
    ).fetchone()
    return bool(row and row[0] is not None and row[0] < _SELDOM)


def _put_away(each: Candidate, evidence: Evidence) -> str:
    """The expression of deals that are no longer active, where nearly all of those have no chance
    left; '' where no column says so."""
    chance = each.parts.get("probability")
    for profile in evidence.profiles[each.file].values() if chance else ():
        if not (_ACTIVE & set(words(profile.heading)) and profile.share("flags") > _MOSTLY):
            continue
        no = [v for v in evidence.values(each.file, profile.column) if v.lower() in NO]
        if chance and no and _without_chance(profile, chance.profile, no, evidence):
            return among(profile.column, no)
    return ""


def _without_chance(active: Profile, chance: Profile, no: list[str], evidence: Evidence) -> bool:
    listed = ", ".join("?" for _ in no)
    number = number_sql(quoted(chance.column), chance.mark)
    row = evidence.connection.execute(
        f"SELECT avg(CAST(coalesce({number}, 0) = 0 AS INTEGER)) FROM"
        f" {quoted(evidence.files[active.file].relation)}"
        f" WHERE {quoted(active.column)} IN ({listed})",
        no,
    ).fetchone()
    return bool(row and row[0] is not None and row[0] > _MOSTLY)
