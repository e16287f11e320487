"""What people send: bounded before it is read, and told why where a disk is full.

Django reads a form's files before any view is asked, to find the form's token. So whoever may not
send files, or sends more than fits, is refused by what the request says of itself.
"""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from groundplan.intake.uploads.storing import MOST_BYTES

LARGEST_FORM = 16 << 20
"""Bytes of a form without files of an import; the longest mapping and the longest page fit."""

_AROUND_FILES = 1 << 20
_KEPT_FREE = 64 << 20

Respond = Callable[[HttpRequest], HttpResponse]


class BodyMiddleware:
    """Refuses bodies by their length: last of all, so that it is known who sends them."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refused = self._refused(request)
        if refused is not None:
            return refused
        try:
            return self.respond(request)
        finally:
            # Nobody tells it where the rest of its body never came.
            arriving = getattr(request, "arriving", None)
            if arriving is not None:
                arriving.discard()

    def _refused(self, request: HttpRequest) -> HttpResponse | None:
        length = _length(request.META)
        if length <= LARGEST_FORM:
            return None
        viewer = getattr(request, "viewer", None)
        if not (request.path == reverse("imports:new") and viewer and viewer.may_import):
            return _refusal(_("This is more than a form holds."), 413)
        if length > MOST_BYTES + _AROUND_FILES:
            return _refusal(
                _("Together these files are over 8 GB. Send them in several goes."), 413
            )
        if not has_room(length):
            return _refusal(
                _("There is no room for these files on the server's disk. Nothing was kept."), 507
            )
        return None


def has_room(length: int) -> bool:
    """Whether a body of `length` bytes fits where it arrives and where it is kept."""
    arrives, kept = Path(tempfile.gettempdir()), Path(settings.GROUNDPLAN_HOME)
    needed = {arrives.stat().st_dev: 0, kept.stat().st_dev: 0}
    for place in (arrives, kept):
        needed[place.stat().st_dev] += length
    return all(
        shutil.disk_usage(place).free >= needed[place.stat().st_dev] + _KEPT_FREE
        for place in (arrives, kept)
    )


class ArrivingFiles(TemporaryFileUploadHandler):
    """Files on their way: where one can't be written, the request goes on and tells why.

    `request.upload_error` is the reason; the view asks `upload_error` for it.
    """

    def new_file(self, *given: Any, **named: Any) -> None:
        assert self.request is not None
        self.request.arriving = self  # type: ignore[attr-defined]  # nobody else's name
        try:
            super().new_file(*given, **named)
        except OSError as error:
            self._stop(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._stop(error)
        return None

    def file_complete(self, file_size: int) -> Any:
        try:
            return super().file_complete(file_size)
        except OSError as error:
            self._stop(error)
        return None

    def discard(self) -> None:
        """Removes the file that is under way: also where it can't be closed, its end unwritten."""
        file = self.__dict__.pop("file", None)
        if file is not None and not file.size:
            with suppress(OSError):
                Path(file.temporary_file_path()).unlink()
            with suppress(OSError):
                file.close()

    def _stop(self, error: OSError) -> None:
        assert self.request is not None
        self.request.upload_error = error  # type: ignore[attr-defined]  # nobody else's name
        self.discard()
        # What is left is read and dropped: whoever sends it hears the answer only then. By the
        # piece: Django would do so by the line.
        while self.request.read(self.chunk_size):
            pass
        raise StopUpload(connection_reset=True) from error


def upload_error(request: HttpRequest) -> OSError | None:
    """Why the files of this request could not be written; None where they were."""
    # Read before it is asked for: files arrive when the form is looked at.
    assert request.FILES is not None
    error: OSError | None = getattr(request, "upload_error", None)
    return error


def _length(described: dict[str, Any]) -> int:
    text = str(described.get("CONTENT_LENGTH") or "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _refusal(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
