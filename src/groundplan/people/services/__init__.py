"""Writes of persons and users."""

from .preferences import theme_set
from .setup import (
    Founding,
    administrator_create_first,
    installation_set_up,
    setup_code,
    setup_code_matches,
)

__all__ = [
    "Founding",
    "administrator_create_first",
    "installation_set_up",
    "setup_code",
    "setup_code_matches",
    "theme_set",
]
