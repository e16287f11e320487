"""The folders that results lie in."""

from django.db import DEFAULT_DB_ALIAS

from .models import AnalysisRun


def folders_kept(using: str = DEFAULT_DB_ALIAS) -> set[str]:
    """Their paths below the home; `using` names the database, which may be a copy of it."""
    return set(AnalysisRun.objects.using(using).values_list("folder", flat=True))
