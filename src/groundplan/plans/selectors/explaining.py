"""Counts of objectives, and the rows that were counted."""

from collections.abc import Sequence
from typing import Any

from groundplan.book.selectors.territory import campaigns_at, meetings_at, reached_at
from groundplan.insight.traces.asking import Question, uid_of, unknown
from groundplan.insight.traces.contracts import AccountCell, Answer, Part, RowColumn, Rows
from groundplan.kernel.figures import Figure
from groundplan.plans.contracts import Kind
from groundplan.plans.kinds import OBJECTIVES_COUNTED

from .actuals import Counted, counted
from .counted import accounts_in, accounts_of, new_buyers
from .graphs import graph_of_plan
from .plans import part_row, plan_of

ACCOUNT, SUBJECT = RowColumn("account", "account"), RowColumn("subject")
COLUMNS = {
    "meetings": (ACCOUNT, RowColumn("date", "date"), SUBJECT),
    "campaigns": (SUBJECT, RowColumn("date", "date"), RowColumn("touches", "number")),
    "coverage": (ACCOUNT,),
    "new_logos": (ACCOUNT,),
}

OBJECTIVES: tuple[Kind, ...] = ("objective",)

Cells = Sequence[tuple[object, ...]]


def explain(question: Question) -> Answer:
    """The objective that the trace names, counted anew, and what was counted.

    Raises NotFound for an objective that the viewer doesn't see, or that counts something else.
    """
    measure = question.trace.measure
    metric = OBJECTIVES_COUNTED[measure]
    row = part_row(question.viewer, uid_of(question.parameter("objective")))
    plan = plan_of(question.viewer, row.plan.uid)
    graph = graph_of_plan(plan, kinds=OBJECTIVES)
    objective = next((one for one in graph.objectives if one.uid == row.uid), None)
    if objective is None or objective.metric != metric:
        raise unknown()
    found = counted(question.viewer, plan, objective, graph)
    if found is None:
        raise unknown()
    cells = _cells(question, metric, found)
    page = question.page
    shown = tuple(tuple(one) for one in cells[page.start : page.start + page.size])
    rows = Rows(COLUMNS[metric], shown, len(cells), len(cells), page.start, page.size)
    if metric != "coverage":
        return Answer(Figure(round(found.value, 1), "count"), measure, (), rows)
    accounts = accounts_in(found.reach, question.current, found.part)
    parts = (
        Part("objective.reached", Figure(len(cells)), ""),
        Part("objective.accounts", Figure(accounts.count() if accounts is not None else 0), "/"),
    )
    return Answer(Figure(float(found.value) / 100, "share"), measure, parts, rows)


def _cells(question: Question, metric: str, found: Counted) -> Cells:
    """Every row that was counted: a plan reaches the accounts of a few people."""
    first, last = found.reach.plan.starts_on, found.last
    if metric == "new_logos":
        buyers = new_buyers(found.reach, question.current, first, last, found.part)
        return _named(accounts_of(found.reach), buyers or frozenset())
    accounts = accounts_in(found.reach, question.current, found.part)
    if accounts is None:
        raise unknown()
    if metric == "meetings":
        rows = meetings_at(accounts, first, last)
        return [(AccountCell(str(uid), name), day, said) for uid, name, day, said in rows]
    if metric == "campaigns":
        return campaigns_at(accounts, first, last)
    return _named(accounts, reached_at(accounts, first, last))


def _named(accounts: Any, ids: Any) -> Cells:
    rows = accounts.filter(pk__in=ids).order_by("name", "pk").values_list("uid", "name")
    return [(AccountCell(str(uid), name),) for uid, name in rows]
