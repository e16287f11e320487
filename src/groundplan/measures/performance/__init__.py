"""What was brought in and is being worked on, against goals, by person, account and period."""

from .periods import measure_performance, quarters_sql

__all__ = ["measure_performance", "quarters_sql"]
