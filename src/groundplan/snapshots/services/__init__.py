"""Publishing snapshots, pointing everybody at one, removing those that retention lets go."""

from .collect import snapshots_collect
from .pointer import pointer_move
from .publish import snapshot_publish

__all__ = ["pointer_move", "snapshot_publish", "snapshots_collect"]
