"""Questions of the assessment that nobody answered yet, each with the form that answers it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from groundplan.plans.contracts import Answer
from groundplan.plans.rules.metrics import METRICS
from groundplan.plans.rules.questions import ACCOUNT, TEAM, TERRITORY, assessment_of

from .cards import add
from .forms import Pairs
from .frame import Frame


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question without an answer; its form opens in the slot of its section."""

    question: str
    address: str
    slot: str


def unanswered(plan: Frame, answers: Iterable[Answer], area: str) -> tuple[Unanswered, ...]:
    """The plan's questions of an area that no answer is to, in their order."""
    known = {one.question for one in answers if one.area == area and not one.account}
    form = add(plan.uid, "answer", area, area=area)
    return tuple(
        Unanswered(_(one.text), f"{form.address}&question={one.code}", form.slot)
        for one in (TEAM if area == "team" else assessment_of(plan.subject))
        if one.code not in known
    )


def questions(plan: Frame, area: str) -> Pairs:
    """The questions that an answer may be to, as a form's choices."""
    asked = TEAM if area == "team" else assessment_of(plan.subject)
    return tuple((one.code, _(one.text)) for one in asked)


def metrics() -> Pairs:
    return tuple((one.code, _(one.name)) for one in METRICS)


def question_words() -> Mapping[str, Mapping[str, str]]:
    """What codes of questions and of metrics are called, by field."""
    return {
        "question": {one.code: _(one.text) for one in (*ACCOUNT, *TERRITORY, *TEAM)},
        "metric": dict(metrics()),
    }
