"""Draws what was seen of several parts towards nothing by how far chance would carry it."""

import numpy as np

from .contracts import Floats


def kept_of(mean: Floats, chance: Floats) -> Floats:
    """What share of each part's `mean` stands, `chance` being its variance by chance alone.

    Empirical Bayes (Efron and Morris): of parts that differ no more than chance makes them nothing
    is left, and of each the less the less is known of it.
    """
    sure = 1 / np.maximum(chance, 1e-6)
    own = float(((mean**2 - chance) * sure).sum() / sure.sum()) if len(sure) else 0.0
    kept: Floats = max(own, 0.0) / np.maximum(max(own, 0.0) + chance, 1e-12)
    return kept
