"""What was brought in and is being worked on, against goals, by person, account and period."""

from .periods import fill_shard, finish, prepare
from .prorating import prorated

__all__ = ["fill_shard", "finish", "prepare", "prorated"]
