"""Takes files in."""

from .importing import import_run

__all__ = ["import_run"]
