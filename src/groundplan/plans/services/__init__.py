"""Writes of plans."""

from .heads import plan_update
from .keeping import part_keep, parts_keep
from .moving import part_move, part_remove
from .parts import part_add, part_update
from .plans import plan_create
from .undoing import change_undo

__all__ = [
    "change_undo",
    "part_add",
    "part_keep",
    "part_move",
    "part_remove",
    "part_update",
    "parts_keep",
    "plan_create",
    "plan_update",
]
