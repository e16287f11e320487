"""Writes of what holds for the whole organisation."""

from .audit import audit_record

__all__ = ["audit_record"]
