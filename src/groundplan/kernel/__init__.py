"""Money, periods, evidence values, figures, ids, errors and the clock: standard library only."""
