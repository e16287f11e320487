"""What the stages of a file's opportunities mean."""

from decimal import Decimal

from groundplan.intake.contracts import StageRule
from groundplan.intake.suggest.documents.outcomes import outcome_of
from groundplan.organisation.services.imports import NewStage

from .state import State

_CERTAIN = {"won": Decimal(1), "lost": Decimal(0)}


def new_stages(state: State) -> dict[str, NewStage]:
    """The stages of the import's good opportunities, by their name in lower case.

    By the mapping's rules, else by name; what neither knows is open, with the file's usual
    probability. Open ones are for a person to confirm.
    """
    if "opportunities" not in state.tables:
        return {}
    rules = {name.casefold(): rule for name, rule in state.mapping.stages.items()}
    rows = state.connection.execute(
        "SELECT min(stage), CAST(avg(probability) AS DECIMAL(5,4)) FROM rows_opportunities"
        " WHERE _fault IS NULL GROUP BY lower(stage) ORDER BY min(rowid)"
    ).fetchall()
    return {
        name.casefold(): _stage(name, probability, rules.get(name.casefold()) or outcome_of(name))
        for name, probability in rows
    }


def _stage(name: str, usual: Decimal | None, rule: StageRule) -> NewStage:
    if rule.probability is not None:
        usual = Decimal(str(rule.probability))
    probability = _CERTAIN.get(rule.outcome, usual or Decimal(0))
    return NewStage(name[:120], rule.outcome, probability, confirmed=rule.outcome != "open")
