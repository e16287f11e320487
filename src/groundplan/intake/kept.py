"""Which folders purchases and uploaded files lie in."""

from django.db import DEFAULT_DB_ALIAS

from .models import PurchaseLayer, Upload


def folders_kept(using: str = DEFAULT_DB_ALIAS) -> set[str]:
    """Their paths below the home; `using` names the database, which may be a copy of it."""
    layers = PurchaseLayer.objects.using(using).values_list("folder", flat=True)
    uploads = Upload.objects.using(using).values_list("folder", flat=True)
    return {*layers, *uploads}
