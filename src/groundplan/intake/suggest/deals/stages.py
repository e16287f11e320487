"""What the stages of a pipeline mean, from their words and the file's own flags."""

from collections.abc import Sequence
from dataclasses import dataclass

from groundplan.intake.contracts import StageRule, TableMapping
from groundplan.intake.mapping.cells import Reach, literal, quoted
from groundplan.intake.mapping.expressions import compile_expression
from groundplan.intake.mapping.numbers import number_sql
from groundplan.intake.suggest.documents.outcomes import outcome_of
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.deal_dates import days_told
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.validating.words import boolean_sql

_CLOSED, _HALF, _SEVERAL = 0.98, 0.5, 5


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

    Flags of the file (IsWon, IsLost, IsClosed) overrule words; of a closed one that says nothing
    else its probability tells, 1 or 0, whether it was won. So it does of one whose deals all have
    a day of closing in the past. An open stage has the median of the file's.
    """
    relation = quoted(evidence.files[each.file].relation)
    won, lost, closed = (_flag(each, part) for part in ("is_won", "is_lost", "is_closed"))
    chance = _probability(each)
    rows = evidence.connection.execute(
        f"SELECT {stage} AS stage, avg({won}), avg({lost}), avg({closed}), median({chance}),"
        f" min({chance}), max({chance}) FROM {relation} f0 GROUP BY 1 HAVING stage IS NOT NULL"
        " ORDER BY count(*) DESC, 1 LIMIT 60"
    ).fetchall()
    past = _past(each, stage, evidence)
    return {name: _Told(name in past, *told).rule(name) for name, *told in rows}


@dataclass(frozen=True, slots=True)
class _Told:
    """What the rows of a stage say: whether all their days of closing are past, the share of those
    flagged so, and the median, the least and the most of their probabilities."""

    past: bool
    won: float | None
    lost: float | None
    closed: float | None
    probability: float | None
    least: float | None
    most: float | None

    def rule(self, stage: str) -> StageRule:
        if self.won is not None and self.won > _HALF:
            return StageRule("won")
        if self.lost is not None and self.lost > _HALF:
            return StageRule("lost")
        if self.closed is not None and self.closed > _HALF and self.won is not None:
            return StageRule("lost")
        told = outcome_of(stage)
        if told.outcome != "open" or self.probability is None:
            return told
        if self._over() and self.least == self.most and self.least in (0, 1):
            return StageRule("won" if self.least else "lost")
        return StageRule("open", round(min(max(self.probability, 0.0), 1.0), 4))

    def _over(self) -> bool:
        """A column that says what is closed, or what was won or lost, knows better than days."""
        if self.closed is not None:
            return self.closed > _CLOSED
        return self.past and (self.won if self.least else self.lost) is None


def _past(each: Candidate, stage: str, evidence: Evidence) -> frozenset[str]:
    """The stages whose deals, several, all were to be closed by the last day on which a deal of
    the file was made: that is no later than the day of the export."""
    opened, close = (each.parts.get(part) for part in ("opened_on", "close_on"))
    close = each.parts.get("closed_on") or close
    if opened is None or close is None:
        return frozenset()
    made, due = (days_told(match.profile, evidence) for match in (opened, close))
    rows = evidence.connection.execute(
        f"SELECT {stage} FROM {quoted(evidence.files[each.file].relation)} f0 LEFT JOIN ({due}) due"
        f" ON due.v = f0.{quoted(close.profile.column)} GROUP BY 1 HAVING count(*) >= {_SEVERAL}"
        f" AND bool_and(coalesce(due.day <= (SELECT max(day) FROM ({made})), FALSE))"
    ).fetchall()
    return frozenset(name for (name,) in rows)


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
