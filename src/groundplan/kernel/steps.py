"""Names the moments at which a machine may stop, so that tests can stop it just there.

Nothing listens unless code sets a listener, and nothing in Groundplan does: no environment
variable and no setting reaches this. The fault tests put a module of their own on the path of the
processes that they kill.
"""

from collections.abc import Callable

Listener = Callable[[str], None]

_listener: Listener | None = None


def step(name: str) -> None:
    """Say that what `name` says has just been done, such as `import.layer-written`."""
    if _listener is not None:
        _listener(name)


def listen(listener: Listener | None) -> None:
    """Have `listener` called with the name of every step of this process; None for nobody."""
    global _listener  # noqa: PLW0603 - one listener a process, asked for at every step
    _listener = listener
