"""What the stages of a pipeline mean, from their words and the file's own flags."""

from collections.abc import Sequence

from groundplan.intake.contracts import StageRule, TableMapping
from groundplan.intake.mapping.cells import Reach, literal, quoted
from groundplan.intake.mapping.expressions import compile_expression
from groundplan.intake.mapping.numbers import number_sql
from groundplan.intake.suggest.documents.outcomes import outcome_of
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.validating.words import boolean_sql

_CLOSED = 0.98


def stages_in(
    mapped: Sequence[tuple[Candidate, TableMapping]], evidence: Evidence
) -> dict[str, StageRule]:
    """The stages that the files of opportunities write, with what each seems to mean."""
    stages: dict[str, StageRule] = {}
    for each, table in mapped:
        if table.table != "opportunities":
            continue
        rule = table.columns["stage"]
        reach = Reach([evidence.files[table.file]])
        sql = literal(rule.value or "Open")
        if rule.column:
            sql = reach.find(rule.column).sql
        elif rule.compute:
            sql = compile_expression(rule.compute, reach, lambda _: ".").sql
        stages |= stages_of(each, sql, evidence)
    return stages


def stages_of(each: Candidate, stage: str, evidence: Evidence) -> dict[str, StageRule]:
    """A rule for each value of the SQL expression `stage` over the file's rows.

    Flags of the file (IsWon, IsClosed) overrule words; of a closed one that says nothing else its
    probability tells, 1 or 0, whether it was won. An open stage has the median of the file's.
    """
    relation = quoted(evidence.files[each.file].relation)
    won, closed = (_flag(each, part) for part in ("is_won", "is_closed"))
    chance = _probability(each)
    rows = evidence.connection.execute(
        f"SELECT {stage} AS stage, avg({won}), avg({closed}), median({chance}), min({chance}),"
        f" max({chance}), count(*) FROM {relation} f0 GROUP BY 1 HAVING stage IS NOT NULL"
        " ORDER BY count(*) DESC, 1 LIMIT 60"
    ).fetchall()
    return {name: _rule(name, *told) for name, *told, _ in rows}


def _rule(stage: str, won: float | None, closed: float | None, *chances: float | None) -> StageRule:
    """`chances` are the median, the least and the most of what its rows say."""
    probability, least, most = chances
    if won is not None and won > 0.5:
        return StageRule("won")
    if closed is not None and closed > 0.5 and won is not None:
        return StageRule("lost")
    told = outcome_of(stage)
    if told.outcome != "open" or probability is None:
        return told
    if closed is not None and closed > _CLOSED and least == most and least in (0, 1):
        return StageRule("won" if least else "lost")
    return StageRule("open", round(min(max(probability, 0.0), 1.0), 4))


def _flag(each: Candidate, part: str) -> str:
    found = each.parts.get(part)
    if found is None:
        return "NULL"
    said = boolean_sql(f"f0.{quoted(found.profile.column)}")
    return f"CASE WHEN {said} THEN 1 ELSE 0 END"


def _probability(each: Candidate) -> str:
    found = each.parts.get("probability")
    if found is None:
        return "NULL"
    profile = found.profile
    scale = 100 if (profile.highest or 0) > 1 and not profile.share("percents") else 1
    return f"{number_sql(f'f0.{quoted(profile.column)}', profile.mark)} / {scale}"
