"""Telling how far long work has come, without knowing who listens."""

from typing import Protocol


class Progress(Protocol):
    """Told at every step of long work; cheap enough to call often."""

    def step(self, message: str, share: float | None = None) -> None:
        """`message` is what is being done now, `share` how much of the whole is over (0 to 1)."""


class Silent:
    """Progress that nobody watches."""

    def step(self, message: str, share: float | None = None) -> None:
        """Nobody is told."""
