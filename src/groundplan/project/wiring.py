"""Connects rooms that may not import each other."""


def connect() -> None:
    """Fill every registry; called once when Django is ready."""
