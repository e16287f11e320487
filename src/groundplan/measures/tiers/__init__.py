"""Which accounts come first: weighted characteristics add up to tiers A, B and C."""

from .assign import Tiering, assign_tiers
from .conditions import check
from .contracts import ATTRIBUTES, CUSTOM, OPERATORS, Characteristic, Thresholds
from .defaults import default_thresholds
from .trial import Limits, Trial, try_tiers

__all__ = [
    "ATTRIBUTES",
    "CUSTOM",
    "OPERATORS",
    "Characteristic",
    "Limits",
    "Thresholds",
    "Tiering",
    "Trial",
    "assign_tiers",
    "check",
    "default_thresholds",
    "try_tiers",
]
