"""Which accounts come first: weighted characteristics add up to tiers A, B and C."""

from .assign import Tiering, assign_tiers
from .conditions import check
from .contracts import ATTRIBUTES, CUSTOM, OPERATORS, Characteristic, Thresholds
from .defaults import default_thresholds

__all__ = [
    "ATTRIBUTES",
    "CUSTOM",
    "OPERATORS",
    "Characteristic",
    "Thresholds",
    "Tiering",
    "assign_tiers",
    "check",
    "default_thresholds",
]
