"""Which function explains which measure."""

from collections.abc import Callable

from django.utils.module_loading import import_string

from groundplan.insight.explained import measures_elsewhere, place_of

from .asking import Question
from .contracts import Answer

Explainer = Callable[[Question], Answer]
_explainers: dict[str, Explainer] = {}


def explains(*measures: str) -> Callable[[Explainer], Explainer]:
    """Register the decorated function for these codes; a code has one function."""

    def register(explainer: Explainer) -> Explainer:
        for measure in measures:
            if measure in _explainers:
                raise ValueError(f"{measure} is explained already")
            _explainers[measure] = explainer
        return explainer

    return register


def explainer_of(measure: str) -> Explainer | None:
    place = place_of(measure)
    if place is not None:
        found: Explainer = import_string(place)
        return found
    return _explainers.get(measure)


def measures() -> tuple[str, ...]:
    """Every code that can be explained, sorted."""
    return tuple(sorted({*_explainers, *measures_elsewhere()}))
