"""Invented content for every component."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GuideContext:
    """Components that need values."""


def guide_context() -> GuideContext:
    return GuideContext()
