"""Which files of imports are still of use."""

from django.db import DEFAULT_DB_ALIAS

from .models import ImportRun


def rejects_kept(using: str = DEFAULT_DB_ALIAS) -> set[str]:
    """Paths below the home of the files of rejected rows that imports refer to."""
    runs = ImportRun.objects.using(using).exclude(rejects_path="")
    return set(runs.values_list("rejects_path", flat=True))
