"""Writes of what people keep for themselves and say to each other."""

from .comments import comment_add, comment_remove
from .notices import notice_read, notices_give, notices_read
from .views import saved_view_create, saved_view_delete, saved_view_rename

__all__ = [
    "comment_add",
    "comment_remove",
    "notice_read",
    "notices_give",
    "notices_read",
    "saved_view_create",
    "saved_view_delete",
    "saved_view_rename",
]
