"""Which accounts a question over many accounts is about."""

from typing import Any

from django.db.models import QuerySet

from groundplan.insight.selectors.results import results_of

from .asking import Question


def chosen_results(question: Question) -> QuerySet[Any, Any]:
    """Results of the accounts that the viewer may see, less what the address filters out."""
    found = results_of(question.viewer, question.current)
    if question.cover.persons is not None and _names_persons(question):
        found = found.filter(account__owner__in=question.cover.persons)
    filters = {
        "effective_tier": question.parameter("tier"),
        "segment": question.parameter("segment"),
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


def _names_persons(question: Question) -> bool:
    return any(question.parameter(name) for name in ("owner", "team", "scope"))
