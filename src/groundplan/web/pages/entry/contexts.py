"""What the doors show."""

from dataclasses import dataclass

from groundplan.web.contracts import Player


@dataclass(frozen=True, slots=True)
class DoorsContext:
    """Whom the demonstration can be entered as."""

    players: tuple[Player, ...]
