"""What was brought in and is being worked on, against goals, by person, account and period."""

from .periods import date_offers, quarters_sql, total_performance

__all__ = ["date_offers", "quarters_sql", "total_performance"]
