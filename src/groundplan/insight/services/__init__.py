"""Running the analysis, and what people set about how it is done."""

from .analysis import analyse, analysis_run
from .results import old_results_remove
from .settings import insight_settings_update

__all__ = [
    "analyse",
    "analysis_run",
    "insight_settings_update",
    "old_results_remove",
]
