"""Goals: quotas of persons prorated by days, an account's goal for the year, and the gaps."""

from decimal import Decimal

from groundplan.kernel.figures import Figure
from groundplan.kernel.money import ZERO
from groundplan.organisation.selectors import calendar

from .asking import Question
from .contracts import Answer, Part, RowColumn, Rows
from .listing import Listing, parquet, rows
from .pipeline import forecast_sums
from .registry import explains
from .revenue import sum_of_period

QUOTAS = (
    RowColumn("person", "person"),
    RowColumn("period_start", "date"),
    RowColumn("period_end", "date"),
    RowColumn("quota", "money"),
    RowColumn("days", "number"),
    RowColumn("days_in", "number"),
    RowColumn("share", "money"),
)
GOALS = (
    RowColumn("account", "account"),
    RowColumn("goal", "money"),
    RowColumn("days", "number"),
    RowColumn("days_in", "number"),
    RowColumn("share", "money"),
)


@explains("goal")
def goal(question: Question) -> Answer:
    """The quotas of the persons, or the goals of the accounts, that the period has a share of."""
    found = goal_rows(question)
    formula = "goal" if question.accounts is None else "goal.account.share"
    return Answer(question.money(found.total), formula, (), found)


@explains("goal.gap")
def gap(question: Question) -> Answer:
    """Forecast less goal."""
    forecast = sum(forecast_sums(question).values(), ZERO)
    wanted = _total(goal_rows(question))
    parts = (
        Part("revenue.forecast", question.money(forecast, "revenue.forecast")),
        Part("goal", question.money(wanted, "goal"), "−"),
    )
    return Answer(question.money(forecast - wanted), "goal.gap", parts)


@explains("goal.attained")
def attained(question: Question) -> Answer:
    """Actual revenue as a share of the goal."""
    parts = _attained_parts(question)
    return Answer(Figure(_attained(question), "share"), "goal.attained", parts)


@explains("pace")
def pace(question: Question) -> Answer:
    """The share of the goal attained over the share of time gone."""
    share = _attained(question)
    elapsed = question.period.elapsed(question.current.last_day)
    parts = (
        Part("goal.attained", Figure(share, "share", "", question.sibling("goal.attained")), ""),
        Part("pace.elapsed", Figure(elapsed, "share"), "÷"),
    )
    value = share / elapsed if share is not None and elapsed else None
    return Answer(Figure(value, "share"), "pace", parts)


def _attained(question: Question) -> float | None:
    wanted = _total(goal_rows(question))
    return float(_actual(question) / wanted) if wanted else None


def _attained_parts(question: Question) -> tuple[Part, ...]:
    wanted = _total(goal_rows(question))
    return (
        Part("revenue.actual", question.money(_actual(question), "revenue.actual"), ""),
        Part("goal", question.money(wanted, "goal"), "÷"),
    )


def _actual(question: Question) -> Decimal:
    measures = ("revenue.recognised", "revenue.backlog")
    return sum((sum_of_period(question, measure) for measure in measures), ZERO)


def goal_rows(question: Question) -> Rows:
    """The rows whose shares make up the goal."""
    if question.accounts is not None:
        return rows(question, _account_goals(question))
    return rows(question, _quotas(question))


def _quotas(question: Question) -> Listing:
    source = parquet(question.current.folder, "quotas")
    persons = question.cover.persons
    whose = "TRUE" if persons is None else "person_id IN (SELECT unnest($persons::BIGINT[]))"
    sql = f"""
        SELECT person_id, period_start, period_end, amount, days, days_after - days_before,
               {_share("amount")} AS share
        FROM (
            SELECT *, period_end - period_start + 1 AS days,
                   greatest($starts_on - period_start, 0) AS days_before,
                   least(period_end, $ends_on) - period_start + 1 AS days_after
            FROM {source} WHERE {whose}
        ) WHERE days_after > days_before
    """
    period = question.period
    parameters: dict[str, object] = {"starts_on": period.starts_on, "ends_on": period.ends_on}
    if persons is not None:
        parameters["persons"] = list(persons)
    order = "person_id, period_start"
    return Listing(sql, parameters, QUOTAS, order, "sum(share)", guarded=False)


def _account_goals(question: Question) -> Listing:
    cut = calendar()
    year = cut.periods(question.period.fiscal_year)[0]
    sql = f"""
        SELECT account_id, revenue_goal, days, days_after - days_before,
               {_share("revenue_goal")} AS share
        FROM (
            SELECT *, $days::BIGINT AS days, $before::BIGINT AS days_before,
                   $after::BIGINT AS days_after
            FROM {parquet(question.current.folder, "accounts")}
            WHERE revenue_goal IS NOT NULL AND account_id IN (SELECT unnest($accounts::BIGINT[]))
        )
    """
    parameters = {
        "accounts": list(question.accounts or ()),
        "days": year.days,
        "before": (question.period.starts_on - year.starts_on).days,
        "after": (question.period.ends_on - year.starts_on).days + 1,
    }
    return Listing(sql, parameters, GOALS, "account_id", "sum(share)")


def _share(column: str) -> str:
    """The difference of two rounded running totals, so that parts of a goal add up to it."""
    whole = f"CAST({column} AS DECIMAL(28, 4))"
    return (
        f"CAST(ROUND({whole} * days_after / days, 4) - ROUND({whole} * days_before / days, 4)"
        " AS DECIMAL(18, 4))"
    )


def _total(found: Rows) -> Decimal:
    return found.total if isinstance(found.total, Decimal) else ZERO
