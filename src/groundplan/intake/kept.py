"""The folders that purchases, uploaded files and journals of imports lie in."""

from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS

from .models import PurchaseLayer, Upload
from .undoing.keeping import journals_kept


def folders_kept(using: str = DEFAULT_DB_ALIAS) -> set[str]:
    """Their paths below the home; `using` names the database, which may be a copy of it."""
    layers = PurchaseLayer.objects.using(using).values_list("folder", flat=True)
    uploads = Upload.objects.using(using).values_list("folder", flat=True)
    home = Path(settings.GROUNDPLAN_HOME)
    # Imports of before there were journals have none.
    journals = {path for path in journals_kept(using) if (home / path).is_dir()}
    return {*layers, *uploads, *journals}
