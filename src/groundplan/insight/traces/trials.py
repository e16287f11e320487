"""Counts of accounts by rules that are only tried: the draft travels in the address."""

from groundplan.book.selectors.labels import account_refs
from groundplan.insight.selectors.trial_tokens import trial_read
from groundplan.insight.selectors.trials import TrialGroup, trial_group
from groundplan.kernel.errors import InvalidInput
from groundplan.kernel.figures import Figure, Trace

from .asking import Question, unknown
from .contracts import AccountCell, Answer, Part, RowColumn, Rows
from .registry import explains

NO_TIER = "none"
"""Stands for the accounts without a tier in an address, where an empty text is left out."""
COLUMNS = (
    RowColumn("account", "account"),
    RowColumn("was"),
    RowColumn("becomes"),
    RowColumn("score", "number"),
    RowColumn("met", "number"),
)


def trial_trace(token: str, group: TrialGroup) -> Trace:
    """Leads to the accounts of a group of the draft that `token` holds."""
    return Trace.of(
        "tier.trial",
        draft=token,
        was=NO_TIER if group.was == "" else group.was,
        becomes=group.becomes,
        moving="yes" if group.moving else None,
        met=group.met,
        decided="yes" if group.decided else None,
    )


@explains("tier.trial")
def trial(question: Question) -> Answer:
    """The accounts of a group, of those that the viewer may see."""
    page = question.page
    rows, limits = trial_read(question.parameter("draft"))
    try:
        count, found = trial_group(
            question.viewer, rows, limits, _group(question), start=page.start, size=page.size
        )
    except InvalidInput:
        raise unknown() from None
    refs = account_refs([row[0] for row in found])
    cells = tuple(
        (AccountCell(str(refs[pk].uid), refs[pk].name), was or "–", becomes, score, met)
        for pk, was, becomes, score, met in found
        if pk in refs
    )
    return Answer(
        Figure(count), "tier.trial", (), Rows(COLUMNS, cells, count, count, page.start, page.size)
    )


@explains("tier.trial.change")
def change(question: Question) -> Answer:
    """How many more a tier would have."""
    token, tier = question.parameter("draft"), question.parameter("tier")
    rows, limits = trial_read(token)
    parts = []
    for group, sign in ((TrialGroup(becomes=tier), "+"), (TrialGroup(was=tier), "-")):
        try:
            count, _rows = trial_group(question.viewer, rows, limits, group)
        except InvalidInput:
            raise unknown() from None
        parts.append(Part("tier.trial", Figure(count, trace=trial_trace(token, group)), sign))
    value = int(parts[0].figure.value or 0) - int(parts[1].figure.value or 0)
    return Answer(Figure(value), "tier.trial.change", tuple(parts))


def _group(question: Question) -> TrialGroup:
    was, met = question.parameter("was"), question.parameter("met")
    if met and not (met.isdigit() and int(met) < 63):
        raise unknown()
    return TrialGroup(
        was="" if was == NO_TIER else was or None,
        becomes=question.parameter("becomes") or None,
        moving=bool(question.parameter("moving")),
        met=int(met) if met else None,
        decided=bool(question.parameter("decided")),
    )
