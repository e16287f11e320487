"""The wizard's road into the book: files uploaded, recognised, checked, then taken."""

from .selectors import UploadState, import_runs, rejects_file, upload_of
from .services import (
    upload_check,
    upload_create,
    upload_discard,
    upload_map,
    upload_map_from_toml,
    upload_take,
)

__all__ = [
    "UploadState",
    "import_runs",
    "rejects_file",
    "upload_check",
    "upload_create",
    "upload_discard",
    "upload_map",
    "upload_map_from_toml",
    "upload_of",
    "upload_take",
]
