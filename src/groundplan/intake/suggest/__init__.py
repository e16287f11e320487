"""Which table each file feeds and which column is what: proposed from headings and values."""

from groundplan.intake.suggest.doubts import doubts
from groundplan.intake.suggest.references.near_names import near_names
from groundplan.intake.suggest.suggesting import Known, suggest

__all__ = ["Known", "doubts", "near_names", "suggest"]
