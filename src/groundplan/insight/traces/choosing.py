"""Which accounts a question over many accounts is about."""

from typing import Any

from django.db.models import QuerySet

from groundplan.insight.selectors.results import results_of_owners
from groundplan.insight.selectors.tables import small_table

from .asking import Question


def chosen_results(question: Question) -> QuerySet[Any, Any]:
    """Results of the accounts of the persons asked about, less what the address filters out.

    Without persons in the address these are all that the viewer answers for.
    """
    found = results_of_owners(question.viewer, question.current, question.cover.persons)
    filters = {
        "effective_tier": question.parameter("tier"),
        "segment": _segment(question),
        "account__industry": question.parameter("industry"),
    }
    return found.filter(**{name: value for name, value in filters.items() if value})


def chosen_ids(question: Question) -> list[int] | None:
    """The ids of these accounts; None is every account there is."""
    if question.accounts is not None:
        return list(question.accounts)
    filtered = any(question.parameter(name) for name in ("tier", "segment", "industry"))
    if question.viewer.sees_all and question.cover.persons is None and not filtered:
        return None
    return list(chosen_results(question).values_list("account_id", flat=True))


def _segment(question: Question) -> str:
    """A segment's label, whether the address has its label or its number."""
    asked = question.parameter("segment")
    if not asked.isdigit():
        return asked
    found = small_table(question.current.results, "segments", "segment_id, label")
    return next((label for number, label in found if str(number) == asked), asked)
