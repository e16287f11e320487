"""What organisation needs of others, by value."""

from typing import Protocol


class Viewer(Protocol):
    """Whoever asks for a change; `people`'s scope is one."""

    @property
    def actor(self) -> str: ...

    @property
    def may_administer(self) -> bool: ...
