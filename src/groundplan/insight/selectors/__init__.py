"""Reads of the current results; each takes the viewer and shows what they may see."""

from .performance import performance, year_lands
from .results import results_of
from .runs import characteristics, insight_settings, run_summary
from .tiers import tier_explanation
from .totals import whitespace_totals

__all__ = [
    "characteristics",
    "insight_settings",
    "performance",
    "results_of",
    "run_summary",
    "tier_explanation",
    "whitespace_totals",
    "year_lands",
]
