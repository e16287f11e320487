"""Reads of what people keep for themselves and say to each other."""

from .comments import comments_of
from .notices import notices_of, unread_count
from .views import ViewRef, saved_views

__all__ = ["ViewRef", "comments_of", "notices_of", "saved_views", "unread_count"]
