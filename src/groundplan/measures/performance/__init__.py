"""What was brought in and is being worked on, against goals, by person, account and period."""

from .periods import fill_shard, measure_performance

__all__ = ["fill_shard", "measure_performance"]
