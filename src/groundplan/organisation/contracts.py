"""What organisation needs of others and tells them, by value."""

from typing import Literal, Protocol

Change = Literal["settings", "periods", "currency", "stages", "rates"]


class Viewer(Protocol):
    """Whoever asks for a change; `people`'s scope is one."""

    @property
    def actor(self) -> str: ...

    @property
    def may_administer(self) -> bool: ...
