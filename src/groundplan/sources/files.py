"""Which files of imports are still of use."""

from .models import ImportRun


def rejects_kept() -> set[str]:
    """Paths below the home of the files of rejected rows that imports refer to."""
    paths = ImportRun.objects.exclude(rejects_path="").values_list("rejects_path", flat=True)
    return set(paths)
